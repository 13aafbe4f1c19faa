"""ONNX's operators that are activations."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.network.importing.onnx_operator import Operator, Read
from core.network.layers import activation


def _clip(o: Operator) -> Read | None:
    low, high = o.constant(1), o.constant(2)
    bounds = (o.settings.get("min", low), o.settings.get("max", high))
    is_relu6 = None not in [b if b is None else 0 for b in bounds] and bounds == (0, 6)
    return Read(activation.ReLU6()) if is_relu6 else None


def _hard_sigmoid(o: Operator) -> Read | None:
    alpha, beta = o.settings.get("alpha", 0.2), o.settings.get("beta", 0.5)
    usual = abs(alpha - 1 / 6) < 1e-6 and beta == 0.5
    return Read(activation.Hardsigmoid()) if usual else None


def _softmax(o: Operator) -> Read | None:
    rank = len(o.shapes[0] or ())
    axis = o.settings.get("axis", -1) % rank if rank else 0
    return Read(activation.Softmax(axis=axis - 1)) if axis else None


def _prelu(o: Operator) -> Read | None:
    """Read a slope for all, or one for each channel; other shapes have no layer kind."""
    slope, shape = o.constant(1), o.shapes[0]
    if slope is None or shape is None or len(shape) < 2:
        return None
    sides = (1,) * (len(shape) - slope.ndim) + slope.shape
    channels = sides[1]
    if slope.size != channels or channels not in (1, shape[1]):
        return None
    per_channel = channels > 1
    return Read(activation.PReLU(per_channel=per_channel), {"weight": slope.reshape(-1)})


def _gelu(o: Operator) -> Read | None:
    approximate = o.settings.get("approximate", b"none")
    return Read(activation.GELU(approximate="tanh" if approximate == b"tanh" else "none"))


ACTIVATIONS: Mapping[str, Callable[[Operator], Read | None]] = {
    "Relu": lambda _: Read(activation.ReLU()),
    "Sigmoid": lambda _: Read(activation.Sigmoid()),
    "Tanh": lambda _: Read(activation.Tanh()),
    "HardSwish": lambda _: Read(activation.Hardswish()),
    "LeakyRelu": lambda o: Read(activation.LeakyReLU(negative_slope=o.settings.get("alpha", 0.01))),
    "Elu": lambda o: Read(activation.ELU(alpha=o.settings.get("alpha", 1.0))),
    "Clip": _clip,
    "HardSigmoid": _hard_sigmoid,
    "Softmax": _softmax,
    "PRelu": _prelu,
    "Gelu": _gelu,
}
"""What reads each; None where it has something no layer kind has."""
