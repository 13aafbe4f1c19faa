"""Auxiliary heads: scores from the middle of a network whose loss is used only in training."""

from __future__ import annotations

from core.network.analysis import analyse
from core.network.layers.ends import AuxiliaryOutput, Output
from core.network.network import Network


def teaching_heads(network: Network) -> dict[str, float]:
    """Return the ids of the auxiliary outputs that training listens to, and their loss's weight.

    Their loss reaches a layer that learns and also leads to the scores; that of the others would
    teach nobody but themselves.

    Source: C. Szegedy et al., "Going deeper with convolutions", 2015, section 5.
    """
    heads = {
        node.id: node.layer.loss_weight
        for node in network.nodes
        if isinstance(node.layer, AuxiliaryOutput) and node.layer.loss_weight
    }
    if not heads:
        return {}
    trunk = network.leading_to([network.only(Output).id])
    free = {
        result.node.id
        for result in analyse(network).results.values()
        if result.node.id in trunk and result.parameters and not result.node.frozen
    }
    return {id_: weight for id_, weight in heads.items() if free & network.leading_to([id_])}


def learnt_through(network: Network) -> set[str]:
    """Return the ids of the layers that lead to the scores or to a head that teaches."""
    return network.leading_to([network.only(Output).id, *teaching_heads(network)])
