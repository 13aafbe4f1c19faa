"""torchvision's classification models as networks. Imports torch and torchvision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode
from torchvision import models

from core.network.importing.torch_trace import trace
from core.network.layers.ends import AuxiliaryOutput
from core.network.network import Network, NetworkError

WITH_AUXILIARY = {"inception_v3": True, "googlenet": False}
"""Whether auxiliary heads are there, as in the counts of torchvision's own `meta`."""

LOSS_WEIGHT = 0.4
"""Of an auxiliary head's loss. Source: PyTorch's tutorial on fine-tuning torchvision's models."""


def model_names() -> list[str]:
    """Return the names of all classifiers."""
    names: list[str] = models.list_models(module=models)
    return names


def import_model(name: str, classes: int = 1000, side: int | None = None) -> Network:
    """Return a model of torchvision as a network.

    Args:
        name: As torchvision has it ("resnet18").
        classes: Of the last layer.
        side: Height and width of the image in pixels; None for what its weights were trained with.

    Raises:
        NetworkError: There is none of this name, or the image is too small for it.
    """
    side = side or default_side(name)
    try:
        model = skeleton(name, num_classes=classes, **_sized(name, side))
        model.train(WITH_AUXILIARY.get(name, False))
        network = trace(model, (3, side, side))
    except (RuntimeError, ValueError, AssertionError) as error:
        reason = (str(error).strip() or "of its own size only").splitlines()[0]
        raise NetworkError(
            f"{name} cannot be opened for images of {side} × {side} pixels ({reason})"
        ) from error
    for node in network.nodes:
        if isinstance(node.layer, AuxiliaryOutput):
            network = network.with_setting(node.id, "loss_weight", LOSS_WEIGHT)
    return network


def skeleton(name: str, **settings: Any) -> nn.Module:
    """Return a model without memory for its parameters.

    Raises:
        NetworkError: There is none of this name.
    """
    if name not in model_names():
        raise NetworkError(f"torchvision has no classifier called “{name}”")
    if name in WITH_AUXILIARY:
        settings |= {"aux_logits": WITH_AUXILIARY[name], "init_weights": False}
    with _WithoutMemory():
        model: nn.Module = models.get_model(name, weights=None, **settings)
    return model.to("meta")


def default_side(name: str) -> int:
    """Return the height and width that a model's default weights were trained with, in pixels."""
    if name not in model_names():
        raise NetworkError(f"torchvision has no classifier called “{name}”")
    return crop_side(models.get_model_weights(name).DEFAULT)


def crop_side(entry: Any) -> int:
    """Return the height and width of the images that weights were trained with, in pixels."""
    return int(entry.transforms.keywords["crop_size"])


def _sized(name: str, side: int) -> dict[str, Any]:
    """Return the settings of models that are built for one size of image."""
    if name.startswith("vit_"):
        return {"image_size": side}
    return {"input_size": (side, side)} if name == "maxvit_t" else {}


class _WithoutMemory(TorchFunctionMode):
    """Puts parameters on the meta device while the small tables of models stay real."""

    def __torch_function__(
        self, func: Callable[..., Any], types: Sequence[type], args: Any = (), kwargs: Any = None
    ) -> Any:
        settings = dict(kwargs or {})
        if func is torch.empty:
            settings["device"] = "meta"
        return func(*args, **settings)
