"""Local response normalisation, as AlexNet has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

import numpy as np
from msgspec import Meta

from core.network.layers.base.constructor import Constructor, construct
from core.network.layers.base.layer import Family, Layer, Shape, need_map

if TYPE_CHECKING:
    from core.onnx.graph_writer import GraphWriter

Factor = Annotated[float, Meta(ge=0, le=1000)]


class LocalResponseNorm(Layer, frozen=True, tag=True):
    """Divides each number by what its neighbours in `size` channels have: (k + α/n Σ x²)^β.

    The AlexNet paper writes α Σ x² without the division by n; its α = 10⁻⁴ with n = 5 is 5 · 10⁻⁴
    here.

    Source: A. Krizhevsky et al., 2012, section 3.3; PyTorch, `LocalResponseNorm`.
    """

    title: ClassVar[str] = "Local response norm"
    stem: ClassVar[str] = "norm"
    synonyms: ClassVar[tuple[str, ...]] = ("lrn", "normalisation", "normalization", "alexnet")
    family: ClassVar[Family] = Family.NORMALISATION

    size: Annotated[
        int,
        Meta(
            ge=1,
            le=1024,
            title="Channels",
            description="How many neighbouring channels are normalised together.",
            extra={"symbol": "n"},
        ),
    ] = 5
    alpha: Annotated[
        Factor,
        Meta(
            title="Alpha", description="How strongly the neighbours count.", extra={"symbol": "α"}
        ),
    ] = 1e-4
    beta: Annotated[
        Factor, Meta(title="Beta", description="Exponent of the divisor.", extra={"symbol": "β"})
    ] = 0.75
    k: Annotated[
        Factor,
        Meta(title="k", description="Divisor without any neighbours.", extra={"symbol": "k"}),
    ] = 1.0

    def output_shape(self, *inputs: Shape) -> Shape:
        """Return the input's shape."""
        return need_map(self, inputs[0])

    def write_onnx(
        self, graph: GraphWriter, inputs: list[str], tensors: dict[str, str], shapes: list[Shape]
    ) -> str:
        """Write LRN; for an even size its steps singly, since ONNX puts the odd one elsewhere."""
        if self.size % 2:
            return graph.add(
                "LRN", inputs, size=self.size, alpha=self.alpha, beta=self.beta, bias=self.k
            )
        flat = graph.constant(np.array([0, 1, shapes[0][0], -1], np.int64))
        square = graph.add("Reshape", [graph.add("Mul", [inputs[0]] * 2), flat])
        mean = graph.add(
            "AveragePool",
            [square],
            kernel_shape=(self.size, 1),
            pads=(self.size // 2, 0, (self.size - 1) // 2, 0),
            count_include_pad=1,
        )
        map_shape = graph.constant(np.array([-1, *shapes[0]], np.int64))
        mean = graph.add("Reshape", [mean, map_shape])
        alpha, beta, k = (graph.constant(np.float32(x)) for x in (self.alpha, self.beta, self.k))
        divisor = graph.add("Add", [graph.add("Mul", [mean, alpha]), k])
        return graph.add("Div", [inputs[0], graph.add("Pow", [divisor, beta])])

    def constructor(self, *inputs: Shape) -> Constructor:
        """Return `nn.LocalResponseNorm`."""
        return construct(
            "nn.LocalResponseNorm",
            self.size,
            alpha=(self.alpha, 1e-4),
            beta=(self.beta, 0.75),
            k=(self.k, 1.0),
        )
