"""Pictures of the design for a page or a slide: all its cards, or its feature maps as boxes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from core.errors import LayerloomError
from core.network.drawing.block_picture import block_picture
from core.network.drawing.card_picture import card_picture
from gui.design.inspector.fields.bounds import Bounds
from gui.design.inspector.fields.number_field import NumberField
from gui.design.panels.picture_files import WRITERS, picture_size, write_picture
from gui.design.panels.picture_view import PictureView
from gui.look.appearance import current_theme, scaled
from gui.look.numbers import count
from gui.owners.designs.document import Document
from gui.owners.session import Session
from gui.widgets.arrangement.tab_order import one_tab_stop
from gui.widgets.buttons import allow, button
from gui.widgets.card import column, row
from gui.widgets.dialogs.save_question import ask_where_to_save
from gui.widgets.texts import text

PAUSE = 120
"""Milliseconds after the last change before the picture is drawn anew."""
SCALES = (0.25, 16.0)


class PicturePanel(QWidget):
    """Draws a document's design in one of two ways, light or dark, and saves the picture.

    Args:
        document: The design.
        session: The window's state.
    """

    def __init__(self, document: Document, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._session = document, session
        self.svg = ""
        self._kind, self._dark = "cards", current_theme().name == "dark"
        self._wanted: object = None
        self.view = PictureView()
        self._message = text("", "muted", wrap=True)
        self._scale = 2.0
        self._size = NumberField(
            Bounds(*SCALES, whole=False), self.tr("Size of the saved picture"), ""
        )
        self._saves = [button(suffix.upper(), partial(self._save, suffix)) for suffix in WRITERS]
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._draw)
        self._lay_out()
        for signal in (
            document.network_changed,
            document.origin_changed,
            document.inside_changed,
        ):
            signal.connect(self._pause.start)

    def _lay_out(self) -> None:
        layout = column(self, spacing=10)
        layout.setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(12))
        layout.addLayout(
            self._choice(
                {"cards": self.tr("Whole network"), "blocks": self.tr("Feature maps")},
                self._kind,
                self._choose_kind,
            )
        )
        layout.addLayout(
            self._choice(
                {"light": self.tr("Light"), "dark": self.tr("Dark")},
                "dark" if self._dark else "light",
                self._choose_theme,
            )
        )
        layout.addWidget(self.view, 1)
        layout.addWidget(self._message)
        layout.addLayout(self._size_row())
        saving = row(spacing=8)
        layout.addWidget(text(self.tr("Save as"), "section"))
        for made in self._saves:
            made.setAccessibleName(self.tr("Save as {0}").format(made.text()))
            saving.addWidget(made, 1)
        layout.addLayout(saving)

    def _size_row(self) -> QHBoxLayout:
        self._size.setFixedWidth(scaled(72))
        self._size.show_number(self._scale)
        self._size.edited.connect(self._set_scale)
        found = row(spacing=8)
        found.addWidget(text(self.tr("Size")))
        found.addStretch()
        found.addWidget(self._size)
        found.addWidget(text("×", "muted"))
        return found

    def _choice(
        self, titles: dict[str, str], chosen: str, take: Callable[[str], None]
    ) -> QHBoxLayout:
        """Make buttons of which one is down."""
        found, group = row(spacing=6), QButtonGroup(self)
        for name, title in titles.items():
            made = button(title, partial(take, name), kind="toggle")
            made.setCheckable(True)
            made.setChecked(name == chosen)
            group.addButton(made)
            found.addWidget(made)
        one_tab_stop(group.buttons())
        found.addStretch()
        return found

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind
        self._draw()

    def _choose_theme(self, theme: str) -> None:
        self._dark = theme == "dark"
        self._draw()

    def _draw(self) -> None:
        """Draw on a thread what is wanted now."""
        if not self.isVisible():
            return
        document = self._document
        network, analysis, title = document.network, document.analysis, document.origin.title
        kind, dark, inside = self._kind, self._dark, document.inside
        wanted = (network, kind, dark, inside, title)
        if wanted == self._wanted:
            return
        self._wanted = wanted

        def task() -> str:
            if kind == "blocks":
                return block_picture(network, analysis, dark=dark, title=title)
            return card_picture(network, analysis, dark=dark, inside=inside, title=title)

        def done(svg: str) -> None:
            if wanted == self._wanted:
                self._take(svg)

        def failed(error: LayerloomError) -> None:
            if wanted == self._wanted:
                self._take("", str(error))

        self._session.background.run(task, done, failed)

    def _take(self, svg: str, trouble: str = "") -> None:
        self.svg = svg
        self.view.show_svg(svg)
        self.view.setAccessibleName(self.tr("Picture of the network"))
        for made in self._saves:
            allow(made, "" if svg else trouble)
        self._message.setText(trouble)
        if svg:
            self._say_size()

    def _set_scale(self, scale: float) -> None:
        self._scale = scale
        self._say_size()

    def _say_size(self) -> None:
        if self.svg:
            width, height = (round(side * self._scale) for side in picture_size(self.svg))
            sentence = self.tr("{0} × {1} pixels as PNG")
            self._message.setText(sentence.format(count(width), count(height)))

    def _save(self, suffix: str) -> None:
        """Ask for a file and write the picture on a thread."""
        title = self._document.origin.title or self.tr("Network")
        name = f"{title}.{suffix}"
        kinds = self.tr("{0} files (*.{1})").format(suffix.upper(), suffix)
        asked = self.tr("Save the picture as")
        named = ask_where_to_save(self, asked, name, kinds, f".{suffix}")
        if named is None:
            return
        svg, scale = self.svg, self._scale
        saved = self.tr("Saved as {0}.").format(named.name)
        self._message.setText(self.tr("Drawing {0}…").format(named.name))
        self._session.background.run(
            lambda: write_picture(named, svg, scale, suffix),
            lambda _: self._message.setText(saved),
            self._say_why_not,
        )

    def _say_why_not(self, error: LayerloomError) -> None:
        self._say_size()
        self._session.notices.tell_error(error)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw when it comes in sight."""
        super().showEvent(event)
        self._pause.start(0)
