"""What a comparison says of each layer, as rows of two sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from core.network.layers.base.layer import describe
from core.network.results import LayerResult
from core.network.review.compare import Changed, Comparison
from gui.look.core_texts import translated
from gui.look.numbers import count

SAME, RENAMED, CHANGED = "same", "renamed", "changed"
ADDED, REMOVED = "added", "removed"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A layer of either design, beside its counterpart.

    Attributes:
        kind: One of `SAME`, `RENAMED`, `CHANGED`, `ADDED`, `REMOVED`.
        before: In the first design, or "".
        after: In the second, or "".
        what: What differs, or "".
        parameters: How many more the second has.
    """

    kind: str
    before: str
    after: str
    what: str = ""
    parameters: int = 0

    @property
    def sign(self) -> str:
        """The kind as a sign, so that colour is not the only one."""
        return {SAME: "", RENAMED: "", CHANGED: "≠", ADDED: "+", REMOVED: "−"}[self.kind]


def compared_rows(found: Comparison) -> list[ComparedRow]:
    """Return the layers of both designs in the second's computing order, removed ones in place."""
    changed = {change.after.node.id: change for change in found.changed}
    rows: list[ComparedRow] = []
    waiting = [id_ for id_ in found.before.results if id_ not in found.pairs]
    order = {id_: place for place, id_ in enumerate(found.before.results)}
    for id_, result in found.after.results.items():
        counterpart = found.backwards.get(id_)
        if counterpart is None:
            rows.append(ComparedRow(ADDED, "", _layer(result), "", result.parameters))
            continue
        while waiting and order[waiting[0]] < order[counterpart]:
            rows.append(_removed(found.before.results[waiting.pop(0)]))
        before = found.before.results[counterpart]
        change = changed.get(id_)
        kind, what = SAME, ""
        if change:
            kind, what = CHANGED if change.matters else RENAMED, _what(change)
        more = result.parameters - before.parameters
        rows.append(ComparedRow(kind, _layer(before), _layer(result), what, more))
    return rows + [_removed(found.before.results[id_]) for id_ in waiting]


def signed(number: int) -> str:
    """Return a difference with its sign; a dash for none."""
    if not number:
        return "–"
    return f"{'+' if number > 0 else '−'}{count(abs(number))}"


def _removed(result: LayerResult) -> ComparedRow:
    return ComparedRow(REMOVED, _layer(result), "", "", -result.parameters)


def _layer(result: LayerResult) -> str:
    output = f"  {describe(result.output)}" if result.output else ""
    return f"{result.node.name} · {translated(result.node.layer.title)}{output}"


def _what(change: Changed) -> str:
    """Return what differs of a layer, shortly."""
    translate = QCoreApplication.translate
    parts = [
        f"{translated(item.title)}: {_value(item.before)} → {_value(item.after)}"
        for item in change.settings
    ]
    if change.kind_changed:
        parts.insert(0, translate("Compare", "different kind"))
    if change.renamed:
        parts.append(translate("Compare", "different name"))
    if change.rewired:
        parts.append(translate("Compare", "different inputs"))
    if change.reshaped and not parts:
        parts.append(translate("Compare", "different input size"))
    return "; ".join(parts)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        translate = QCoreApplication.translate
        return translate("Compare", "on") if value else translate("Compare", "off")
    if isinstance(value, tuple) and len(value) == 4:  # padding: top, bottom, left, right
        return str(value[0]) if len(set(value)) == 1 else ", ".join(map(str, value))
    if isinstance(value, tuple):
        return " × ".join(map(str, value))
    return str(value)
