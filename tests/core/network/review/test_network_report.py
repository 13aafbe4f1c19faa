"""The table of layers as a file that spreadsheets read."""

from __future__ import annotations

import csv
import io

from core.network.analysis import analyse
from core.network.layers.ends import Input
from core.network.network import Network, Node
from core.network.review.network_report import layers_as_csv
from core.network.templates import TEMPLATES


def rows(network: Network) -> list[list[str]]:
    return list(csv.reader(io.StringIO(layers_as_csv(analyse(network)))))


def test_the_table_adds_up() -> None:
    network = TEMPLATES["alexnet"].build(1000)
    head, *body = rows(network)
    assert head[0] == "Layer"
    assert len(body) == len(network.nodes)
    assert sum(int(row[3]) for row in body) == 61_100_840  # torchvision
    assert body[1] == ["features.0", "Conv 2D", "64 × 55 × 55", "23296", "70276800", "11 × 11"]


def test_a_name_is_no_formula_and_may_hold_anything() -> None:
    name = '=1+1,"π"'
    network = Network(nodes=(Node(id="a", name=name, layer=Input()),))
    assert rows(network)[1][0] == f"'{name}"
