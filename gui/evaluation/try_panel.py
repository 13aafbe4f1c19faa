"""The right side of Test: try the model on an image of one's own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from gui.look.appearance import scaled
from gui.look.numbers import milliseconds, percent
from gui.owners.session import Session
from gui.owners.trial import TrialAnswer
from gui.widgets.arrangement.page_area import page_area
from gui.widgets.buttons import allow, button
from gui.widgets.card import clear, column, row
from gui.widgets.dialogs.file_questions import open_image, open_model
from gui.widgets.drop_zone import DropZone
from gui.widgets.images.image_viewer import ImageView
from gui.widgets.share_bar import ShareBar
from gui.widgets.texts import mono, text

SHOWN = 5
"""How many classes are listed."""


class TryPanel(QFrame):
    """Shows the image being tried and what the model says of it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setProperty("edge", "right")
        self.setMinimumWidth(scaled(260))
        self._session = session
        self._model = text("", "muted", wrap=True)
        self._use_run = button(self.tr("Use the run instead"), session.trial.use_run, kind="link")
        self._picture = ImageView()
        self._picture.keep_shape()
        self._picture.setMaximumHeight(scaled(300))
        self._bars = QGridLayout()
        self._words = text("", "muted", wrap=True)
        self._open = button(self.tr("Open…"), partial(open_image, self, session), icon_name="image")
        self._paste = button(self.tr("Paste"), session.workflow.paste, icon_name="paste")
        self._lay_out()
        session.trial.changed.connect(self._refresh)
        session.project.run_changed.connect(self._refresh)
        self._refresh()

    def _lay_out(self) -> None:
        content = QWidget()
        layout = column(content, margins=16, spacing=12)
        layout.addWidget(text(self.tr("Try it"), "section"))
        layout.addWidget(self._model)
        layout.addWidget(self._use_run, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._picture)
        self._bars.setHorizontalSpacing(scaled(12))
        self._bars.setVerticalSpacing(scaled(8))
        self._bars.setColumnStretch(1, 1)
        layout.addLayout(self._bars)
        layout.addWidget(self._words)
        buttons = row()
        buttons.addWidget(self._open)
        buttons.addWidget(self._paste)
        buttons.addStretch()
        layout.addLayout(buttons)
        model = button(
            self.tr("Use an exported ONNX file…"),
            partial(open_model, self, self._session),
            kind="link",
        )
        zone = DropZone(self.tr("Drop an image or an ONNX file here"))
        layout.addWidget(zone)
        layout.addWidget(model, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        column(self).addWidget(page_area(content))

    def _refresh(self) -> None:
        trial = self._session.trial
        name = trial.model_name
        blocked = "" if name else self.tr("Train first, or open an exported ONNX file.")
        allow(self._open, blocked, self.tr("Open an image (Ctrl+O)"))
        allow(self._paste, blocked, self.tr("Paste an image (Ctrl+V)"))
        self._model.setText(self.tr("Answers: {0}").format(name) if name else blocked)
        self._use_run.setVisible(bool(trial.file and self._session.project.run))
        self._picture.setVisible(trial.image is not None)
        self._picture.show_image(trial.image)
        self._show_answer(trial.answer)
        self._words.setText(self._sentence())
        self._words.setVisible(bool(self._words.text()))

    def _sentence(self) -> str:
        trial = self._session.trial
        if trial.error:
            return trial.error
        if trial.busy:
            return self.tr("Classifying…")
        if trial.answer:
            return self.tr("{0} on this CPU").format(milliseconds(trial.answer.milliseconds))
        return ""

    def _show_answer(self, answer: TrialAnswer | None) -> None:
        clear(self._bars)
        for number, (name, share) in enumerate(answer.ranking[:SHOWN] if answer else ()):
            label = text(name, "name" if number == 0 else "plain")
            label.setMaximumWidth(scaled(140))
            label.setToolTip(name)
            bar = ShareBar(share, "accent" if number == 0 else "muted")
            bar.setAccessibleName(f"{name} {percent(share)}")
            self._bars.addWidget(label, number, 0)
            self._bars.addWidget(bar, number, 1)
            self._bars.addWidget(mono(percent(share)), number, 2, Qt.AlignmentFlag.AlignRight)

    def sizeHint(self) -> QSize:
        """Return the width that the design gives the panel."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        return QSize(scaled(400), scaled(600))
