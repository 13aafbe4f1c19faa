"""The Design page, until the designer is there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.shell.page import Page
from gui.shell.session import Session
from gui.widgets.buttons import button
from gui.widgets.card import column
from gui.widgets.empty_state import EmptyState


class DesignPage(Page):
    """Says that the designer is not there yet, and where the work goes on."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        go_on = button(
            self.tr("Go to Train"), lambda: session.workflow.go_to.emit("train"), kind="primary"
        )
        state = EmptyState(
            "design",
            self.tr("The designer is not there yet"),
            self.tr(
                "In a later version, networks are drawn here layer by layer. Until then, Train "
                "uses a network that is already there."
            ),
            go_on,
        )
        column(self).addWidget(state)
