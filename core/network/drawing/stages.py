"""Which feature maps of a network a block drawing shows, and what leads from one to the next."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from core.network.analysis import Analysis
from core.network.bypassing import without_bypassed
from core.network.layers.base.layer import Family, Layer, Shape
from core.network.layers.ends import Input, Output
from core.network.layout.opening_view import suggest_groups
from core.network.network import Network, NetworkError, Node
from core.network.view.cards import Card, cards

MOST_STAGES = 32
"""Of a longer network only the maps of a new shape are drawn."""
MOST_DRAWN = 60
"""And of those no more; the ones in the middle are left out."""
MOST_TOWERS = 4

SHOWN = {Family.CONVOLUTION, Family.POOLING, Family.FULLY_CONNECTED}


@dataclass(frozen=True, slots=True)
class Stage:
    """One feature map, or one row of features.

    Attributes:
        name: Of the layer or group that makes it.
        kind: Of it: “Conv 2D”, “3 × Bottleneck”.
        shape: (channels, height, width) or (features,).
        layer: What makes it; None of a group of layers.
        family: Of that layer; None of a group.
        towers: Into how many halves or parts its channels are divided, as AlexNet's are.
        skipped: How many maps were left out before it.
    """

    name: str
    kind: str
    shape: Shape
    layer: Layer | None
    family: Family | None
    towers: int = 1
    skipped: int = 0


def stages(network: Network, analysis: Analysis) -> tuple[Stage, ...]:
    """Return the maps along the main path, from the image to the scores.

    A network without branches shows each convolution, pooling and fully connected layer; one with
    branches the parts that it opens with: the stages of ResNet, the modules of GoogLeNet.

    Raises:
        NetworkError: There is no map to draw.
    """
    network = without_bypassed(network)
    found = _chain(network, analysis)
    if not found:
        found = _main_path(network, analysis)
    if not found:
        raise NetworkError(
            "There is no feature map to draw yet",
            hint="Connect layers to an image input, and fix the problems shown.",
        )
    if len(found) > MOST_STAGES:
        found = [s for n, s in enumerate(found) if not n or s.shape != found[n - 1].shape]
    if len(found) > MOST_DRAWN:
        half = MOST_DRAWN // 2
        left_out = len(found) - 2 * half
        found[half:-half] = []
        found[half] = _with_skipped(found[half], left_out)
    return tuple(found)


def _chain(network: Network, analysis: Analysis) -> list[Stage]:
    """Return the stages of a network without branches; none if it has branches."""
    if any(len(edges) > 1 for edges in network.outgoing.values()):
        return []
    nodes = [analysis.results[id_].node for id_ in network.sortable]
    found: list[Stage] = []
    for number, node in enumerate(nodes):
        shape = analysis.results[node.id].output
        shown = node.layer.family in SHOWN or isinstance(node.layer, Input)
        same = bool(found) and shape == found[-1].shape and node.layer.family is Family.POOLING
        if not shown or shape is None or same or type(node.layer).__name__ == "Flatten":
            continue
        title = node.layer.title
        towers = _towers(nodes, number) if len(shape) == 3 else 1
        if shape[0] % towers:
            towers = 1
        found.append(Stage(node.name, title, shape, node.layer, node.layer.family, towers))
    return found


def _towers(nodes: list[Node], number: int) -> int:
    """Return into how many parts a map is divided: by the convolution before or after it."""
    around = []
    for step in (range(number, -1, -1), range(number + 1, len(nodes))):
        weighty = (nodes[n].layer for n in step if nodes[n].layer.family is not Family.POOLING)
        layer = next((one for one in weighty if one.family in SHOWN or one.input_count == 0), None)
        around.append(getattr(layer, "groups", 1))
    return max([count for count in around if 1 < count <= MOST_TOWERS], default=1)


def _main_path(network: Network, analysis: Analysis) -> list[Stage]:
    """Return the stages along the path of the folded network with the most multiply-adds."""
    folded = suggest_groups(replace(network, groups=()))
    view = cards(folded, analysis)
    into: dict[str, list[str]] = {card.id: [] for card in view.cards}
    for wire in view.wires:
        into[wire.target].append(wire.source)
    path = _heaviest(list(view.cards), into)
    found: list[Stage] = []
    for card in path:
        layer = card.record.layer if isinstance(card.record, Node) else None
        shown = card.group or card.family in SHOWN or isinstance(layer, Input)
        shown = shown or (card.family is Family.MERGE)
        if not shown or card.output is None or type(layer).__name__ == "Flatten":
            continue
        if found and found[-1].shape == card.output and card.family is Family.POOLING:
            continue
        found.append(Stage(card.name, card.kind, card.output, layer, card.family))
    return found


def _heaviest(shown: list[Card], into: dict[str, list[str]]) -> list[Card]:
    """Return the path to the output along which most is computed."""
    by_id = {card.id: card for card in shown}
    best: dict[str, tuple[int, int, str]] = {}
    for id_ in _sorted(into):
        ways = [(*best[source][:2], source) for source in into[id_] if source in best]
        before = max(ways, default=(0, 0, ""))
        best[id_] = (before[0] + by_id[id_].multiply_adds, before[1] + 1, before[2])
    ends = [c.id for c in shown if isinstance(c.record, Node) and type(c.record.layer) is Output]
    ends = [id_ for id_ in ends if id_ in best]
    last = ends[0] if ends else max(best, key=lambda id_: best[id_][:2], default="")
    path = []
    while last:
        path.append(by_id[last])
        last = best[last][2]
    return path[::-1]


def _sorted(into: dict[str, list[str]]) -> list[str]:
    """Return ids, each after those before it; what lies in or behind a circle is left out."""
    waiting = {id_: len(sources) for id_, sources in into.items()}
    targets: dict[str, list[str]] = {id_: [] for id_ in into}
    for id_, sources in into.items():
        for source in sources:
            targets[source].append(id_)
    ready = [id_ for id_, count in waiting.items() if not count]
    for id_ in ready:
        for target in targets[id_]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return ready


def _with_skipped(stage: Stage, count: int) -> Stage:
    return Stage(
        stage.name, stage.kind, stage.shape, stage.layer, stage.family, stage.towers, count
    )
