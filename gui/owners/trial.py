"""An image being tried, the model that answers, and its answer."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.errors import LayerloomError
from gui.look.pixels import to_image, to_pixels
from gui.owners.background import Background
from gui.owners.project_owner import ProjectOwner

if TYPE_CHECKING:
    from core.inference.classifier import Classifier
    from core.runs.runs import Run

SHOWN_SIDE = 800
"""Longest side in pixels at which a tried image is kept for showing."""


@dataclass(frozen=True, slots=True)
class TrialAnswer:
    """What a model says of an image.

    Attributes:
        ranking: Class and probability (0…1), the most probable first.
        milliseconds: From pixels to probabilities.
    """

    ranking: tuple[tuple[str, float], ...]
    milliseconds: float


class Trial(QObject):
    """Owns the image being tried. Models are loaded and asked on a thread.

    Attributes:
        file: The opened ONNX file that answers instead of the project's run, or None.
        image: The image being tried, as shown; None before the first.
        name: The image's name.
        answer: The newest answer; None while there is none.
        error: Why there is no answer, as a sentence, or "".
        busy: Whether an answer is on its way.
    """

    changed = Signal()

    def __init__(
        self, background: Background, project: ProjectOwner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._project = project
        self._model: tuple[Path, Classifier] | None = None
        self._source: Path | QImage | None = None
        self._turn = 0
        self.file: Path | None = None
        self.image: QImage | None = None
        self.name = ""
        self.answer: TrialAnswer | None = None
        self.error = ""
        self.busy = False
        project.run_changed.connect(self._ask_again)
        project.project_changed.connect(self.use_run)

    @property
    def model_name(self) -> str:
        """The model that answers, or "" where there is none."""
        if self.file:
            return self.file.name
        return self._project.run.title if self._project.run else ""

    def use_file(self, file: Path) -> None:
        """Have an ONNX file answer."""
        self.file = file
        self._ask()

    def use_run(self) -> None:
        """Have the project's run answer."""
        self.file = None
        self._ask()

    def try_image(self, source: Path | QImage) -> None:
        """Try an image from a file, or one that was pasted or dropped."""
        self._source = source
        self.name = source.name if isinstance(source, Path) else self.tr("Pasted image")
        self._ask()

    def _ask_again(self) -> None:
        if not self.file:
            self._ask()

    def _ask(self) -> None:
        """Load the model if it is another one, and ask it about the image if there is one."""
        self._turn += 1
        self.answer, self.error = None, ""
        run, source = self._project.run, self._source
        self.busy = bool(source is not None or self.file)
        if self.busy:
            task = partial(_answer, self._model, self.file, run, source)
            self._background.run(
                task, partial(self._take, self._turn), partial(self._fail, self._turn)
            )
        self.changed.emit()

    def _take(
        self,
        turn: int,
        result: tuple[tuple[Path, Classifier] | None, QImage | None, TrialAnswer | None],
    ) -> None:
        if turn == self._turn:
            self._model, image, self.answer = result
            self.image = image or self.image
            self.busy = False
            self.changed.emit()

    def _fail(self, turn: int, error: LayerloomError) -> None:
        if turn == self._turn:
            self.busy, self.error = False, str(error)
            self.changed.emit()


def _answer(
    model: tuple[Path, Classifier] | None,
    file: Path | None,
    run: Run | None,
    source: Path | QImage | None,
) -> tuple[tuple[Path, Classifier] | None, QImage | None, TrialAnswer | None]:
    """Read the image, load the model unless it is loaded, and ask it."""
    from core.images.reading import read_image

    pixels = None
    if source is not None:
        pixels = read_image(source) if isinstance(source, Path) else to_pixels(source)
    model = _loaded(model, file, run)
    if pixels is None:
        return model, None, None
    answer = None
    if model:
        began = time.perf_counter()
        probabilities = model[1].predict(pixels)
        taken = (time.perf_counter() - began) * 1000
        pairs = zip(model[1].labels, map(float, probabilities), strict=True)
        answer = TrialAnswer(tuple(sorted(pairs, key=lambda pair: -pair[1])), taken)
    step = max(1, max(pixels.shape[:2]) // SHOWN_SIDE)
    return model, to_image(pixels[::step, ::step]), answer


def _loaded(
    model: tuple[Path, Classifier] | None, file: Path | None, run: Run | None
) -> tuple[Path, Classifier] | None:
    from core.inference.classifier import Classifier

    place = file or (run.folder if run else None)
    if place is None or (model and model[0] == place):
        return model if place else None
    if file:
        return place, Classifier.from_file(file)
    from core.runs.classifiers import run_classifier

    assert run is not None
    return place, run_classifier(run)
