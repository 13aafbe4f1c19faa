"""The start page: three ways to begin, the recent projects, and where to drop things."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from core.project.recent import RecentProject, recent_projects
from gui.look.appearance import current_theme, scaled
from gui.look.icons import icon
from gui.owners.actions import Actions
from gui.owners.session import Session
from gui.start.recent_row import RecentRow
from gui.widgets.arrangement.adaptive_row import AdaptiveRow
from gui.widgets.arrangement.page_area import page_area
from gui.widgets.buttons import allow, button
from gui.widgets.card import PageCard, clear, column, row
from gui.widgets.drop_zone import DropZone
from gui.widgets.icon_label import IconLabel
from gui.widgets.page import Page
from gui.widgets.texts import text

SHOWN = 5
"""How many recent projects have room."""

WIDTH = 940


class StartPage(Page):
    """Leads into the program."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._recent_heading = text(self.tr("Recent"), "section")
        self._recents = column(spacing=0)
        self._theme = button("", actions["theme"].trigger, kind="flat", icon_name="moon")
        self._cards = self._make_cards()
        self._lay_out()
        session.appearance.changed.connect(self._refresh_theme)
        session.jobs.changed.connect(self._refresh_buttons)
        self._refresh_theme()
        self._refresh_buttons()

    def first_control(self) -> QWidget | None:
        """Return the button of the first card."""
        return self._train

    def _lay_out(self) -> None:
        content = QWidget()
        content.setMaximumWidth(scaled(WIDTH))
        inner = column(content, spacing=0)
        inner.addWidget(text("Layerloom", "title"))
        inner.addSpacing(scaled(6))
        inner.addWidget(text(self.tr("Teach your computer to recognise your own images."), "lead"))
        inner.addSpacing(scaled(32))
        inner.addWidget(AdaptiveRow(self._cards, (1, 1, 1), spacing=20))
        inner.addSpacing(scaled(36))
        inner.addWidget(self._recent_heading)
        inner.addSpacing(scaled(8))
        inner.addLayout(self._recents)
        inner.addSpacing(scaled(24))
        zone = DropZone(
            self.tr(
                "…or drop a folder of images, a project, a design or an ONNX file anywhere in this "
                "window"
            )
        )
        zone.setMinimumHeight(scaled(64))
        inner.addWidget(zone)
        self._centre(content)

    def _centre(self, content: QWidget) -> None:
        """Put the content in the middle of a page that scrolls where the window is small."""
        holder = QWidget()
        middle = row(holder)
        middle.setContentsMargins(scaled(40), scaled(16), scaled(40), scaled(24))
        middle.addStretch(1)
        middle.addWidget(content, 1000)
        middle.addStretch(1)
        area = page_area(_above_the_middle(holder))
        top = row(spacing=8)
        top.setContentsMargins(0, scaled(8), scaled(16), 0)
        top.addStretch()
        keys = self._actions["keys"]
        top.addWidget(self._theme)
        top.addWidget(
            button(
                "",
                keys.trigger,
                kind="flat",
                icon_name="keys",
                tip=self.tr("Keyboard shortcuts (F1)"),
            )
        )
        layout = column(self, spacing=0)
        layout.addLayout(top)
        layout.addWidget(area, 1)

    def _make_cards(self) -> list[QWidget]:
        self._train = button(self.tr("Start"), self._actions["open"].trigger, kind="primary")
        self._train.setAccessibleName(self.tr("Train on my images: start"))
        self._design = button(self.tr("Start"), lambda: self._session.workflow.go_to.emit("design"))
        self._design.setAccessibleName(self.tr("Design a network: start"))
        self._sample = button(self.tr("Start"), self._session.workflow.try_sample)
        self._sample.setAccessibleName(self.tr("Try the sample: start"))
        return [
            _start_card(
                "data",
                self.tr("Train on my images"),
                self.tr(
                    "Drop a folder with one sub-folder for each kind of thing. No programming."
                ),
                self._train,
            ),
            _start_card(
                "design",
                self.tr("Design a network"),
                self.tr("Drag layers together and see every size and parameter as you go."),
                self._design,
            ),
            _start_card(
                "sample",
                self.tr("Try the sample"),
                self.tr("Handwritten digits: from images to an exported model in one minute."),
                self._sample,
            ),
        ]

    def _refresh_recents(self) -> None:
        clear(self._recents)
        recents = recent_projects()[:SHOWN]
        self._recent_heading.setVisible(bool(recents))
        for recent in recents:
            self._recents.addWidget(self._recent_row(recent))

    def _recent_row(self, recent: RecentProject) -> QWidget:
        made = RecentRow(recent)
        made.clicked.connect(
            lambda _checked=False: self._session.workflow.open(Path(recent.folder))
        )
        return made

    def _refresh_theme(self) -> None:
        dark = current_theme().name == "dark"
        self._theme.setIcon(icon("sun" if dark else "moon"))
        tip = self.tr("Use the light theme") if dark else self.tr("Use the dark theme")
        self._theme.setToolTip(tip)
        self._theme.setAccessibleName(tip)

    def _refresh_buttons(self) -> None:
        busy = self._session.workflow.why_busy()
        allow(self._train, busy, self._actions["open"].text())
        allow(self._sample, busy)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the recent projects whenever the page comes in sight."""
        super().showEvent(event)
        self._refresh_recents()


def _start_card(name: str, heading: str, sentence: str, action: QPushButton) -> QWidget:
    card = PageCard()
    card.body.setContentsMargins(*[scaled(24)] * 4)
    card.body.setSpacing(scaled(12))
    card.body.addWidget(IconLabel(name, side=28))
    card.body.addWidget(text(heading, "heading"))
    explanation = text(sentence, "muted", wrap=True)
    explanation.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
    explanation.setAlignment(Qt.AlignmentFlag.AlignTop)
    explanation.setMinimumHeight(scaled(56))
    card.body.addWidget(explanation, 1)
    card.body.addWidget(action, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def _above_the_middle(content: QWidget) -> QWidget:
    holder = QWidget()
    layout = column(holder, spacing=0)
    layout.addStretch(2)
    layout.addWidget(content)
    layout.addStretch(5)
    return holder
