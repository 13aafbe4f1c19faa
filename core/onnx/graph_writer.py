"""Writing an ONNX graph node by node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

from core.unique_names import UniqueNames

OPSET = 20
IR_VERSION = 10
"""Of the ONNX release that brought opset 20 to 21 (1.16): older runtimes still open it."""


class GraphWriter:
    """Collects the nodes and constants of an ONNX graph.

    Values are known by the names that `add` and `constant` return. Those of nodes end in “:” and
    the output's number, so that a layer may be called as the file's own inputs and outputs are.
    """

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, npt.NDArray[np.generic]] = {}
        self._names = UniqueNames(between=".")
        self._prefix = ""

    def begin(self, prefix: str) -> None:
        """Name what follows after a layer."""
        self._prefix = prefix

    def add(self, operator: str, inputs: Sequence[str], **attributes: Any) -> str:
        """Add a node with one output and return the output's name."""
        (value,) = self.add_several(operator, inputs, 1, **attributes)
        return value

    def add_several(
        self, operator: str, inputs: Sequence[str], count: int, **attributes: Any
    ) -> list[str]:
        """Add a node with `count` outputs and return their names."""
        name = self._names.take(self._prefix or operator)
        values = [f"{name}:{number}" for number in range(count)]
        self._nodes.append(helper.make_node(operator, list(inputs), values, name, **attributes))
        return values

    def constant(self, value: npt.ArrayLike, name: str = "") -> str:
        """Add a constant and return its name."""
        name = self._names.take(name or f"{self._prefix}.constant")
        self._constants[name] = np.asarray(value)
        return name

    def model(
        self,
        inputs: Mapping[str, tuple[int, Sequence[int | str]]],
        outputs: Mapping[str, str],
        output_shapes: Mapping[str, Sequence[int | str]],
        metadata: Mapping[str, str] | None = None,
        output_type: int = onnx.TensorProto.FLOAT,
    ) -> bytes:
        """Return the finished file.

        Args:
            inputs: ONNX element type and shape by name.
            outputs: The value to give out, by the output's name.
            output_shapes: Shape of each output, by its name.
            metadata: Texts kept in the file.
            output_type: ONNX element type of all outputs.
        """
        ends = [helper.make_node("Identity", [value], [name]) for name, value in outputs.items()]
        graph = helper.make_graph(
            [*self._nodes, *ends],
            "layerloom",
            [helper.make_tensor_value_info(n, kind, shape) for n, (kind, shape) in inputs.items()],
            [
                helper.make_tensor_value_info(n, output_type, shape)
                for n, shape in output_shapes.items()
            ],
            [numpy_helper.from_array(value, name) for name, value in self._constants.items()],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = IR_VERSION
        model.producer_name = "layerloom"
        helper.set_model_props(model, dict(metadata or {}))
        data: bytes = model.SerializeToString()
        return data
