"""The templates over the page: choosing one opens it and closes the dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.opening.listing import ListedNetwork
from gui.design.gallery.gallery_panel import GalleryPanel
from gui.design.gallery.unsaved_button import UnsavedButton
from gui.owners.session import Session
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.dialogs.dialog import Dialog
from gui.widgets.dialogs.dialog_size import open_size
from gui.widgets.dialogs.file_questions import open_design
from gui.widgets.texts import text


class TemplatesDialog(Dialog):
    """Lets the user open a network in place of the design; that is one step to undo."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("Templates and pretrained networks"))
        self.gallery = GalleryPanel(session.background, session.notices.tell_error)
        self.gallery.chosen.connect(self._open)
        head = row(spacing=8)
        head.addWidget(text(self.tr("Templates and pretrained networks"), "heading"), 1)
        unsaved = UnsavedButton(session.design.recovery)
        unsaved.button.clicked.connect(self.accept)
        head.addWidget(unsaved)
        head.addWidget(button(self.tr("Empty design"), self._open_empty))
        head.addWidget(button(self.tr("Open a file…"), self._open_file))
        head.addWidget(button(self.tr("Close"), self.reject))
        layout = column(self, margins=16, spacing=12)
        layout.addLayout(head)
        layout.addWidget(self.gallery, 1)
        open_size(self, 1010, 640)
        self.gallery.field.setFocus()

    def _open(self, entry: ListedNetwork, with_weights: bool) -> None:
        self.accept()
        open_entry(self._session, entry, with_weights)

    def _open_empty(self) -> None:
        self.accept()
        self._session.design.open_empty()

    def _open_file(self) -> None:
        self.accept()
        open_design(self.parentWidget(), self._session)


def open_entry(session: Session, entry: ListedNetwork, with_weights: bool) -> None:
    """Open a card's network: a template at once, others in the worker."""
    if entry.template and not with_weights:
        session.design.open_template(entry.name)
    else:
        session.design.open_model(entry.name, with_weights=with_weights)
