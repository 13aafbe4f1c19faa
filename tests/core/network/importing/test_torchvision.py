"""torchvision's models as networks: same numbers, same answers. The benchmark does all 80."""

from __future__ import annotations

import pytest
import torch
from torchvision import models

from core.network.analysis import analyse
from core.network.importing.torchvision import WITH_AUXILIARY, import_model, model_names
from core.network.layers.opaque import TorchOperation
from core.network.network import NetworkError, decode_network, encode_network
from core.network.running.fit_weights import Fit, fit_weights
from core.network.running.module import NetworkModule

CONVOLUTIONAL = [
    "alexnet",
    "convnext_tiny",
    "densenet121",
    "efficientnet_v2_s",
    "googlenet",
    "inception_v3",
    "mnasnet0_5",
    "mobilenet_v3_small",
    "regnet_y_400mf",
    "resnext50_32x4d",
    "shufflenet_v2_x0_5",
    "squeezenet1_1",
]
TRANSFORMERS = ["maxvit_t", "swin_t", "swin_v2_t", "vit_b_32"]


def test_there_are_80() -> None:
    assert len(model_names()) == 80


@pytest.mark.parametrize("name", CONVOLUTIONAL + TRANSFORMERS)
def test_counts_are_torchvisions_own(name: str) -> None:
    meta = models.get_model_weights(name).IMAGENET1K_V1.meta
    network = import_model(name)
    analysis = analyse(network)
    assert not [problem for problem in analysis.problems if not problem.advice]
    assert analysis.parameters == meta["num_params"]
    assert round(analysis.multiply_adds / 1e9, 3) == meta["_ops"]
    closed = [node for node in network.nodes if isinstance(node.layer, TorchOperation)]
    assert bool(closed) == (name in TRANSFORMERS)
    assert decode_network(encode_network(network)) == network


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    ("name", "side"),
    [("googlenet", 64), ("inception_v3", None), ("shufflenet_v2_x0_5", 64), ("swin_v2_t", 128)],
)
def test_answers_are_the_models_own(name: str, side: int | None) -> None:
    auxiliary = {"aux_logits": WITH_AUXILIARY.get(name), "init_weights": False}
    model = models.get_model(name, weights=None, **(auxiliary if name in WITH_AUXILIARY else {}))
    model.eval()
    network = import_model(name, side=side)
    fitted = fit_weights(network, {k: v.numpy() for k, v in model.state_dict().items()})
    assert fitted.complete
    assert not fitted.unused
    side = network.named("input").layer.height
    image = torch.randn(1, 3, side, side)
    with torch.no_grad():
        ours = NetworkModule(network, fitted.weights).eval()(image)
        torch.testing.assert_close(ours, model(image), rtol=0, atol=1e-5)


def test_another_number_of_classes_keeps_all_but_the_last_layer() -> None:
    weights = models.resnet18(weights=None).state_dict()
    network = import_model("resnet18", classes=5)
    fitted = fit_weights(network, {k: v.numpy() for k, v in weights.items()})
    amiss = [layer for layer in fitted.layers if layer.fit is not Fit.KEPT]
    assert [layer.name for layer in amiss] == ["fc"]
    assert amiss[0].fit is Fit.NEW
    assert "1000 × 512 in the weights and 5 × 512 in the network" in amiss[0].why


def test_images_too_small_are_refused() -> None:
    with pytest.raises(NetworkError, match="inception_v3 cannot be opened for images of 20 × 20"):
        import_model("inception_v3", side=20)


def test_images_that_patches_do_not_divide_are_refused() -> None:
    with pytest.raises(NetworkError, match="vit_b_16 cannot be opened for images of 100 × 100"):
        import_model("vit_b_16", side=100)
