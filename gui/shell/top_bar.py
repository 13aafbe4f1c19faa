"""The bar at the top: where one is, what it runs on, and Train."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from core.parallel import core_count
from gui.look.appearance import current_theme, scaled
from gui.look.icons import icon
from gui.owners.actions import Actions
from gui.owners.session import Session
from gui.widgets.buttons import ActionButton, allow, button
from gui.widgets.card import row
from gui.widgets.page import Page
from gui.widgets.texts import text


class TopBar(QFrame):
    """Shows the project's name, and holds what is at hand on every page."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setFixedHeight(scaled(48))
        self._session = session
        self._actions = actions
        self._brand = button(
            "Layerloom", actions["start"].trigger, kind="brand", tip=self.tr("Start page")
        )
        self._name = text()
        self._saved = text(self.tr("Saved"), "chip")
        self._saved.setToolTip(self.tr("All changes in this project are saved."))
        self._processor = text(self._processor_text(), "chip")
        self._theme = button("", actions["theme"].trigger, kind="flat", icon_name="moon")
        self._keys = button(
            "",
            actions["keys"].trigger,
            kind="flat",
            icon_name="keys",
            tip=self.tr("Keyboard shortcuts (F1)"),
        )
        self._page: Page | None = None
        self._undo = ActionButton(session.history.undo, "undo")
        self._redo = ActionButton(session.history.redo, "redo")
        self._train = button(self.tr("Train"), self._begin, kind="primary", icon_name="play")
        self._lay_out()
        session.project.project_changed.connect(self.refresh)
        session.appearance.changed.connect(self.refresh)
        self.refresh()

    def show_page(self, page: Page) -> None:
        """Say what belongs to the page that is in sight."""
        self._page = page
        self.refresh()

    def refresh(self) -> None:
        """Show the state of the project or document, and of the actions behind the buttons."""
        self._show_name()
        self._show_steps()
        train = self._train_action()
        allow(self._train, self._actions.blocked(train), self._actions[train].toolTip())
        self._train.setIcon(icon("play", "on_accent"))
        self._make_room()
        dark = current_theme().name == "dark"
        self._theme.setIcon(icon("sun" if dark else "moon"))
        tip = self.tr("Use the light theme") if dark else self.tr("Use the dark theme")
        self._theme.setToolTip(tip)
        self._theme.setAccessibleName(tip)

    def _make_room(self) -> None:
        """Leave out what is least needed where the window is narrow for the font."""
        self._processor.show()
        if (layout := self.layout()) is not None:
            layout.activate()
            self._processor.setVisible(layout.sizeHint().width() <= self.width())

    def _show_name(self) -> None:
        project = self._session.project
        heading = self._page.heading() if self._page else None
        known = bool(heading.state) if heading else project.project is not None
        self._saved.setVisible(known)
        if heading:
            self._name.setText(heading.title)
            self._saved.setText(heading.state)
            self._saved.setToolTip(heading.tip)
        else:
            self._name.setText(project.name or self.tr("No project"))
            self._saved.setText(self.tr("Saved"))
            self._saved.setToolTip(self.tr("All changes in this project are saved."))

    def _show_steps(self) -> None:
        """Show the undo buttons where there are steps."""
        steps = self._page is not None and self._page.undo_stack() is not None
        for widget in (self._undo, self._redo):
            widget.setVisible(steps)

    def _begin(self) -> None:
        self._actions[self._train_action()].trigger()

    def _train_action(self) -> str:
        """Return what Train does here: on a page with a design, that design is trained."""
        with_design = self._page is not None and self._page.heading() is not None
        return "train_design" if with_design else "start_training"

    def _lay_out(self) -> None:
        layout = row(self, spacing=8)
        layout.setContentsMargins(scaled(16), 0, scaled(16), 0)
        layout.addWidget(self._brand)
        layout.addWidget(text("/", "muted"))
        layout.addWidget(self._name)
        layout.addSpacing(scaled(4))
        layout.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch()
        shown = (self._processor, self._theme, self._keys, self._undo, self._redo)
        for widget in shown:
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addSpacing(scaled(4))
        layout.addWidget(self._train)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what has room."""
        super().resizeEvent(event)
        self._make_room()

    def _processor_text(self) -> str:
        return self.tr("CPU · %n core(s)", "", core_count())
