"""Which layer of one network is which of another: by name, then by what they are and where."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from core.network.analysis import Analysis
from core.network.network import Network
from core.network.results import LayerResult

Pairs = dict[str, str]
"""Ids of the first network's layers with those of the second's."""

Key = Callable[[LayerResult], Hashable]

KEYS: tuple[Key, ...] = (
    lambda result: (result.node.layer, result.inputs, result.output),
    lambda result: (type(result.node.layer), result.inputs, result.output),
    lambda result: (type(result.node.layer), result.output),
    lambda result: type(result.node.layer),
)
"""What two layers must have in common, the strictest first."""


def matched(one: Analysis, other: Analysis) -> Pairs:
    """Return the layers of two networks that are the same or took each other's place.

    Layers of the same name and kind belong together. Of the rest, those do that follow each other
    in both networks with the same settings and shapes, then with the same shapes, then of the same
    kind, each between those that are known already; at last those of the same name.
    """
    pairs = _by_name(one, other, same_kind=True)
    first, second = branch_by_branch(one.network), branch_by_branch(other.network)
    for key in KEYS:
        for left, right in _gaps(first, second, pairs):
            rows = (
                [key(one.results[id_]) for id_ in left],
                [key(other.results[id_]) for id_ in right],
            )
            blocks = SequenceMatcher(None, *rows, autojunk=False).get_matching_blocks()
            for start, begin, size in blocks:
                pairs.update(
                    zip(left[start : start + size], right[begin : begin + size], strict=True)
                )
    taken = set(pairs.values())
    for id_, found in _by_name(one, other, same_kind=False).items():
        if id_ not in pairs and found not in taken:
            pairs[id_] = found
    return pairs


def branch_by_branch(network: Network) -> list[str]:
    """Return ids, each after those it takes its inputs from, a branch's layers in one piece."""
    waiting = {id_: len(into) for id_, into in network.incoming.items()}
    ready = [id_ for id_, count in waiting.items() if not count][::-1]
    order = []
    while ready:
        id_ = ready.pop()
        order.append(id_)
        for edge in reversed(network.outgoing[id_]):
            waiting[edge.target] -= 1
            if not waiting[edge.target]:
                ready.append(edge.target)
    seen = set(order)
    return order + [node.id for node in network.nodes if node.id not in seen]


def _by_name(one: Analysis, other: Analysis, *, same_kind: bool) -> Pairs:
    named: dict[str, list[str]] = {}
    for node in other.network.nodes:
        named.setdefault(node.name, []).append(node.id)
    pairs: Pairs = {}
    for node in one.network.nodes:
        for id_ in named.get(node.name, ()):
            alike = type(other.network.by_id[id_].layer) is type(node.layer)
            if alike or not same_kind:
                pairs[node.id] = id_
                named[node.name].remove(id_)
                break
    return pairs


def _gaps(
    first: Sequence[str], second: Sequence[str], pairs: Pairs
) -> list[tuple[list[str], list[str]]]:
    """Return what is not yet paired between pairs that follow each other in both networks."""
    place = {id_: number for number, id_ in enumerate(second)}
    taken = set(pairs.values())
    fixed = [(-1, -1)]
    for number, id_ in enumerate(first):
        if id_ in pairs and place[pairs[id_]] > fixed[-1][1]:
            fixed.append((number, place[pairs[id_]]))
    fixed.append((len(first), len(second)))
    gaps = []
    for (left, low), (right, high) in pairwise(fixed):
        ours = [id_ for id_ in first[left + 1 : right] if id_ not in pairs]
        theirs = [id_ for id_ in second[low + 1 : high] if id_ not in taken]
        if ours and theirs:
            gaps.append((ours, theirs))
    return gaps
