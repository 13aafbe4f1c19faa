"""Pictures of networks: well-formed, whole, and true to the network's sizes."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from core.network.analysis import analyse
from core.network.drawing import colours as colour_table
from core.network.drawing.block_picture import block_picture
from core.network.drawing.card_picture import card_picture
from core.network.drawing.scale import scale_of
from core.network.drawing.stages import stages
from core.network.editing.grouping import set_folded
from core.network.editing.layer_edits import with_note
from core.network.layers.base.layer import Family
from core.network.layers.convolution import Conv2d
from core.network.layers.ends import Input
from core.network.layout.arrange import arranged
from core.network.layout.opening_view import readable
from core.network.network import Builder, Network, NetworkError, Node
from core.network.templates import TEMPLATES
from core.network.view.card_size import CARD_HEIGHT, CARD_WIDTH
from core.network.view.placing import place
from gui.design.canvas.painting.faces import FAMILY_TOKENS
from gui.look import theme as themes

SVG = "{http://www.w3.org/2000/svg}"


def built(name: str) -> Network:
    return readable(TEMPLATES[name].build(10))


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode())


def texts(text: str) -> list[str]:
    return [element.text or "" for element in read(text).iter(f"{SVG}text")]


def points(root: ElementTree.Element) -> list[tuple[float, float]]:
    """Return every point of the picture but those of texts."""
    found = []
    for element in root.iter():
        numbers = list(map(float, re.findall(r"-?\d+\.?\d*", element.get("points", ""))))
        found += list(zip(numbers[::2], numbers[1::2], strict=True))
        if element.tag in {f"{SVG}rect", f"{SVG}text"}:
            x, y = float(element.get("x", 0)), float(element.get("y", 0))
            found += [
                (x, y),
                (x + float(element.get("width", 0)), y + float(element.get("height", 0))),
            ]
    return found


@pytest.mark.parametrize("name", list(TEMPLATES))
@pytest.mark.parametrize("dark", [False, True])
def test_every_classic_is_drawn_whole(name: str, dark: bool) -> None:
    network = built(name)
    analysis = analyse(network)
    for text in (
        card_picture(network, analysis, dark=dark),
        block_picture(network, analysis, dark=dark),
    ):
        root = read(text)
        left, top, width, height = map(float, root.get("viewBox", "").split())
        for x, y in points(root):
            assert left - 0.1 <= x <= left + width + 0.1
            assert top - 0.1 <= y <= top + height + 0.1


def test_pictures_have_the_windows_colours() -> None:
    for colours, theme in ((colour_table.LIGHT, themes.LIGHT), (colour_table.DARK, themes.DARK)):
        assert colours.background == theme.canvas
        for name in ("surface", "border", "text", "muted", "error"):
            assert getattr(colours, name) == getattr(theme, name)
    tokens = {**FAMILY_TOKENS, None: "block"}
    for family in (*Family, None):
        assert colour_table.family_colour(family) == themes.FAMILIES[tokens[family]], family
    assert set(tokens.values()) == set(themes.FAMILIES)


def test_cards_far_away_are_not_cut_off() -> None:
    network = place(built("lenet5"), {"c1": (-9000.0, 500.0), "f6": (9000.0, -7000.0)})
    root = read(card_picture(network, analyse(network)))
    left, top, width, _ = map(float, root.get("viewBox", "").split())
    assert left < -9000 - CARD_WIDTH / 2
    assert left + width > 9000 + CARD_WIDTH / 2
    assert top < -7000 - CARD_HEIGHT / 2


def test_cards_say_what_they_say_in_the_window() -> None:
    network = built("resnet18")
    root = read(card_picture(network, analyse(network)))
    written = ["".join(e.itertext()) for e in root]
    assert {"Image input", "ReLU", "conv1 · Conv 2D", "layer2 · 2 × BasicBlock"} <= set(written)
    assert "▸ 16" in written
    inner = card_picture(network, analyse(network), inside="layer2")
    assert [name for name in texts(inner) if name.strip() in {"0", "1"}] == ["0 ", "1 "]


def test_a_picture_of_a_group_says_where_its_wires_lead() -> None:
    network = built("resnet18")
    inner = card_picture(network, analyse(network), inside="layer2")
    outer = card_picture(network, analyse(network))
    assert "stroke-dasharray" in inner
    assert "stroke-dasharray" not in outer
    arrows = [text for text in texts(inner) if text[0] in "↓→"]
    assert arrows == ["↓ layer1", "→ layer3"]


def test_where_a_wire_into_the_middle_of_a_group_comes_from_is_not_hidden_by_a_card() -> None:
    network = built("resnet18")
    root = read(card_picture(network, analyse(network), inside="layer1.1"))
    heights = [float(e.get("y", 0)) for e in root.iter(f"{SVG}text") if e.text == "↓ layer1.0"]
    assert len(heights) == 2  # of the first convolution and of the sum
    cards = [float(e.get("y", 0)) for e in root.iter(f"{SVG}rect") if e.get("rx")]
    assert not [y for y in heights for top in cards if top < y < top + CARD_HEIGHT]


def test_a_note_is_marked_in_a_picture() -> None:
    network = built("lenet5")
    plain = card_picture(network, analyse(network))
    noted = with_note(network, "c1", "from the paper")
    marked = card_picture(noted, analyse(noted))
    assert marked.count("<polyline") == plain.count("<polyline") + 3


def test_frames_surround_the_cards_of_unfolded_groups() -> None:
    network = arranged(set_folded(built("resnet18"), "layer1", False))
    root = read(card_picture(network, analyse(network)))
    (frame,) = [e for e in root.iter(f"{SVG}rect") if e.get("fill-opacity")]
    left, top, width, height = (float(frame.get(n, 0)) for n in ("x", "y", "width", "height"))
    held = [
        "".join(e.itertext())
        for e in root.iter(f"{SVG}text")
        if left < float(e.get("x", 0)) < left + width and top < float(e.get("y", 0)) < top + height
    ]
    assert {"layer1.0 · BasicBlock", "layer1.1 · BasicBlock"} <= set(held)
    assert not [text for text in held if text.startswith(("layer2", "maxpool"))]
    (name,) = [e for e in root.iter(f"{SVG}text") if "rotate" in e.get("transform", "")]
    assert name.text == "layer1"


def test_the_block_drawing_tells_the_networks_sizes() -> None:
    network = TEMPLATES["lenet5"].build(10)
    shown = stages(network, analyse(network))
    assert [stage.shape for stage in shown] == [
        (1, 32, 32),
        (6, 28, 28),
        (6, 14, 14),
        (16, 10, 10),
        (16, 5, 5),
        (120, 1, 1),
        (84,),
        (10,),
    ]
    written = texts(block_picture(network, analyse(network)))
    assert {"6 @ 28 × 28", "16 @ 5 × 5", "84", "c3", "5 × 5", "2 × 2 / 2"} <= set(written)
    assert "5 × 5 / 5" not in written


def test_boxes_are_to_scale() -> None:
    scale = scale_of([(3, 32, 32), (6, 16, 8)])
    (_, height, back), (depth, lower, narrow) = scale.box((3, 32, 32), 1), scale.box((6, 16, 8), 1)
    assert height == pytest.approx(2 * lower)
    assert back == pytest.approx(4 * narrow)
    assert scale.box((3, 32, 32), 1)[0] == pytest.approx(depth / 2)
    assert "square" not in scale.legend
    wide = scale_of([(3, 224, 224), (512, 14, 14)])
    assert wide.box((3, 224, 224), 1)[1] == pytest.approx(4 * wide.box((512, 14, 14), 1)[1])
    assert "square roots of heights and widths" in wide.legend


def test_alexnet_as_published_shows_its_two_groups() -> None:
    network = TEMPLATES["alexnet-2012"].build(1000)
    towers = {stage.name: stage.towers for stage in stages(network, analyse(network))}
    assert towers["input"] == towers["fc6"] == 1
    assert {towers[name] for name in ("conv1", "pool1", "conv2", "conv3", "conv5")} == {2}
    assert "2 × 48 @ 55 × 55" in texts(block_picture(network, analyse(network)))
    other = TEMPLATES["alexnet"].build(1000)
    assert {stage.towers for stage in stages(other, analyse(other))} == {1}


def test_a_deep_network_is_drawn_by_its_parts() -> None:
    network = built("resnet152")
    names = [stage.name for stage in stages(network, analyse(network))]
    parts = ["layer1", "layer2", "layer3", "layer4"]
    assert names == ["input", "conv1", "maxpool", *parts, "avgpool", "fc"]


@pytest.mark.parametrize("name", ["<b>&\"'", "卷积层", "سطر", "a\x00\x1b\ud7ff", "é" * 400])
def test_names_of_any_script_are_kept_or_made_safe(name: str) -> None:
    network = built("lenet5")
    named = network.with_node(replace(network.by_id["c1"], name=name))
    for text in (card_picture(named, analyse(named)), block_picture(named, analyse(named))):
        shown = " ".join(texts(text))
        assert name[:1] in shown
    assert "\x00" not in text


def test_a_very_long_network_gives_a_bounded_drawing() -> None:
    builder = Builder()
    last = builder.input(3, 300, 300)
    for number in range(140):
        last = builder.add(f"conv{number}", Conv2d(out_channels=8, kernel_size=(3, 3)), last)
    network = builder.network(last)
    shown = stages(network, analyse(network))
    assert len(shown) == 60
    assert sum(stage.skipped for stage in shown) == 141 - 60
    assert "⋯ 81 ⋯" in texts(block_picture(network, analyse(network)))


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(NetworkError, match="nothing to draw"):
        card_picture(Network(), analyse(Network()))
    loose = Network(nodes=(Node(id="a", name="a", layer=Conv2d(out_channels=1)),))
    with pytest.raises(NetworkError, match="no feature map"):
        block_picture(loose, analyse(loose))
    alone = Network(nodes=(Node(id="a", name="a", layer=Input()),))
    assert "3 @ 224 × 224" in texts(block_picture(alone, analyse(alone)))
