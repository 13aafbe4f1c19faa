"""Every template is the network of its paper: sizes, counts, cost, fields, and torchvision's."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
import torch
import torchvision

from core.network.analysis import Analysis, analyse
from core.network.network import decode_network, encode_network
from core.network.review.advice import advise
from core.network.running.module import NetworkModule
from core.network.templates import TEMPLATES
from tests.core.network.as_onnx import network_as_onnx
from tests.core.network.small_templates import small

NAMES = list(TEMPLATES)
every_template = pytest.mark.parametrize("name", NAMES)

# Trainable parameters, other numbers kept, multiply-adds at 1,000 classes (10 for LeNet-5).
TOTALS = {
    "lenet5-1998": (60_000, 840, 325_680),
    "lenet5": (61_706, 0, 416_520),
    "alexnet-2012": (60_965_224, 0, 724_406_816),
    "alexnet": (61_100_840, 0, 714_188_480),
    "zfnet": (62_357_608, 0, 1_168_032_896),
    "vgg11": (132_863_336, 0, 7_609_090_048),
    "vgg11_bn": (132_868_840, 5_512, 7_609_090_048),
    "vgg13": (133_047_848, 0, 11_308_466_176),
    "vgg13_bn": (133_053_736, 5_898, 11_308_466_176),
    "vgg16": (138_357_544, 0, 15_470_264_320),
    "vgg16_bn": (138_365_992, 8_461, 15_470_264_320),
    "vgg19": (143_667_240, 0, 19_632_062_464),
    "vgg19_bn": (143_678_248, 11_024, 19_632_062_464),
    "googlenet-2014": (6_998_552, 0, 1_582_671_872),
    "googlenet": (6_624_904, 14_617, 1_498_376_192),
    "resnet18": (11_689_512, 9_620, 1_814_073_344),
    "resnet34": (21_797_672, 17_060, 3_663_761_408),
    "resnet50": (25_557_032, 53_173, 4_089_184_256),
    "resnet101": (44_549_160, 105_448, 7_801_405_440),
    "resnet152": (60_192_808, 151_579, 11_513_626_624),
    "resnext50_32x4d": (25_028_904, 68_277, 4_230_479_872),
    "wide_resnet50_2": (68_883_240, 68_277, 11_398_021_120),
    "squeezenet1_0": (1_248_424, 0, 818_924_576),
    "squeezenet1_1": (1_235_496, 0, 349_151_936),
    "densenet121": (7_978_856, 83_769, 2_834_161_664),
    "mobilenet_v2": (3_504_872, 34_164, 300_774_272),
    "efficientnet_b0": (5_288_548, 42_065, 385_814_752),
    "efficientnet-lite0": (4_652_008, 42_065, 385_187_552),
    "efficientnet-lite1": (5_416_680, 53_728, 600_185_232),
    "efficientnet-lite2": (6_092_072, 58_160, 859_736_272),
}

# Receptive field and distance of neighbouring fields, in pixels of the image.
FIELDS = [
    ("lenet5-1998", "c5", 32, 4),
    ("alexnet-2012", "conv5", 163, 16),
    ("alexnet-2012", "pool5", 195, 32),
    ("zfnet", "pool5", 171, 32),
    ("vgg16", "features.28", 196, 16),
    ("vgg16", "features.30", 212, 32),
    ("resnet18", "layer4.1.add", 435, 32),
    ("resnet34", "layer4.2.add", 899, 32),
    ("resnet50", "layer3.5.add", 267, 16),
    ("resnet50", "layer4.2.add", 427, 32),
    ("resnet101", "layer4.2.add", 971, 32),
    ("resnet152", "layer4.2.add", 1451, 32),
]

# The papers' tables: output of each layer named, and its parameters.
TABLES: dict[str, dict[str, tuple[tuple[int, ...], int | None]]] = {
    "lenet5-1998": {
        "c1": ((6, 28, 28), 156),
        "s2": ((6, 14, 14), 12),
        "c3": ((16, 10, 10), 1_516),
        "s4": ((16, 5, 5), 32),
        "c5": ((120, 1, 1), 48_120),
        "f6": ((84,), 10_164),
        "classifier": ((10,), 0),
    },
    "alexnet-2012": {
        "conv1": ((96, 55, 55), 34_944),
        "pool1": ((96, 27, 27), 0),
        "conv2": ((256, 27, 27), 307_456),
        "conv3": ((384, 13, 13), 885_120),
        "conv4": ((384, 13, 13), 663_936),
        "conv5": ((256, 13, 13), 442_624),
        "pool5": ((256, 6, 6), 0),
        "fc6": ((4096,), 37_752_832),
        "fc7": ((4096,), 16_781_312),
        "fc8": ((1000,), 4_097_000),
    },
    "zfnet": {
        "conv1": ((96, 110, 110), 14_208),
        "pool1": ((96, 55, 55), 0),
        "conv2": ((256, 26, 26), 614_656),
        "pool2": ((256, 13, 13), 0),
        "conv3": ((384, 13, 13), 885_120),
        "conv4": ((384, 13, 13), 1_327_488),
        "conv5": ((256, 13, 13), 884_992),
        "pool5": ((256, 6, 6), 0),
    },
    "googlenet-2014": {
        "conv1": ((64, 112, 112), 9_472),
        "pool1": ((64, 56, 56), 0),
        "conv2_reduce": ((64, 56, 56), 4_160),
        "conv2": ((192, 56, 56), 110_784),
        "pool2": ((192, 28, 28), 0),
        "inception3a.concatenate": ((256, 28, 28), None),
        "inception3b.concatenate": ((480, 28, 28), None),
        "inception4d.concatenate": ((528, 14, 14), None),
        "inception4e.concatenate": ((832, 14, 14), None),
        "inception5b.concatenate": ((1024, 7, 7), None),
        "fc": ((1000,), 1_025_000),
    },
    "vgg16": {
        "features.0": ((64, 224, 224), 1_792),
        "features.4": ((64, 112, 112), 0),
        "features.28": ((512, 14, 14), 2_359_808),
        "features.30": ((512, 7, 7), 0),
        "classifier.0": ((4096,), 102_764_544),
    },
    "squeezenet1_1": {
        "features.0": ((64, 111, 111), 1_792),
        "features.2": ((64, 55, 55), 0),
        "features.3.cat": ((128, 55, 55), None),
        "classifier.1": ((1000, 13, 13), 513_000),
    },
}

# Parameters of parts: name prefix and count.
PARTS = [
    ("googlenet-2014", "inception3a.", 163_696),
    ("googlenet-2014", "inception4c.", 510_104),
    ("googlenet-2014", "inception5b.", 1_444_080),
    ("googlenet", "inception3a.", 155_872),
    ("googlenet", "inception5b.", 1_347_040),
    ("resnet18", "layer1.", 147_968),
    ("resnet50", "layer3.", 7_098_368),
    ("resnet152", "layer3.", 40_613_888),
    ("densenet121", "features.denseblock1.", 335_040),
    ("densenet121", "features.transition1.", 33_280),
    ("efficientnet_b0", "features.0.", 928),
    ("efficientnet_b0", "features.1.", 1_448),
    ("efficientnet_b0", "features.6.", 2_026_348),
    ("efficientnet_b0", "features.8.", 412_160),
    ("mobilenet_v2", "features.", 2_223_872),
    ("squeezenet1_1", "features.3.", 11_408),
]

AS_TORCHVISION = [
    "alexnet",
    "vgg11_bn",
    "googlenet",
    "resnet18",
    "resnet50",
    "resnext50_32x4d",
    "squeezenet1_0",
    "squeezenet1_1",
    "mobilenet_v2",
    "densenet121",
    "efficientnet_b0",
]


def analysed(name: str, **settings: object) -> Analysis:
    template = TEMPLATES[name]
    return analyse(template.build(template.classes, **settings))


def torchvisions(name: str) -> torch.nn.Module:
    extra = {"aux_logits": False, "init_weights": False} if name == "googlenet" else {}
    return torchvision.models.get_model(name, weights=None, **extra).eval()


def test_every_template_has_its_totals() -> None:
    assert list(TOTALS) == NAMES


@every_template
def test_totals(name: str) -> None:
    analysis = analysed(name)
    assert analysis.problems == ()
    assert (analysis.parameters, analysis.buffers, analysis.multiply_adds) == TOTALS[name]
    assert analysis.flops == 2 * TOTALS[name][2]


@every_template
def test_says_who_made_it(name: str) -> None:
    template = TEMPLATES[name]
    assert template.authors
    assert template.paper
    assert template.summary.endswith(".")
    assert 1998 <= template.year <= 2020


@every_template
def test_nothing_could_be_better(name: str) -> None:
    advice = advise(analysed(name))
    if name.endswith("_bn"):  # VGG's biases stayed when batch normalisation was added
        advice = tuple(a for a in advice if "bias" not in a.what)
    assert not advice, advice


@every_template
def test_other_classes_and_sizes(name: str) -> None:
    template = TEMPLATES[name]
    analysis = analyse(template.build(7, size=template.size + 32))
    assert analysis.problems == ()
    assert analysis.results["output"].output == (7,)


@every_template
def test_json_form_comes_back_equal(name: str) -> None:
    network = TEMPLATES[name].build(10)
    assert decode_network(encode_network(network)) == network


@every_template
def test_onnx_file_gives_the_modules_output(name: str) -> None:
    network = small(name)
    module = NetworkModule(network).eval()
    weights = {key: value.numpy() for key, value in module.state_dict().items()}
    x = torch.randn(2, *network.named("input").layer.output_shape())
    session = onnxruntime.InferenceSession(network_as_onnx(network, weights))
    (ours,) = session.run(None, {"input": x.numpy()})
    with torch.no_grad():
        np.testing.assert_allclose(ours, module(x).numpy(), atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize(("name", "layer", "size", "jump"), FIELDS)
def test_receptive_field(name: str, layer: str, size: int, jump: int) -> None:
    field = analysed(name).results[layer].field
    assert (field.size, field.jump) == ((size, size), (jump, jump))


@pytest.mark.parametrize("name", TABLES)
def test_reads_as_the_papers_table(name: str) -> None:
    results = analysed(name).results
    for layer, (shape, parameters) in TABLES[name].items():
        assert results[layer].output == shape, layer
        assert parameters is None or results[layer].parameters == parameters, layer


@pytest.mark.parametrize(("name", "prefix", "count"), PARTS)
def test_parts_have_their_parameters(name: str, prefix: str, count: int) -> None:
    results = analysed(name).results.values()
    assert sum(r.parameters for r in results if r.node.name.startswith(prefix)) == count


def test_lenet5_has_the_connections_of_its_paper() -> None:
    analysis = analysed("lenet5-1998")
    layers = ("c1", "s2", "c3", "s4", "c5", "f6", "classifier")
    connections = [analysis.results[layer].connections for layer in layers]
    assert connections == [122_304, 5_880, 151_600, 2_000, 48_120, 10_164, 840]
    assert analysis.connections == 340_908


def test_lenet5_for_28_pixels_is_padded_to_the_same() -> None:
    assert analysed("lenet5", size=28).parameters == 61_706


@pytest.mark.parametrize(
    ("name", "parameters"), [("googlenet-2014", 13_378_280), ("googlenet", 13_004_888)]
)
def test_auxiliary_heads_take_part_in_training_alone(name: str, parameters: int) -> None:
    analysis = analysed(name, auxiliary=True)
    assert analysis.problems == ()
    assert analysis.parameters == parameters
    assert analysis.multiply_adds == TOTALS[name][2]


@pytest.mark.parametrize("name", AS_TORCHVISION)
def test_torchvisions_weights_fit_and_give_the_same(name: str) -> None:
    theirs = torchvisions(name)
    ours = NetworkModule(TEMPLATES[name].build(1000, size=64)).eval()
    ours.load_state_dict(theirs.state_dict())
    x = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        torch.testing.assert_close(ours(x), theirs(x), atol=1e-5, rtol=1e-5)


def test_width_is_a_setting_of_the_families() -> None:
    half = TEMPLATES["mobilenet_v2"].build(1000, width=0.5)
    theirs = torchvision.models.mobilenet_v2(weights=None, width_mult=0.5)
    assert analyse(half).parameters == sum(p.numel() for p in theirs.parameters())
