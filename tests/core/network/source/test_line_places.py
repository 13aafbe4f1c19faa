"""Where each layer stands in the source: the line shown for it makes or computes it."""

import pytest

from core.network.analysis import analyse
from core.network.layers.ends import AuxiliaryOutput, Input, Output
from core.network.source.source import placed_source, source_text
from core.network.templates import TEMPLATES


def lines_of(placed, name):
    lines = placed.text.splitlines()
    return "\n".join(lines[number] for number in placed.places[name])


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda template: template.name)
def test_every_layer_has_the_line_that_makes_it(template):
    network = template.build(10)
    placed = placed_source(network, template.title)
    for result in analyse(network).results.values():
        node = result.node
        if isinstance(node.layer, Input | Output | AuxiliaryOutput):
            continue
        text = lines_of(placed, node.name)
        if node.layer.functional:
            call = node.layer.source_call(["x", "x"][: len(result.inputs)] or ["x"])
            assert "=" in text or "return" in text, (node.name, call)
        else:
            assert f"{node.layer.constructor(*result.inputs).name}(" in text, (node.name, text)


def test_a_prefix_has_the_statement_of_its_module():
    placed = placed_source(TEMPLATES["resnet50"].build(1000), "ResNet-50")
    group = lines_of(placed, "layer1")
    assert group.strip().startswith("self.layer1 = nn.Sequential(")
    assert group.strip().endswith(")")
    assert lines_of(placed, "layer3.4") == lines_of(placed, "layer3.5")
    assert lines_of(placed, "layer1.0").strip().startswith("BottleneckDownsample(")
    assert lines_of(placed, "layer1.1").strip().startswith("*(Bottleneck(")
    assert "self.conv2 = nn.Conv2d(" in lines_of(placed, "layer1.2.conv2")


def test_the_text_is_the_same_without_places():
    network = TEMPLATES["googlenet"].build(10)
    assert placed_source(network, "G").text == source_text(network, "G")
