"""One image, as large as there is room; arrow keys lead to its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.errors import LayerloomError
from gui.look.appearance import scaled
from gui.look.pixels import to_image
from gui.owners.background import Background
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.dialogs.dialog import Dialog
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.images.scanning import LabelledImage


class ImageViewer(Dialog):
    """Shows the images of a list one at a time; each is read on a thread."""

    def __init__(
        self,
        images: Sequence[LabelledImage],
        number: int,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._images = images
        self._number = number
        self._background = background
        self._open = True
        self.picture = ImageView()
        self._name = text("", "name")
        self._facts = text("", "muted")
        self._lay_out()
        self.finished.connect(self._close)
        self.take_size(900, 680)
        self._show()

    def _lay_out(self) -> None:
        foot = row(spacing=12)
        foot.addWidget(self._name)
        foot.addWidget(self._facts, 1)
        foot.addWidget(button(self.tr("Previous"), lambda: self._step(-1)))
        foot.addWidget(button(self.tr("Next"), lambda: self._step(1)))
        foot.addWidget(button(self.tr("Close"), self.accept))
        layout = column(self, margins=16, spacing=12)
        layout.addWidget(self.picture, 1)
        layout.addLayout(foot)

    def _step(self, by: int) -> None:
        number = self._number + by
        if 0 <= number < len(self._images):
            self._number = number
            self._show()

    def _show(self) -> None:
        image = self._images[self._number]
        split = image.split.value if image.split else "–"
        self._name.setText(image.path.name)
        self._facts.setText(f"{image.class_name} · {split} · {image.width} × {image.height}")
        self.setWindowTitle(image.path.name)
        number = self._number
        self._background.run(
            partial(_read, image.path), partial(self._take, number), partial(self._fail, number)
        )

    def _take(self, number: int, image: QImage) -> None:
        if self._open and number == self._number:
            self.picture.show_image(image)

    def _fail(self, number: int, error: LayerloomError) -> None:
        if self._open and number == self._number:
            self.picture.show_image(None, error.what)

    def _close(self) -> None:
        self._open = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the neighbours with the arrow keys."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        if step:
            self._step(step)
        else:
            super().keyPressEvent(event)


class ImageView(QWidget):
    """A picture that keeps its proportions in whatever room there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._words = ""
        expanding = QSizePolicy.Policy.Expanding
        self.setSizePolicy(expanding, expanding)

    def keep_shape(self) -> None:
        """Take no more height than the picture needs at the width there is."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def image(self) -> QImage | None:
        """The picture shown, or None."""
        return self._image

    def show_image(self, image: QImage | None, words: str = "") -> None:
        """Show a picture, or words where there is none."""
        self._image, self._words = image, words
        self.setAccessibleName(words or self.tr("Picture"))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Return whether the height follows the width."""
        return self.sizePolicy().hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """Return the height at which the picture fills the width."""
        if self._image is None or not self._image.width():
            return scaled(180)
        return width * self._image.height() // self._image.width()

    def sizeHint(self) -> QSize:
        """Return a size that leaves room for the rest."""
        return QSize(scaled(300), scaled(300))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image:
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(self.rect().center())
            painter.drawImage(place, self._image)
        else:
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, self._words)
        painter.end()


def _read(path: Path) -> QImage:
    """Read an image at no more than four times the pixels of a screen."""
    from core.images.reading import read_image

    pixels = read_image(path)
    step = max(1, max(pixels.shape[:2]) // 3840)
    return to_image(pixels[::step, ::step])
