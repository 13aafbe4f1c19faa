"""The table of what can be done on the canvas: keys, menus and the key list are made from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.widgets.actions import ActionSpec

if TYPE_CHECKING:
    from gui.design.canvas.canvas import DesignCanvas


def canvas_actions(canvas: DesignCanvas) -> list[ActionSpec]:
    """Return the canvas's actions, in the order of the key list."""
    return [
        *_adding(canvas),
        *_copying(canvas),
        *_deleting(canvas),
        *_changing(canvas),
        *_grouping(canvas),
        *_placing(canvas),
        *_looking(canvas),
    ]


def _adding(canvas: DesignCanvas) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    return [
        *canvas.history.table,
        ActionSpec(
            "search",
            translate("CanvasActions", "Add a layer…"),
            ("Shift+A",),
            canvas.asking.layer_here,
        ),
    ]


def _copying(canvas: DesignCanvas) -> list[ActionSpec]:
    translate, edit = QCoreApplication.translate, canvas.editor
    return [
        ActionSpec(
            "select_all",
            translate("CanvasActions", "Select all layers"),
            ("Ctrl+A",),
            edit.select_all,
        ),
        ActionSpec(
            "cut",
            translate("CanvasActions", "Cut"),
            ("Ctrl+X",),
            edit.cut,
            edit.nothing_selected,
        ),
        ActionSpec(
            "copy",
            translate("CanvasActions", "Copy"),
            ("Ctrl+C",),
            edit.copy,
            edit.nothing_selected,
        ),
        ActionSpec(
            "paste_layers",
            translate("CanvasActions", "Paste layers"),
            ("Ctrl+V",),
            edit.paste,
            edit.nothing_copied,
        ),
        ActionSpec(
            "paste_with_inputs",
            translate("CanvasActions", "Paste layers and keep their inputs"),
            ("Ctrl+Shift+V",),
            edit.paste_with_inputs,
            edit.nothing_copied,
        ),
        ActionSpec(
            "duplicate",
            translate("CanvasActions", "Duplicate"),
            ("Ctrl+D",),
            edit.duplicate,
            edit.nothing_selected,
        ),
    ]


def _deleting(canvas: DesignCanvas) -> list[ActionSpec]:
    translate, edit = QCoreApplication.translate, canvas.editor
    return [
        ActionSpec(
            "delete",
            translate("CanvasActions", "Delete"),
            ("Del", "Backspace"),
            edit.delete,
            edit.nothing_to_delete,
        ),
        ActionSpec(
            "delete_and_reconnect",
            translate("CanvasActions", "Delete and reconnect"),
            ("Ctrl+Del", "Ctrl+Backspace"),
            edit.delete_and_reconnect,
            edit.nothing_selected,
        ),
        ActionSpec(
            "bypass",
            translate("CanvasActions", "Bypass, or take back in"),
            ("M", "Ctrl+B"),
            edit.bypass,
            edit.nothing_selected,
        ),
    ]


def _changing(canvas: DesignCanvas) -> list[ActionSpec]:
    translate, edit = QCoreApplication.translate, canvas.editor
    return [
        ActionSpec(
            "rename",
            translate("CanvasActions", "Rename…"),
            ("F2",),
            canvas.asking.rename,
            edit.no_name,
        ),
        ActionSpec(
            "note",
            translate("CanvasActions", "Write a note…"),
            ("Shift+F2",),
            canvas.asking.write_note,
            edit.not_one,
        ),
        ActionSpec(
            "freeze",
            translate("CanvasActions", "Freeze or unfreeze"),
            ("Shift+F",),
            edit.freeze,
            edit.nothing_selected,
        ),
        ActionSpec(
            "freeze_up_to",
            translate("CanvasActions", "Freeze up to here"),
            ("Ctrl+Alt+F",),
            edit.freeze_up_to_here,
            edit.not_one,
        ),
    ]


def _grouping(canvas: DesignCanvas) -> list[ActionSpec]:
    translate, edit = QCoreApplication.translate, canvas.editor
    return [
        ActionSpec(
            "group",
            translate("CanvasActions", "Group"),
            ("Ctrl+G",),
            edit.group,
            edit.nothing_selected,
        ),
        ActionSpec(
            "frame",
            translate("CanvasActions", "Draw a frame around"),
            ("Ctrl+J",),
            edit.frame,
            edit.nothing_selected,
        ),
        ActionSpec(
            "ungroup",
            translate("CanvasActions", "Ungroup"),
            ("Ctrl+Shift+G",),
            edit.ungroup,
            edit.no_group,
        ),
        ActionSpec(
            "fold",
            translate("CanvasActions", "Fold or unfold"),
            ("Alt+C",),
            edit.fold,
            edit.no_fold,
        ),
        ActionSpec(
            "enter",
            translate("CanvasActions", "Look into the group"),
            ("Alt+Down",),
            edit.enter,
            edit.no_entry,
        ),
        ActionSpec(
            "leave",
            translate("CanvasActions", "Leave the group"),
            ("Alt+Up",),
            edit.leave,
            edit.not_inside,
        ),
    ]


def _placing(canvas: DesignCanvas) -> list[ActionSpec]:
    translate, edit = QCoreApplication.translate, canvas.editor
    two, three = partial(edit.fewer_than, 2), partial(edit.fewer_than, 3)
    sides = [
        ("left", "Alt+A", translate("CanvasActions", "Align left edges")),
        ("centre", "Alt+H", translate("CanvasActions", "Align middles, one below the other")),
        ("right", "Alt+D", translate("CanvasActions", "Align right edges")),
        ("top", "Alt+W", translate("CanvasActions", "Align upper edges")),
        ("middle", "Alt+V", translate("CanvasActions", "Align middles, side by side")),
        ("bottom", "Alt+S", translate("CanvasActions", "Align lower edges")),
    ]  # the keys of Figma, as those below
    axes = [
        ("horizontal", "Ctrl+Alt+H", translate("CanvasActions", "Distribute from left to right")),
        ("vertical", "Ctrl+Alt+V", translate("CanvasActions", "Distribute from top to bottom")),
    ]
    return [
        ActionSpec(
            "arrange",
            translate("CanvasActions", "Arrange automatically"),
            ("Ctrl+Shift+F",),
            edit.arrange,
            edit.nothing_drawn,
        ),
        *(
            ActionSpec(f"align_{side}", text, (keys,), partial(edit.align, side), two)  # type: ignore[arg-type]
            for side, keys, text in sides
        ),
        *(
            ActionSpec(f"distribute_{axis}", text, (keys,), partial(edit.distribute, axis), three)  # type: ignore[arg-type]
            for axis, keys, text in axes
        ),
    ]


def _looking(canvas: DesignCanvas) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    return [
        ActionSpec(
            "find",
            translate("CanvasActions", "Find a layer…"),
            ("Ctrl+F",),
            canvas.asking.find,
            canvas.editor.nothing_drawn,
        ),
        ActionSpec(
            "frame_selection",
            translate("CanvasActions", "Bring the selection into sight"),
            ("F", "."),
            canvas.frame_selection,
        ),
        ActionSpec(
            "settings",
            translate("CanvasActions", "Go to the settings of the selection"),
            ("F4", "Alt+Return"),
            canvas.settings_wanted.emit,
            canvas.editor.nothing_selected,
        ),
        ActionSpec(
            "pane",
            translate("CanvasActions", "Go to the next part of the page: palette, canvas, …"),
            ("F6",),
            lambda: canvas.pane_wanted.emit(1),
        ),
        ActionSpec(
            "pane_before",
            translate("CanvasActions", "Go to the previous part of the page"),
            ("Shift+F6",),
            lambda: canvas.pane_wanted.emit(-1),
        ),
        ActionSpec("fit", translate("CanvasActions", "Show everything"), ("Home",), canvas.fit),
        ActionSpec(
            "zoom_in", translate("CanvasActions", "Larger"), ("Ctrl++", "Ctrl+="), canvas.zoom_in
        ),
        ActionSpec("zoom_out", translate("CanvasActions", "Smaller"), ("Ctrl+-",), canvas.zoom_out),
        ActionSpec("full_size", translate("CanvasActions", "Full size"), ("1",), canvas.full_size),
    ]
