"""The open design: palette, canvas with its table below, and what is told of the selection."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QWidget

from core.network.editing.palette import PaletteEntry
from gui.design.canvas.canvas import DesignCanvas
from gui.design.canvas.panels.heat import HEAT_MODES
from gui.design.canvas.search_context import SearchContext
from gui.design.canvas_area import CanvasArea
from gui.design.inspector.inspector import Inspector
from gui.design.palette.palette_panel import PalettePanel
from gui.design.palette.search_popup import SearchPopup
from gui.design.palette_placing import Placer
from gui.design.panels.code_panel import CodePanel
from gui.design.panels.compare_dialog import CompareDialog
from gui.design.panels.picture_panel import PicturePanel
from gui.design.panes import Pane, Panes
from gui.design.problems.fix_finder import FixFinder
from gui.design.problems.problems_bar import ProblemsBar
from gui.design.side_panel import SidePanel, Tab
from gui.design.table.layer_table import LayerTable
from gui.design.toolbar import Toolbar
from gui.look.appearance import scaled
from gui.owners.session import Session
from gui.widgets.arrangement.side_by_side import SideBySide
from gui.widgets.buttons import button
from gui.widgets.card import column

PALETTE_WIDTH, SIDE_WIDTH = 212, 316
TABLE_HEIGHT = 200
LEAST = 280
"""Width of the canvas and the table in screen pixels: with a large font, too, all must fit."""
SHARE = 0.25
"""What a side panel takes at most of the width."""


class DesignWorkspace(QWidget):
    """Puts the views of a document together, one after the other: see `make_next`.

    Args:
        session: The window's state.
    """

    templates_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._document = session.design.document
        self._left = [
            self._make_canvas,
            self._make_palette,
            self._make_problems,
            self._make_side,
            self._show_settings,
            self._make_toolbar,
            self._lay_out,
            self._connect,
        ]

    def make_next(self) -> bool:
        """Make the next of its parts, so that the window is free in between.

        Returns:
            Whether all are made now.
        """
        if self._left:
            self._left.pop(0)()
        return not self._left

    def make_all(self) -> None:
        """Make all parts that are not made yet."""
        while not self.make_next():
            pass

    def _make_canvas(self) -> None:
        self.canvas = DesignCanvas(self._document, self._session)
        self.placer = Placer(self.canvas.design)
        self._context, self._anchor = SearchContext((0, 0)), ""

    def _make_palette(self) -> None:
        self.palette_panel = PalettePanel()
        self.popup = SearchPopup(self)

    def _make_problems(self) -> None:
        self._finder = FixFinder(self._document, self._session.background, self)
        self.problems = ProblemsBar(self._document, self._finder, self)  # it may show itself
        self.table = LayerTable(self._document, self.canvas.actions_table)

    def _make_side(self) -> None:
        document, session, finder = self._document, self._session, self._finder
        self.side = SidePanel(
            (
                Tab("settings", self.tr("Settings"), lambda: Inspector(document, finder)),
                Tab("code", self.tr("Code"), lambda: CodePanel(document, session)),
                Tab("picture", self.tr("Picture"), lambda: PicturePanel(document, session)),
            )
        )

    def _show_settings(self) -> None:
        self.side.show_tab("settings")

    def _make_toolbar(self) -> None:
        canvas = self.canvas
        templates = button(self.tr("Templates ▾"), self.templates_wanted.emit)
        templates.setToolTip(self.tr("Open a template or a pretrained network"))
        arrange = next(spec for spec in canvas.actions_table if spec.id == "arrange")
        self._zoom = button("100 %", lambda: canvas.zoom_to(100), tip=self.tr("Actual size"))
        self._heat = self._heat_button()
        self._palette_toggle = self._toggle(self.tr("Palette"), self._show_palette, on=True)
        self._table_toggle = self._toggle(self.tr("Table"), self._show_table)
        self._code = self._toggle(self.tr("Code"), lambda: self._turn("code", self._code))
        self._picture = self._toggle(
            self.tr("Picture"), lambda: self._turn("picture", self._picture)
        )
        left = (
            templates,
            button(self.tr("Arrange"), arrange.handler, tip=arrange.text),
            button(self.tr("Fit"), canvas.fit, tip=self.tr("Show the whole design (Home)")),
            self._zoom,
        )
        right = (
            self._palette_toggle,
            button(self.tr("Compare…"), self.compare, tip=self.tr("Compare with another design")),
            self._heat,
            self._table_toggle,
            self._picture,
            self._code,
        )
        self._toolbar = Toolbar(left, right)

    def _toggle(self, title: str, clicked: Callable[[], None], *, on: bool = False) -> QPushButton:
        made = button(title, clicked)
        made.setCheckable(True)
        made.setChecked(on)
        return made

    def _heat_button(self) -> QPushButton:
        made = button(self.tr("Colour"), tip=self.tr("Colour the layers by their cost"))
        menu = QMenu(made)
        menu.addAction(self.tr("By family"), partial(self._show_heat, ""))
        for mode in HEAT_MODES.values():
            menu.addAction(mode.title(), partial(self._show_heat, mode.id))
        menu.addAction(self.tr("Measured time"), self._show_times)
        made.setMenu(menu)
        return made

    def _lay_out(self) -> None:
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._middle.setHandleWidth(1)
        self._middle.addWidget(CanvasArea(self.canvas, self._toolbar, self.problems))
        self._middle.addWidget(self.table)
        self._middle.setStretchFactor(0, 3)
        self._middle.setStretchFactor(1, 1)
        self._middle.setCollapsible(0, False)
        self.table.hide()
        for widget, least in (
            (self.palette_panel, scaled(120)),
            (self._middle, LEAST),
            (self.table, LEAST),
            (self.side, scaled(250)),
        ):
            widget.setMinimumWidth(least)  # what has no room there scrolls
        panels = (self.palette_panel, self._middle, self.side)
        self._sides = SideBySide(panels, (PALETTE_WIDTH, 0, SIDE_WIDTH), SHARE)
        column(self, spacing=0).addWidget(self._sides)
        settings = self._session.settings
        self._sides.restore(settings["design_sides"])
        kept = settings["design_table"]
        if kept:
            self._middle.restoreState(QByteArray.fromBase64(kept.encode("ascii", "ignore")))

    def _connect(self) -> None:
        self.palette_panel.list.chosen.connect(lambda entry: self.placer.add_behind(entry.name))
        self.canvas.search_wanted.connect(self._ask)
        self.canvas.zoom_changed.connect(self._show_zoom)
        self.popup.chosen.connect(self._add)
        self.table.insert_after_requested.connect(self._ask_after)
        self.side.changed.connect(self._show_tab)
        self._sides.splitterMoved.connect(self._keep_sizes)
        self._middle.splitterMoved.connect(self._keep_sizes)
        self._session.design.timer.changed.connect(self._colour_times)
        self._timed = False
        self._session.design.opened.connect(self._show_whole)
        self.canvas.settings_wanted.connect(self._go_to_settings)
        self.canvas.pane_wanted.connect(self._make_panes().go)

    def _make_panes(self) -> Panes:
        return Panes(
            self,
            (
                Pane(self.palette_panel, self.palette_panel.focus_field),
                Pane(self.canvas, lambda: self.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)),
                Pane(self.table, lambda: self.table.first_control().setFocus()),
                Pane(self.side, self._enter_side),
            ),
        )

    def _enter_side(self) -> None:
        if self.side.current == "settings" and self._document.selection:
            self._go_to_settings()
        else:
            self.side.focus_tab()

    def _go_to_settings(self) -> None:
        """Put the keyboard into the first setting of the selected layer."""
        self.side.show()
        self.inspector().focus_first()

    def _show_whole(self) -> None:
        """Bring a design that was just opened into sight, once the page has its size."""
        QTimer.singleShot(0, self, self.canvas.show_opened)

    def compare(self) -> None:
        """Compare the design with another."""
        CompareDialog(self._document, self._session, self.window()).open()

    def search_palette(self) -> None:
        """Go to the search of the palette."""
        self._palette_toggle.setChecked(True)
        self._show_palette()
        self.palette_panel.focus_field()

    def inspector(self) -> Inspector:
        """Return the settings of what is selected, and show them."""
        self.side.show_tab("settings")
        page = self.side.page("settings")
        assert isinstance(page, Inspector)
        return page

    def _ask(self, place: QPoint, context: SearchContext) -> None:
        """Look for a layer: where the pointer is, or behind the selection."""
        free = context.source is None and context.target is None and context.edge is None
        self._context, self._anchor = context, self.placer.anchor() if free else ""
        self._open_popup(place)

    def _ask_after(self, node_id: str) -> None:
        self._context, self._anchor = SearchContext((0, 0)), node_id
        self._open_popup(self.table.mapToGlobal(QPoint(40, 0)))

    def _open_popup(self, place: QPoint) -> None:
        shape = self.placer.arriving(self._context, self._anchor)
        self.popup.open_at(place, shape, self.placer.called(self._context, self._anchor))

    def _add(self, entry: PaletteEntry) -> None:
        if self._anchor:
            self.placer.add_behind(entry.name, self._anchor)
        else:
            self.canvas.add_entry(entry.name, self._context)
        self.canvas.setFocus()

    def _turn(self, tab: str, toggle: QPushButton) -> None:
        """Show a tab, or the settings again."""
        self.side.show()
        self.side.show_tab(tab if toggle.isChecked() else "settings")

    def _show_tab(self, name: str) -> None:
        self._code.setChecked(name == "code")
        self._picture.setChecked(name == "picture")

    def _show_palette(self) -> None:
        self.palette_panel.setVisible(self._palette_toggle.isChecked())

    def _show_table(self) -> None:
        shown = self._table_toggle.isChecked()
        self.table.setVisible(shown)
        if shown and self._middle.sizes()[1] < scaled(TABLE_HEIGHT) // 2:
            height = self._middle.height()
            self._middle.setSizes([height - scaled(TABLE_HEIGHT), scaled(TABLE_HEIGHT)])
        if self.table.isVisible():
            self.table.first_control().setFocus()

    def _show_zoom(self) -> None:
        self._zoom.setText(f"{round(self.canvas.percent)} %")

    def _show_heat(self, mode: str) -> None:
        self._timed = False
        self.canvas.heat.show_mode(mode)

    def _show_times(self) -> None:
        """Colour by measured times; they are measured first where that was not done."""
        timer = self._session.design.timer
        if problems := self._document.analysis.problems:
            told = self.tr("Times are measured once the problems are fixed: {0}.")
            self._session.notices.tell(told.format(problems[0].what.rstrip(".")), "warning")
            return
        self._timed = True
        if timer.timing is None:
            timer.measure()
        self._colour_times()

    def _colour_times(self) -> None:
        timer = self._session.design.timer
        if self._timed and timer.failure:
            self._timed = False
            told = self.tr("The time could not be measured: {0}.").format(timer.failure.rstrip("."))
            self._session.notices.tell(told, "warning")
        timing = timer.timing
        if not self._timed or timing is None:
            return
        by_name = {node.name: node.id for node in self._document.network.nodes}
        times = {by_name[n]: time for n, time in timing.layers.items() if n in by_name}
        self.canvas.heat.show_values(times, self.tr("Measured time"))

    def _keep_sizes(self) -> None:
        """Remember how the page is divided."""
        settings = self._session.settings
        settings["design_sides"] = self._sides.kept()
        settings["design_table"] = self._middle.saveState().toBase64().toStdString()
        self._session.keep_settings()
