"""The layers that make the scores, and as many scores as there are classes."""

from itertools import pairwise

import pytest

from core.network.analysis import analyse
from core.network.last_layer import ends_of, last_layer, score_layers, with_classes
from core.network.layers.activation import ReLU
from core.network.layers.ends import AuxiliaryOutput, Input, Output
from core.network.layers.fully_connected import Flatten, Linear
from core.network.network import Edge, Network, NetworkError, Node
from core.network.templates import TEMPLATES

BUILT = [template for template in TEMPLATES.values() if template.name != "lenet5-1998"]
"""Those that end with a layer whose outputs are counted: the 1998 LeNet-5 has codes for digits."""


@pytest.mark.parametrize("template", BUILT, ids=lambda template: template.name)
def test_every_template_gets_as_many_scores_as_there_are_classes(template):
    network = with_classes(template.build(template.classes), 7)
    results = analyse(network).results
    assert {results[end.id].output for end in ends_of(network)} == {(7,)}
    assert last_layer(network) in score_layers(network)
    assert with_classes(network, 7) is network


def test_auxiliary_heads_have_last_layers_of_their_own():
    nodes = (
        Node(id="image", name="image", layer=Input()),
        Node(id="flat", name="flat", layer=Flatten()),
        Node(id="main", name="main", layer=Linear(out_features=10)),
        Node(id="relu", name="relu", layer=ReLU()),
        Node(id="output", name="output", layer=Output()),
        Node(id="side", name="side", layer=Linear(out_features=10)),
        Node(id="aux", name="aux", layer=AuxiliaryOutput()),
    )
    ways = ("image", "flat", "main", "relu", "output"), ("flat", "side", "aux")
    network = Network(nodes=nodes, edges=tuple(Edge(*e) for way in ways for e in pairwise(way)))
    assert (last_layer(network), score_layers(network)) == ("main", {"main", "side"})
    results = analyse(with_classes(network, 3)).results
    assert (results["output"].output, results["aux"].output) == ((3,), (3,))


def test_a_network_without_a_last_layer_is_refused():
    nodes = (
        Node(id="a", name="image", layer=Input()),
        Node(id="b", name="relu", layer=ReLU()),
        Node(id="c", name="output", layer=Output()),
    )
    network = Network(nodes=nodes, edges=(Edge("a", "b"), Edge("b", "c")))
    assert last_layer(network) == ""
    with pytest.raises(NetworkError, match="no last layer"):
        with_classes(network, 3)
    with pytest.raises(NetworkError):
        with_classes(Network(nodes=nodes[:1], edges=()), 3)
