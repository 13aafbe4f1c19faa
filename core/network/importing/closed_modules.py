"""Transformer blocks as layers whose inside is closed. Imports torch and torchvision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode
from torchvision.models import maxvit, swin_transformer, vision_transformer

from core.network.layers.base.layer import Layer
from core.network.layers.opaque import State, TorchOperation


def _encoder_block(m: vision_transformer.EncoderBlock) -> dict[str, Any]:
    return {
        "num_heads": m.num_heads,
        "hidden_dim": m.ln_1.normalized_shape[0],
        "mlp_dim": m.mlp[0].out_features,
        "dropout": m.dropout.p,
        "attention_dropout": m.self_attention.dropout,
    }


def _window_attention(m: swin_transformer.ShiftedWindowAttention) -> dict[str, Any]:
    return {
        "dim": m.qkv.in_features,
        "window_size": tuple(m.window_size),
        "shift_size": tuple(m.shift_size),
        "num_heads": m.num_heads,
        "attention_dropout": m.attention_dropout,
        "dropout": m.dropout,
    }


def _merging(m: swin_transformer.PatchMerging) -> dict[str, Any]:
    return {"dim": m.dim}


def _partition_attention(m: maxvit.PartitionAttentionLayer) -> dict[str, Any]:
    channels = m.attn_layer[0].normalized_shape[0]
    return {
        "in_channels": channels,
        "head_dim": m.head_dim,
        "partition_size": m.p if m.partition_type == "window" else m.g,
        "partition_type": m.partition_type,
        "grid_size": tuple(m.grid_size),
        "mlp_ratio": m.mlp_layer[1].out_features // channels,
        "activation_layer": "torch.nn.GELU",
        "norm_layer": "torch.nn.LayerNorm",
        "attention_dropout": m.attn_layer[2].p,
        "mlp_dropout": m.mlp_layer[4].p,
        "p_stochastic_dropout": m.stochastic_dropout.p,
    }


ARGUMENTS: Mapping[type[nn.Module], Callable[[Any], dict[str, Any]]] = {
    vision_transformer.EncoderBlock: _encoder_block,
    swin_transformer.ShiftedWindowAttention: _window_attention,
    swin_transformer.ShiftedWindowAttentionV2: _window_attention,
    swin_transformer.PatchMerging: _merging,
    swin_transformer.PatchMergingV2: _merging,
    maxvit.PartitionAttentionLayer: _partition_attention,
}
"""What each closed class is called with, read from a module of it."""


def closed_layer(module: nn.Module, value: Tensor, result: Tensor) -> Layer:
    """Return a closed layer for a module that makes `result` of `value` (batch first)."""
    kind = type(module)
    trainable = {name for name, _ in module.named_parameters()}
    return TorchOperation(
        operation=f"{kind.__module__}.{kind.__qualname__}",  # type: ignore[arg-type]
        inputs=(tuple(value.shape[1:]),),
        outputs=(tuple(result.shape[1:]),),
        states=tuple(
            State(name, tuple(tensor.shape), name in trainable, _dtype(tensor))
            for name, tensor in module.state_dict().items()
        ),
        macs=_multiply_adds(module, value[:1]),
        arguments=tuple(ARGUMENTS[kind](module).items()),
    )


def _dtype(tensor: Tensor) -> Any:
    return str(tensor.dtype).removeprefix("torch.")


def _multiply_adds(module: nn.Module, value: Tensor) -> int:
    """Count with torch's own counter; two operations are one multiply-add."""
    counter = FlopCounterMode(display=False)
    with counter:
        module(value)
    return int(counter.get_total_flops()) // 2
