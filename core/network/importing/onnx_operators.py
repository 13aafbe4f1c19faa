"""The layer that each ONNX operator is; those without one stay as they are, closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto

from core.network.importing.onnx_activations import ACTIVATIONS
from core.network.importing.onnx_agreement import agrees, in_range
from core.network.importing.onnx_operator import Operator, Read
from core.network.importing.onnx_values import Array, OnnxError, has_graphs
from core.network.importing.onnx_windows import WINDOWS
from core.network.layers import adaptive_pooling, merge, normalisation, rearrangement
from core.network.layers.base.layer import Shape
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.opaque import OnnxOperation, State
from core.network.layers.regularisation import Dropout
from core.network.layers.response_normalisation import LocalResponseNorm
from core.network.layers.scaling import LayerScale, Rescale
from core.onnx.graph_writer import OPSET

IMAGE_CHANNELS = 4
"""Products of so many channels normalise the image; of more, their numbers were learned."""

OWN_DOMAINS = ("", "ai.onnx")
"""Of ONNX itself."""


def read_operator(o: Operator) -> Read:
    """Return what an operator becomes.

    Raises:
        OnnxError: It cannot be held, not even as it is.
    """
    kind = o.node.op_type
    ours = o.node.domain in OWN_DOMAINS or kind == "Gelu"  # Microsoft's, before ONNX had one
    read = READERS[kind](o) if ours and kind in READERS else None
    return read if read and agrees(o, read) else closed(o)


def closed(o: Operator) -> Read:
    """Return an operator as a layer whose inside cannot be edited.

    Raises:
        OnnxError: It cannot be held so.
    """
    _check_known(o)
    inputs = [shape for shape, name in zip(o.shapes, o.node.input, strict=True) if name in o.wires]
    if None in inputs or None in o.output_shapes:
        raise OnnxError(f"The operator {o.node.op_type} has no shape that is known in advance")
    operands, tensors = [], {}
    for place, name in enumerate(o.node.input):
        constant = o.constants[place]
        if constant is not None:
            tensors[f"operand_{place}"] = constant
            operands.append(f"operand_{place}")
        else:
            operands.append(f"#{o.wires.index(name)}" if name else "")
    layer = OnnxOperation(
        operation=o.node.op_type,
        inputs=tuple(_image(shape) for shape in inputs),
        outputs=tuple(_image(shape) for shape in o.output_shapes),
        states=tuple(_state(name, value) for name, value in tensors.items()),
        operands=tuple(operands),
        attributes=tuple((name, _attribute(value)) for name, value in o.settings.items()),
    )
    if not in_range(layer):
        raise OnnxError(f"The operator {o.node.op_type} has settings that are out of range")
    return Read(layer, tensors)


def _check_known(o: Operator) -> None:
    """Raise `OnnxError` unless an operator is one of the ONNX that Layerloom writes."""
    kind, domain = o.node.op_type, o.node.domain
    if has_graphs(o.node):
        raise OnnxError("The network has branches or loops, which Layerloom cannot represent")
    if domain not in OWN_DOMAINS:
        raise OnnxError(
            f"The operator {kind} of “{domain}” is not part of ONNX",
            hint="Export the network with ONNX's own operators.",
        )
    try:
        known = not onnx.defs.get_schema(kind, OPSET).deprecated
    except onnx.defs.SchemaError:
        known = False
    if not known:
        raise OnnxError(
            f"ONNX has no operator {kind} in opset {OPSET}",
            hint=f"Export the network with opset {OPSET}.",
        )


def _state(name: str, value: Array) -> State:
    dtype: Any = "float32" if value.dtype.kind == "f" else str(value.dtype)
    return State(name=name, shape=value.shape, trainable=False, dtype=dtype)


def _attribute(value: Any) -> Any:
    """Return an attribute as a design holds it."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, TensorProto):
        raise OnnxError(
            "An operator has a tensor among its settings, which Layerloom cannot represent"
        )
    return tuple(_attribute(part) for part in value) if isinstance(value, list) else value


def _image(shape: Shape | None) -> Shape:
    """Return the shape of one image's part of a batch of 1."""
    if not shape or shape[0] != 1:
        raise OnnxError("The network mixes the images of a batch")
    return shape[1:]


def _gemm(o: Operator) -> Read | None:
    weight, bias = o.constant(1), o.constant(2)
    s = o.settings
    usual = s.get("alpha", 1.0) == s.get("beta", 1.0) == 1.0 and not s.get("transA", 0)
    row = bias is None or bias.size == 1 or bias.size == bias.shape[-1]
    if weight is None or not usual or not row:
        return None
    return _linear(weight if s.get("transB", 0) else weight.T, bias)


def _matmul(o: Operator) -> Read | None:
    weight = o.constant(1)
    return None if weight is None or weight.ndim != 2 else _linear(weight.T, None)


def _linear(weight: Array, bias: Array | None) -> Read:
    """Return a Linear of weight (out_features, in_features)."""
    tensors = {"weight": np.ascontiguousarray(weight)}
    if bias is not None:
        tensors["bias"] = np.broadcast_to(bias.reshape(-1), weight.shape[:1]).copy()
    outs, ins = weight.shape
    return Read(Linear(out_features=outs, in_features=ins, bias=bias is not None), tensors)


def _batch_norm(o: Operator) -> Read | None:
    values = [o.constant(place) for place in range(1, 5)]
    map_given = o.shapes[0] is not None and len(o.shapes[0]) == 4
    if any(value is None for value in values) or not map_given:
        return None
    names = ("weight", "bias", "running_mean", "running_var")
    tensors = {name: value for name, value in zip(names, values, strict=True) if value is not None}
    tensors["num_batches_tracked"] = np.array(0, np.int64)
    momentum = min(max(1 - o.settings.get("momentum", 0.9), 0), 1)
    epsilon = o.settings.get("epsilon", 1e-5)
    return Read(normalisation.BatchNorm2d(epsilon=epsilon, momentum=momentum), tensors)


def _combine(o: Operator) -> Read | None:
    """Read a sum or product: of branches, or with one number for each channel."""
    adds = o.node.op_type in ("Add", "Sub", "Sum")
    if len(o.wires) == len(o.node.input) and o.node.op_type in ("Add", "Sum", "Mul"):
        same_rank = len({len(shape or ()) for shape in o.shapes}) == 1
        if adds and len(set(o.shapes)) == 1 and len(o.shapes) > 1:
            return Read(merge.Add())
        return Read(merge.Multiply()) if not adds and same_rank else None
    shape = next((s for s, c in zip(o.shapes, o.constants, strict=True) if c is None), None)
    constant = next((c for c in o.constants if c is not None), None)
    turned = o.constants[0] is not None and o.node.op_type in ("Sub", "Div")
    if shape is None or constant is None or len(shape) != 4 or turned or len(o.wires) != 1:
        return None
    per_channel = constant.ndim in (3, 4) and constant.shape[-3] == constant.size == shape[1]
    if len(o.node.input) > 2 or not (per_channel or (constant.size == 1 and constant.ndim <= 4)):
        return None
    if o.node.op_type == "Mul" and constant.size > IMAGE_CHANNELS:
        return Read(LayerScale(), {"weight": constant.reshape(-1, 1, 1)})
    return _rescale(o.node.op_type, np.broadcast_to(constant.reshape(-1), shape[1:2]).tolist())


def _rescale(kind: str, numbers: list[float]) -> Read | None:
    if max(map(abs, numbers)) > 1e6 or (kind == "Div" and min(map(abs, numbers)) < 1e-6):
        return None
    ones, zeros = (1.0,) * len(numbers), (0.0,) * len(numbers)
    if kind in ("Add", "Sub"):
        sign = 1 if kind == "Add" else -1
        return Read(Rescale(factors=ones, offsets=tuple(sign * n for n in numbers)))
    factors = (1 / n if kind == "Div" else n for n in numbers)
    return Read(Rescale(factors=tuple(factors), offsets=zeros))


def _concat(o: Operator) -> Read | None:
    if len(o.wires) == len(o.node.input) == 1:
        return Read(None)
    rank = len(o.output_shapes[0] or ())
    axis = o.settings["axis"] % rank if rank else 0
    whole = len(o.wires) == len(o.node.input) > 1
    return Read(merge.Concatenate(axis=axis - 1)) if axis and whole else None


def _reshape(o: Operator) -> Read | None:
    """Read whatever lays the same numbers out in another shape."""
    before, after = o.shapes[0], o.output_shapes[0]
    if before is None or after is None or len(o.wires) != 1 or not (before[0] == after[0] == 1):
        return None
    if after == before:
        return Read(None)
    if len(after) < 2:
        return None
    return Read(Flatten() if len(after) == 2 else rearrangement.Reshape(shape=after[1:]))


def _transpose(o: Operator) -> Read | None:
    order = o.settings.get("perm", [])
    if not order or order[0] != 0:
        return None
    return Read(rearrangement.Permute(order=tuple(axis - 1 for axis in order[1:])))


def _mean(o: Operator) -> Read | None:
    axes = o.constant(1)
    listed = axes.tolist() if axes is not None else o.settings.get("axes")
    if not listed or o.shapes[0] is None:
        return None
    places = [axis % len(o.shapes[0]) for axis in listed]
    if 0 in places or len(places) + 1 == len(o.shapes[0]):
        return None
    keep = bool(o.settings.get("keepdims", 1))
    return Read(rearrangement.Mean(axes=tuple(place - 1 for place in places), keep_axes=keep))


def _pad(o: Operator) -> Read | None:
    """Read a padding by nothing, which PyTorch's exporter writes before average pooling."""
    sides = o.constant(1)
    return Read(None) if sides is not None and not sides.any() else None


def _cast(o: Operator) -> Read | None:
    """Read a change of how many bits the numbers have: all of a network here has 32."""
    floats = (TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.BFLOAT16, TensorProto.DOUBLE)
    return Read(None) if o.types[0] in floats and o.settings["to"] in floats else None


def _group_norm(o: Operator) -> Read | None:
    """Read a normalisation of groups; before opset 21 it had one scale and shift for each."""
    scale, shift, shape = o.constant(1), o.constant(2), o.shapes[0]
    groups = o.settings.get("num_groups", 0)
    if scale is None or shift is None or shape is None or len(shape) != 4 or groups < 1:
        return None
    repeats = shape[1] // groups if scale.size == groups else 1
    layer = normalisation.GroupNorm(groups=groups, epsilon=o.settings.get("epsilon", 1e-5))
    return Read(layer, {"weight": scale.repeat(repeats), "bias": shift.repeat(repeats)})


def _instance_norm(o: Operator) -> Read | None:
    """Read a normalisation of each channel: as many groups as channels."""
    scale, shift, shape = o.constant(1), o.constant(2), o.shapes[0]
    if scale is None or shift is None or shape is None or len(shape) != 4:
        return None
    layer = normalisation.GroupNorm(groups=shape[1], epsilon=o.settings.get("epsilon", 1e-5))
    return Read(layer, {"weight": scale, "bias": shift})


def _split(o: Operator) -> Read | None:
    axis = o.settings.get("axis", 0)
    if None in o.output_shapes or axis != 1:
        return None
    return Read(rearrangement.Split(sizes=tuple(_image(shape)[0] for shape in o.output_shapes)))


def _layer_norm(o: Operator) -> Read | None:
    weight, bias, shape = o.constant(1), o.constant(2), o.shapes[0]
    if weight is None or bias is None or shape is None or len(o.node.output) > 1:
        return None
    axes = len(shape) - o.settings.get("axis", -1) % len(shape)
    layer = normalisation.LayerNorm(axes=axes, epsilon=o.settings.get("epsilon", 1e-5))
    return Read(layer, {"weight": weight, "bias": bias}) if 0 < axes <= 3 else None


def _response_norm(o: Operator) -> Read:
    s = o.settings
    return Read(
        LocalResponseNorm(
            size=s["size"],
            alpha=s.get("alpha", 1e-4),
            beta=s.get("beta", 0.75),
            k=s.get("bias", 1.0),
        )
    )


def _dropout(o: Operator) -> Read:
    ratio = o.constant(1)
    share = float(ratio) if ratio is not None else o.settings.get("ratio", 0.5)
    return Read(Dropout(probability=min(max(share, 0), 1)))


READERS: Mapping[str, Callable[[Operator], Read | None]] = {
    **ACTIVATIONS,
    **WINDOWS,
    "Gemm": _gemm,
    "MatMul": _matmul,
    "BatchNormalization": _batch_norm,
    "GlobalAveragePool": lambda _: Read(adaptive_pooling.GlobalAvgPool2d()),
    "GlobalMaxPool": lambda _: Read(adaptive_pooling.GlobalMaxPool2d()),
    **dict.fromkeys(("Add", "Sub", "Sum", "Mul", "Div"), _combine),
    "Concat": _concat,
    **dict.fromkeys(("Reshape", "Flatten", "Squeeze", "Unsqueeze"), _reshape),
    "Transpose": _transpose,
    "ReduceMean": _mean,
    "Pad": _pad,
    "Split": _split,
    "LayerNormalization": _layer_norm,
    "GroupNormalization": _group_norm,
    "InstanceNormalization": _instance_norm,
    "LRN": _response_norm,
    "Dropout": _dropout,
    "Identity": lambda _: Read(None),
    "Cast": _cast,
}
"""What reads each operator; None where it has something no layer kind has."""
