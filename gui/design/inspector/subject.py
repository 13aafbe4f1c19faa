"""What the inspector is about: the selected layers, a group of them, or the whole network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from core.network.analysis import Analysis, LayerResult
from core.network.editing.layer_edits import common_settings, with_namesakes
from core.network.layers.base.layer import Layer
from core.network.layers.base.setting_types import Setting
from core.network.network import Network, Node
from gui.design.inspector.fields.editors import Edit
from gui.look.core_texts import in_users_language
from gui.owners.designs.document import Document


@dataclass(frozen=True, slots=True)
class Subject:
    """What is selected.

    Attributes:
        analysis: Of the design.
        nodes: The selected layers, in computing order; none stands for the whole network.
        group: The group that all of them are, or "".
    """

    analysis: Analysis
    nodes: tuple[Node, ...]
    group: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the layers."""
        return tuple(node.id for node in self.nodes)

    @property
    def results(self) -> tuple[LayerResult, ...]:
        """Results of the layers."""
        return tuple(self.analysis.results[node.id] for node in self.nodes)

    @property
    def may_learn(self) -> bool:
        """Whether any of the layers has weights, or it is not known yet."""
        return any(result.measures is None or result.parameters for result in self.results)

    def settings(self) -> tuple[Setting, ...]:
        """Return the settings that all the layers have, in the user's language."""
        return tuple(
            in_users_language(setting, "title", "description")
            for setting in common_settings(self.analysis.network, self.ids)
        )


def subject_of(document: Document) -> Subject:
    """Return what is selected in a design."""
    chosen, analysis = document.selection, document.analysis
    nodes = tuple(r.node for id_, r in analysis.results.items() if id_ in chosen)
    return Subject(analysis, nodes, _group_of(document.network, nodes))


def _group_of(network: Network, nodes: Sequence[Node]) -> str:
    """Return the folded group that a selection is all of, or ""."""
    if not nodes:
        return ""
    for group in network.groups:
        before = f"{group.name}."
        if group.folded and nodes[0].name.startswith(before):
            inside = [node.id for node in network.nodes if node.name.startswith(before)]
            if len(inside) == len(nodes) and {node.id for node in nodes} == set(inside):
                return group.name
    return ""


def with_edit(network: Network, ids: Sequence[str], setting: str, edit: Edit) -> Network:
    """Return the network with one setting of some layers edited, each from its own value.

    Layers of the same name are one module and change together.

    Raises:
        NetworkError: A value is out of the setting's range.
    """
    made: dict[Layer, Layer] = {}
    nodes: dict[str, Node] = {}
    for id_ in with_namesakes(network, ids):
        node = network.by_id[id_]
        if node.layer not in made:
            value = edit(getattr(node.layer, setting))
            made[node.layer] = network.with_setting(id_, setting, value).by_id[id_].layer
        nodes[id_] = replace(node, layer=made[node.layer])
    return network.with_nodes(tuple(nodes.get(n.id, n) for n in network.nodes))
