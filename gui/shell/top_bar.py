"""The bar at the top: where one is, what it runs on, and Train."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from core.parallel import core_count
from gui.shell.actions import Actions
from gui.shell.appearance import current_theme, scaled
from gui.shell.session import Session
from gui.widgets.buttons import allow, button
from gui.widgets.card import row
from gui.widgets.icons import icon
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
            "Layerloom", actions["start"].trigger, kind="brand", tip=self.tr("To the start page")
        )
        self._name = text()
        self._saved = text(self.tr("Saved"), "chip")
        self._saved.setToolTip(self.tr("Everything in this project is on the disk."))
        self._processor = text(self._processor_text(), "chip")
        self._theme = button("", actions["theme"].trigger, kind="flat", icon_name="moon")
        self._keys = button(
            "", actions["keys"].trigger, kind="flat", icon_name="keys", tip=self.tr("Keys (F1)")
        )
        self._train = button(
            self.tr("Train"), actions["start_training"].trigger, kind="primary", icon_name="play"
        )
        self._lay_out()
        session.project.project_changed.connect(self.refresh)
        session.appearance.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the state of the project and of the action behind Train."""
        project = self._session.project
        self._name.setText(project.name or self.tr("No project"))
        self._saved.setVisible(project.project is not None)
        allow(self._train, self._actions.blocked("start_training"), self.tr("Train (Ctrl+Return)"))
        self._train.setIcon(icon("play", "on_accent"))
        dark = current_theme().name == "dark"
        self._theme.setIcon(icon("sun" if dark else "moon"))
        tip = self.tr("Use the light theme") if dark else self.tr("Use the dark theme")
        self._theme.setToolTip(tip)
        self._theme.setAccessibleName(tip)

    def _lay_out(self) -> None:
        layout = row(self, spacing=8)
        layout.setContentsMargins(scaled(16), 0, scaled(16), 0)
        layout.addWidget(self._brand)
        layout.addWidget(text("/", "muted"))
        layout.addWidget(self._name)
        layout.addSpacing(scaled(4))
        layout.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch()
        for widget in (self._processor, self._theme, self._keys):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addSpacing(scaled(4))
        layout.addWidget(self._train)

    def _processor_text(self) -> str:
        return self.tr("CPU · %n core(s)", "", core_count())
