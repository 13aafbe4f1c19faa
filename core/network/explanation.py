"""How each result of a layer came about, with its numbers, for the inspector."""

from __future__ import annotations

from math import prod

from core.network.analysis import Analysis
from core.network.layers.base.formula import Formula, Value, formula, size_formula
from core.network.layers.base.layer import Shape
from core.network.layers.ends import Input
from core.network.results import BYTES_PER_NUMBER, LayerResult, meeting_field


def explain(analysis: Analysis, node_id: str) -> tuple[Formula, ...]:
    """Return the formulas of a layer's output size, parameters, cost, memory and field.

    Empty where the layer has a problem: the problem says why there is no result.
    """
    result = analysis.results.get(node_id)
    if result is None or result.measures is None:
        return ()
    if result.node.bypassed:
        return (*_kept_size(result), *_field(analysis, result))
    shapes = [shape for shape in result.inputs if shape is not None]
    own = result.node.layer.formulas(*shapes)
    if not any(formula.name.startswith("Output") for formula in own):
        own = (*_kept_size(result), *own)
    return (*own, *_cost(analysis, result), _memory(result), *_field(analysis, result))


def _kept_size(result: LayerResult) -> tuple[Formula, ...]:
    """Return the size of a layer that leaves it as it arrives."""
    shape = result.output
    if not result.inputs or shape is None or shape != result.inputs[0]:
        return ()
    links = [f"input:0:{axis}" for axis in range(len(shape))]
    return (size_formula(links, shape, "the size does not change"),)


def _cost(analysis: Analysis, result: LayerResult) -> tuple[Formula, ...]:
    """Return floating-point operations and shares of the totals, where there are any."""
    formulas = []
    macs, parameters = result.multiply_adds, result.parameters
    if macs:
        values: dict[str, Value] = {"multiply-adds": (macs, "result:multiply_adds")}
        note = "one multiply-add is two floating-point operations"
        formulas.append(formula("FLOPs", "2 · {multiply-adds}", values, result.flops, note))
    for name, part, total in (
        ("Share of multiply-adds", macs, analysis.multiply_adds),
        ("Share of parameters", parameters, analysis.parameters),
    ):
        if part and total:
            values = {"layer": (part, "result"), "network": (total, "total")}
            share = f"{part / total:.1%}".replace("%", " %")
            share = "below 0.1 %" if part < total / 1000 else share
            formulas.append(formula(name, "{layer} / {network}", values, share))
    return tuple(formulas)


def _memory(result: LayerResult) -> Formula:
    """Return the bytes newly written for one image."""
    shape = result.output or ()
    numbers = result.activation_bytes // BYTES_PER_NUMBER
    if not numbers:
        note = "no new numbers are stored"
        return formula("Activation memory", "0", {}, "0 bytes", note)
    if numbers != prod(shape):
        values: dict[str, Value] = {"numbers": (numbers, "output")}
        pattern = "{numbers} · 4"
    else:
        names = ("C", "H", "W") if len(shape) == 3 else [f"N_{i}" for i in range(len(shape))]
        sides = enumerate(zip(names, shape, strict=True))
        values = {name: (side, f"output:0:{axis}") for axis, (name, side) in sides}
        pattern = " · ".join(f"{{{name}}}" for name in names) + " · 4"
    note = "4 bytes for each number of one image"
    return formula("Activation memory", pattern, values, f"{4 * numbers:,} bytes", note)


def _field(analysis: Analysis, result: LayerResult) -> tuple[Formula, ...]:
    """Return receptive field and jump along the height, and along the width where it differs."""
    edges = analysis.network.incoming[result.node.id]
    if not edges or result.measures is None:
        return ()
    shapes = [shape for shape in result.inputs if shape is not None]
    fields = [analysis.results[edge.source].field for edge in edges]
    before = meeting_field(fields, shapes, result.measures.outputs[0])
    step, field, formulas = result.measures.step, result.field, []
    square = field.size[0] == field.size[1] and field.jump[0] == field.jump[1]
    for axis, name in ((0, "Receptive field"),) if square else ((0, "Height"), (1, "Width")):
        title = name if square else f"{name} of the receptive field"
        values: dict[str, Value] = {
            "r": (plain(before.size[axis]), "input:field"),
            "j": (plain(before.jump[axis]), "input:jump"),
            "reach": (step.reach[axis], _reach_link(result, axis)),
            "S": (plain(step.stride[axis]), _setting_link(result, "stride", axis)),
        }
        pattern = "{r} + ({reach} − 1) · {j}" if step.reach[axis] > 1 else "{r}"
        shown, jump = _pixels(field.size[axis]), _pixels(field.jump[axis])
        formulas.append(formula(title, pattern, values, shown, _field_note(analysis, result, axis)))
        if step.stride[axis] != 1 and _sides(result.output)[axis] > 1:
            title = "Jump" if square else f"{name} of the jump"
            formulas.append(formula(title, "{j} · {S}", values, jump))
    return tuple(formulas)


def _field_note(analysis: Analysis, result: LayerResult, axis: int) -> str:
    """Say how far neighbouring positions look apart, and whether the image is smaller."""
    field, notes = result.field, []
    if _sides(result.output)[axis] > 1:
        notes.append(f"neighbouring positions are {_pixels(field.jump[axis])} apart in the image")
    images = [r for r in analysis.results.values() if isinstance(r.node.layer, Input)]
    if images and field.size[axis] > (side := _sides(images[0].output)[axis]):
        notes.append(f"more than the {_pixels(side)} of the image: the rest is padding")
    return "; ".join(notes)


def _sides(shape: Shape | None) -> tuple[int, int]:
    """Return (height, width) of a map; what is none has one position."""
    return (shape[1], shape[2]) if shape and len(shape) == 3 else (1, 1)


def _reach_link(result: LayerResult, axis: int) -> str:
    """Return where the reach of a window comes from: the kernel, or the side that it covers."""
    kernel = _setting_link(result, "kernel_size", axis)
    shape = result.inputs[0]
    if kernel or shape is None or len(shape) != 3:
        return kernel
    return f"input:0:{axis + 1}"


def _setting_link(result: LayerResult, setting: str, axis: int) -> str:
    known = setting in result.node.layer.__struct_fields__
    return f"setting:{setting}:{axis}" if known else ""


def _pixels(number: float) -> str:
    """Return a length as shown: “1 pixel”, “2.5 pixels”."""
    shown = plain(number)
    return f"{shown:,} {'pixel' if shown == 1 else 'pixels'}"


def plain(number: float) -> int | float:
    """Return 2.0 as 2 and 2.53125 as 2.53."""
    return int(number) if number == int(number) else round(number, 2)
