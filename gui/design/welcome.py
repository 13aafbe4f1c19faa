"""What the Design page shows while there is no design: the networks to begin with."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from gui.design.gallery.gallery_panel import GalleryPanel
from gui.design.gallery.templates_dialog import open_entry
from gui.design.gallery.unsaved_button import UnsavedButton
from gui.look.appearance import scaled
from gui.owners.session import Session
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.dialogs.file_questions import open_design
from gui.widgets.texts import text


class Welcome(QWidget):
    """Offers templates, files and an empty design."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gallery = GalleryPanel(session.background, session.notices.tell_error)
        self.gallery.chosen.connect(lambda entry, weights: open_entry(session, entry, weights))
        self.empty = button(self.tr("Empty design"), session.design.open_empty)
        self.empty.setToolTip(self.tr("Only an image input and a classifier output"))
        file = button(
            self.tr("Open a file…"), partial(open_design, self, session), icon_name="folder"
        )
        head = row(spacing=8)
        words = column(spacing=4)
        words.addWidget(text(self.tr("Start with a network"), "heading"))
        sentence = self.tr(
            "Open one of these and change it, or start with an empty design. Designs (.json) "
            "and ONNX files can also be dropped here."
        )
        words.addWidget(text(sentence, "muted", wrap=True))
        head.addLayout(words, 1)
        head.addWidget(UnsavedButton(session.design.recovery))
        head.addWidget(file)
        head.addWidget(self.empty)
        layout = column(self, spacing=14)
        layout.setContentsMargins(*[scaled(20)] * 4)
        layout.addLayout(head)
        layout.addWidget(self.gallery, 1)
