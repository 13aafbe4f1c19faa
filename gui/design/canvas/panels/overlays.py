"""What lies over the canvas at its edges, and keeps its place when the window changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.panels.breadcrumb import Breadcrumb
from gui.design.canvas.panels.fields import CardNameField, CardNoteField, FindBar
from gui.design.canvas.panels.legend import Legend
from gui.design.canvas.panels.minimap import Minimap
from gui.look.appearance import scaled

EDGE = 12
"""From the edge of the canvas, in pixels of the design."""


class Overlays(QObject):
    """Makes the panels over a view of a design and puts them in their places.

    Args:
        design: What they tell of, in the view that they lie over.

    Attributes:
        breadcrumb: At the top left, while a group is entered.
        minimap: At the bottom right.
        legend: Above the map, while heat is shown.
        find_bar: At the top in the middle, while something is looked for.
        top_room: Height at the top that is taken by others, in screen pixels.
        bottom_room: As `top_room`, at the bottom.
    """

    def __init__(self, design: DrawnDesign) -> None:
        view, document = design.view, design.document
        super().__init__(view)
        self._document, self._view = document, view
        self.breadcrumb = Breadcrumb(view)
        self.legend = Legend(view)
        self.minimap = Minimap(design.scene, view)
        self.find_bar = FindBar(view)
        self.name_field = CardNameField(view)
        self.note_field = CardNoteField(view)
        self.top_room = self.bottom_room = 0
        self.breadcrumb.chosen.connect(document.enter)
        document.inside_changed.connect(self._show_place)
        document.origin_changed.connect(self._show_place)
        view.resized.connect(self._put)
        for panel in (self.legend, self.find_bar):
            panel.installEventFilter(self)
        self._show_place()

    def keep_room(self, top: int, bottom: int) -> None:
        """Leave room for what others have laid over the canvas, in screen pixels."""
        self.top_room, self.bottom_room = top, bottom
        self._put()

    def _show_place(self) -> None:
        document = self._document
        title = document.origin.title or self.tr("Design")
        self.breadcrumb.show_place(title, document.inside)
        self._put()

    def _put(self) -> None:
        edge, room = scaled(EDGE), self._view.size()
        top, bottom = edge + self.top_room, room.height() - edge - self.bottom_room
        right = room.width() - edge
        crumb = self.breadcrumb
        crumb.move(edge, top)
        self._view.top_room = top + (crumb.height() if crumb.isVisibleTo(self._view) else 0)
        self._put_find_bar(top)
        map_ = self.minimap
        map_.setVisible(room.width() > 4 * map_.width() and room.height() > 2 * map_.height())
        map_.move(right - map_.width(), bottom - map_.height())
        above = map_.geometry().top() - scaled(8) if map_.isVisibleTo(self._view) else bottom
        self.legend.move(right - self.legend.width(), above - self.legend.height())

    def _put_find_bar(self, top: int) -> None:
        """Put the search into the middle; where the breadcrumb reaches so far, below it."""
        bar, crumb, room = self.find_bar, self.breadcrumb, self._view.width()
        width = min(bar.sizeHint().width(), room - 2 * scaled(EDGE))
        bar.resize(width, bar.height())
        left = (room - bar.width()) // 2
        taken = crumb.isVisibleTo(self._view) and crumb.geometry().right() >= left
        bar.move(left, self._view.top_room + scaled(8) if taken else top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put a panel into place when its size changes."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._put()
        return super().eventFilter(watched, event)
