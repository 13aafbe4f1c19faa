"""What is known of one layer in its place: what it makes of what arrives at it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.network.layers.base.layer import POINT, FieldStep, Layer, Shape, ShapeError, Tensor
from core.network.network import Edge, Node
from core.network.problems import Problem
from core.network.wiring import wiring_problem

BYTES_PER_NUMBER = 4
"""Of a 32-bit floating-point number."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What a layer kind says of itself for given inputs.

    Attributes:
        outputs: Shape at each output port.
        tensors: The layer's state.
        parameters: Trainable numbers of it.
        multiply_adds: For one image.
        connections: As the 1998 LeNet-5 paper counts them.
        activations: Numbers newly written for one image.
        step: Of the receptive field.
    """

    outputs: tuple[Shape, ...]
    tensors: tuple[Tensor, ...]
    parameters: int
    multiply_adds: int
    connections: int
    activations: int
    step: FieldStep


@dataclass(frozen=True, slots=True)
class Field:
    """What a position of a feature map sees of the input image, in pixels of it.

    Attributes:
        size: (height, width) of the receptive field; it may be larger than the image.
        jump: Distance of the fields of neighbouring positions.
    """

    size: tuple[float, float] = (1, 1)
    jump: tuple[float, float] = (1, 1)


@dataclass(frozen=True, slots=True)
class LayerResult:
    """What is known of one layer in its place.

    Attributes:
        node: The layer.
        inputs: Shapes that arrive; None where a source has no shape.
        measures: None if there is a problem here or before.
        field: Receptive field of the output.
        depth: Layers with a weight on the longest way from the input, this one included.
        problem: What is wrong here, if anything.
    """

    node: Node
    inputs: tuple[Shape | None, ...]
    measures: Measures | None = None
    field: Field = Field()
    depth: int = 0
    problem: Problem | None = None

    @property
    def outputs(self) -> tuple[Shape, ...]:
        """Shape at each output port; none if there is a problem."""
        return self.measures.outputs if self.measures else ()

    @property
    def output(self) -> Shape | None:
        """Shape that leaves, at the first port; None if there is a problem here or before."""
        return self.measures.outputs[0] if self.measures else None

    @property
    def tensors(self) -> tuple[Tensor, ...]:
        """The layer's state."""
        return self.measures.tensors if self.measures else ()

    @property
    def parameters(self) -> int:
        """Trainable numbers."""
        return self.measures.parameters if self.measures else 0

    @property
    def multiply_adds(self) -> int:
        """For one image."""
        return self.measures.multiply_adds if self.measures else 0

    @property
    def flops(self) -> int:
        """Floating-point operations for one image: a multiply-add is two."""
        return 2 * self.multiply_adds

    def again_for(self, node: Node) -> LayerResult | None:
        """Return the result for a later version of the layer that receives the same.

        None where it has to be worked out: the new version computes something else, or is called
        otherwise, as problems name it.
        """
        old = self.node
        if node is old:
            return self
        if (node.layer, node.name, node.bypassed) != (old.layer, old.name, old.bypassed):
            return None
        return LayerResult(node, self.inputs, self.measures, self.field, self.depth, self.problem)

    def passes_on_the_same(self, other: LayerResult) -> bool:
        """Return whether what lies behind cannot tell the two results apart."""
        return (self.outputs, self.field, self.depth) == (other.outputs, other.field, other.depth)

    @property
    def connections(self) -> int:
        """As the 1998 LeNet-5 paper counts them."""
        return self.measures.connections if self.measures else 0

    @property
    def activation_bytes(self) -> int:
        """Memory newly written for one image."""
        return self.measures.activations * BYTES_PER_NUMBER if self.measures else 0


@lru_cache(maxsize=8192)
def measure(layer: Layer, *inputs: Shape) -> Measures:
    """Return what a layer kind says of itself; equal layers with equal inputs share it.

    Raises:
        ShapeError: The inputs do not fit the layer.
    """
    outputs = layer.output_shapes(*inputs)
    check_size(outputs)
    tensors = layer.tensors(*inputs)
    return Measures(
        outputs,
        tensors,
        sum(tensor.size for tensor in tensors if tensor.trainable),
        layer.multiply_adds(*inputs),
        layer.connections(*inputs),
        layer.activation_numbers(*inputs),
        layer.field_step(*inputs),
    )


MAX_SIDE = 2**31


def check_size(outputs: Iterable[Shape]) -> None:
    """Raise `ShapeError` where a side is larger than any memory holds."""
    for shape in outputs:
        if any(side > MAX_SIDE for side in shape):
            raise ShapeError(
                f"The output would have a side of {max(shape):,}, more than fits into memory",
                why=f"A side may be {MAX_SIDE:,} at most.",
                hint="Choose smaller settings.",
            )


def result_of(node: Node, edges: tuple[Edge, ...], results: dict[str, LayerResult]) -> LayerResult:
    """Return what a layer makes of what its sources' results say arrives."""
    sources = [results[edge.source] for edge in edges]
    inputs = tuple(
        source.outputs[edge.source_port] if edge.source_port < len(source.outputs) else None
        for source, edge in zip(sources, edges, strict=True)
    )
    problem = wiring_problem(node, edges, [source.outputs for source in sources])
    if node.bypassed and edges:
        return _passing(node, sources[0], inputs)
    shapes = [shape for shape in inputs if shape is not None]
    if problem or len(shapes) < len(inputs):  # or the problem lies before this layer
        return LayerResult(node, inputs, problem=problem)
    try:
        measures = measure(node.layer, *shapes)
    except ShapeError as error:
        problem = Problem(node.id, error.what, error.why, error.hint)
        return LayerResult(node, inputs, problem=problem)
    depth = max((source.depth for source in sources), default=0)
    weighted = bool(measures.connections)  # LeNet-5's subsampling and output count as well
    return LayerResult(node, inputs, measures, _field(sources, shapes, measures), depth + weighted)


def _passing(node: Node, source: LayerResult, inputs: tuple[Shape | None, ...]) -> LayerResult:
    """Return what leaves a bypassed layer: what arrives at its first input, at each output."""
    if inputs[0] is None:
        return LayerResult(node, inputs)
    try:
        own = measure(node.layer, *(shape for shape in inputs if shape is not None))
        count = len(own.outputs)
    except ShapeError:
        count = 1
    measures = Measures((inputs[0],) * count, (), 0, 0, 0, 0, POINT)
    return LayerResult(node, inputs, measures, source.field, source.depth)


def _field(sources: list[LayerResult], inputs: list[Shape], measures: Measures) -> Field:
    """Return the field behind a layer."""
    step = measures.step
    if not sources:
        return Field()
    if len(sources) == 1 and step is POINT:  # most layers
        return sources[0].field
    before = meeting_field([source.field for source in sources], inputs, measures.outputs[0])
    (high, wide), (down, right) = before.size, before.jump
    return Field(
        (high + (step.reach[0] - 1) * down, wide + (step.reach[1] - 1) * right),
        (down * step.stride[0], right * step.stride[1]),
    )


def meeting_field(fields: Sequence[Field], inputs: Sequence[Shape], output: Shape) -> Field:
    """Return the field where branches meet: the larger of them.

    A map of one position that is repeated at all places of the other, as squeeze and excitation
    does, has no neighbours: its jump does not count.
    """
    if len(fields) == 1:
        return fields[0]
    sizes, jumps = [], []
    for axis in (0, 1):
        sizes.append(max(field.size[axis] for field in fields))
        whole = [
            field.jump[axis]
            for field, shape in zip(fields, inputs, strict=True)
            if len(shape) != 3 or len(output) != 3 or shape[axis + 1] == output[axis + 1]
        ]
        jumps.append(max(whole or [field.jump[axis] for field in fields]))
    return Field((sizes[0], sizes[1]), (jumps[0], jumps[1]))
