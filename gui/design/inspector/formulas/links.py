"""Where a number of a formula comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.network.analysis import Analysis

COST_OF = {"multiply_adds": "Multiply-adds", "parameters": "Parameters"}
"""The formula that leads to a result that another formula goes on from."""


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a number leads to.

    Attributes:
        kind: A setting of the layer, another layer, the layer's size or a figure of its cost, or
            the totals of the network.
        name: Of the setting, the other layer's id, or the figure's name.
        part: Of a setting with several numbers.
    """

    kind: Literal["setting", "layer", "size", "figure", "total"]
    name: str = ""
    part: int = 0


def place_of(analysis: Analysis, node_id: str, link: str) -> LinkTarget | None:
    """Return where a link of a layer's formula leads; None if it leads nowhere."""
    kind, _, rest = link.partition(":")
    first, _, last = rest.partition(":")
    if kind == "setting":
        return LinkTarget("setting", first, int(last) if last.isdecimal() else 0)
    if kind == "input":
        source = _source(analysis, node_id, first)
        return LinkTarget("layer", source) if source else None
    if kind == "output":
        return LinkTarget("size")
    if kind == "result":
        return LinkTarget("figure", COST_OF.get(first, ""))
    return LinkTarget("total") if kind == "total" else None


def _source(analysis: Analysis, node_id: str, what: str) -> str:
    """Return the id of the layer behind an input, or with the largest field behind any."""
    edges = analysis.network.incoming[node_id]
    if what.isdecimal():
        return next((e.source for e in edges if e.target_port == int(what)), "")
    fields = {edge.source: analysis.results[edge.source].field for edge in edges}
    return max(
        fields, key=lambda id_: fields[id_].jump if what == "jump" else fields[id_].size, default=""
    )
