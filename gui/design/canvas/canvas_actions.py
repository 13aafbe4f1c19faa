"""The table of what can be done on the canvas: keys, menus and the key list are made from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.framing import fit, frame_selection
from gui.design.canvas.panels.prompts import Prompts
from gui.design.canvas.selection_edits import SelectionEdits
from gui.owners.actions import ActionSpec


def canvas_actions(
    design: DrawnDesign,
    edit: SelectionEdits,
    prompts: Prompts,
    steps: Sequence[ActionSpec],
    go_to_settings: Callable[[], None],
    go_to_pane: Callable[[int], None],
) -> tuple[ActionSpec, ...]:
    """Return the canvas's actions, in the order of the key list.

    Args:
        design: What is looked at.
        edit: Does what changes the selection.
        prompts: Do what needs an answer.
        steps: Undo and redo.
        go_to_settings: Brings the keyboard to the settings of the selection.
        go_to_pane: Brings it to the next part of the page (1), or the one before (-1).
    """
    return (
        *steps,
        *_adding(design, edit, prompts),
        *_copying(edit),
        *_deleting(edit),
        *_changing(edit, prompts),
        *_grouping(edit),
        *_placing(edit),
        *_finding(design, edit, prompts),
        *_leaving(edit, go_to_settings, go_to_pane),
        *_zooming(design),
    )


def _adding(design: DrawnDesign, edit: SelectionEdits, prompts: Prompts) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    return [
        ActionSpec(
            "search",
            translate("CanvasActions", "Add a layer…"),
            ("Shift+A",),
            prompts.layer_here,
        ),
    ]


def _copying(edit: SelectionEdits) -> list[ActionSpec]:
    translate = QCoreApplication.translate
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


def _deleting(edit: SelectionEdits) -> list[ActionSpec]:
    translate = QCoreApplication.translate
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
            translate("CanvasActions", "Bypass or stop bypassing"),
            ("M", "Ctrl+B"),
            edit.bypass,
            edit.nothing_selected,
        ),
    ]


def _changing(edit: SelectionEdits, prompts: Prompts) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    return [
        ActionSpec(
            "rename",
            translate("CanvasActions", "Rename…"),
            ("F2",),
            prompts.rename,
            edit.no_name,
        ),
        ActionSpec(
            "note",
            translate("CanvasActions", "Edit note…"),
            ("Shift+F2",),
            prompts.write_note,
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


def _grouping(edit: SelectionEdits) -> list[ActionSpec]:
    translate = QCoreApplication.translate
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
            translate("CanvasActions", "Frame the selection"),
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
            translate("CanvasActions", "Collapse or expand"),
            ("Alt+C",),
            edit.fold,
            edit.no_fold,
        ),
        ActionSpec(
            "enter",
            translate("CanvasActions", "Enter the group"),
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


def _placing(edit: SelectionEdits) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    two, three = partial(edit.fewer_than, 2), partial(edit.fewer_than, 3)
    sides = [
        ("left", "Alt+A", translate("CanvasActions", "Align left")),
        ("centre", "Alt+H", translate("CanvasActions", "Align centre")),
        ("right", "Alt+D", translate("CanvasActions", "Align right")),
        ("top", "Alt+W", translate("CanvasActions", "Align top")),
        ("middle", "Alt+V", translate("CanvasActions", "Align middle")),
        ("bottom", "Alt+S", translate("CanvasActions", "Align bottom")),
    ]  # the keys of Figma, as those below
    axes = [
        ("horizontal", "Ctrl+Alt+H", translate("CanvasActions", "Distribute horizontally")),
        ("vertical", "Ctrl+Alt+V", translate("CanvasActions", "Distribute vertically")),
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


def _finding(design: DrawnDesign, edit: SelectionEdits, prompts: Prompts) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    return [
        ActionSpec(
            "find",
            translate("CanvasActions", "Find a layer…"),
            ("Ctrl+F",),
            prompts.find,
            edit.nothing_drawn,
        ),
        ActionSpec(
            "frame_selection",
            translate("CanvasActions", "Zoom to the selection"),
            ("F", "."),
            partial(frame_selection, design),
        ),
    ]


def _leaving(
    edit: SelectionEdits, go_to_settings: Callable[[], None], go_to_pane: Callable[[int], None]
) -> list[ActionSpec]:
    translate = QCoreApplication.translate
    return [
        ActionSpec(
            "settings",
            translate("CanvasActions", "Go to the settings of the selection"),
            ("F4", "Alt+Return"),
            go_to_settings,
            edit.nothing_selected,
        ),
        ActionSpec(
            "pane",
            translate("CanvasActions", "Go to the next panel: palette, canvas, …"),
            ("F6",),
            partial(go_to_pane, 1),
        ),
        ActionSpec(
            "pane_before",
            translate("CanvasActions", "Go to the previous panel"),
            ("Shift+F6",),
            partial(go_to_pane, -1),
        ),
    ]


def _zooming(design: DrawnDesign) -> list[ActionSpec]:
    translate, view = QCoreApplication.translate, design.view
    everything = translate("CanvasActions", "Zoom to fit")
    larger, smaller = translate("CanvasActions", "Zoom in"), translate("CanvasActions", "Zoom out")
    return [
        ActionSpec("fit", everything, ("Home",), partial(fit, design)),
        ActionSpec("zoom_in", larger, ("Ctrl++", "Ctrl+="), view.zoom_in),
        ActionSpec("zoom_out", smaller, ("Ctrl+-",), view.zoom_out),
        ActionSpec("full_size", translate("CanvasActions", "Actual size"), ("1",), view.full_size),
    ]
