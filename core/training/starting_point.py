"""What a training starts from: a network for the project's classes, and the weights that fit it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import msgspec

from core.errors import LayerloomError
from core.images.preparation import Interpolation, Preparation
from core.jobs.job import Reporter
from core.network.analysis import analyse
from core.network.bypassing import without_bypassed
from core.network.last_layer import last_layer, score_layers
from core.network.layers.base.layer import Family, Weights
from core.network.layers.ends import AuxiliaryOutput, Input, Output
from core.network.network import Network
from core.network.running.fit_weights import Fit, FittedWeights, LayerFit, fit_weights
from core.network.templates import TEMPLATES
from core.opening.opening import open_network, with_classes
from core.pretrained.catalogue import IMAGENET, PRETRAINED
from core.pretrained.torchvision_table import entry, torchvision_table
from core.pretrained.weights_file import read_weights
from core.recipes.options import Value
from core.runs.runs import LayerStart, RunSettings, open_run

IMAGENET_MEAN = (123.675, 116.28, 103.53)
IMAGENET_SCALE = (58.395, 57.12, 57.375)
"""Of the pixels of ImageNet, 0…255. Source: torchvision, transforms of its weights."""

SMALL_SIDE = 96
"""Networks for smaller images see the whole image; larger ones lose its border, as is usual."""


class StartError(LayerloomError):
    """A network that a training cannot start from."""


@dataclass(frozen=True)
class StartingPoint:
    """Where a training begins.

    Attributes:
        name: As the user gave it.
        title: As shown.
        network: With an output for each class.
        weights: Those that fit; the other layers start from random weights.
        preparation: How an image becomes the network's input.
        layers: What becomes of each layer with weights.
        last: Name of the layer that makes the scores.
        trained_on: What the weights had learnt, or "".
        licence: Of the weights, or "".
    """

    name: str
    title: str
    network: Network
    weights: Weights
    preparation: Preparation
    layers: tuple[LayerFit, ...]
    last: str
    trained_on: str = ""
    licence: str = ""

    @property
    def has_weights(self) -> bool:
        """Whether every layer but the last keeps its weights."""
        heads = score_layers(self.network)
        return all(layer.fit is Fit.KEPT for layer in self.layers if layer.name not in heads)

    def starts(self) -> list[LayerStart]:
        """Return what becomes of each layer, for the run's settings."""
        frozen = {node.name for node in self.network.nodes if node.frozen}
        return [LayerStart(f.name, f.fit.value, f.name in frozen, f.why) for f in self.layers]

    def settings(
        self,
        recipe: str,
        images: Path,
        seed: int,
        options: Mapping[str, Value],
        started: datetime.datetime | None = None,
    ) -> RunSettings:
        """Return the settings of a run that starts here.

        Args:
            recipe: Its name.
            images: Folder of the images.
            seed: Of everything random in the run.
            options: The value of every option of the recipe.
            started: When; None: now.
        """
        moment = started or datetime.datetime.now(datetime.UTC)
        return RunSettings(
            recipe=recipe,
            network=self.name,
            network_title=self.title,
            images=str(images),
            seed=seed,
            started=moment.isoformat(timespec="seconds"),
            options=dict(options),
            layers=self.starts(),
            trained_on=self.trained_on,
            licence=self.licence,
        )

    def sentence(self) -> str:
        """Say which layers keep their weights, which partly, and which start random."""
        names = {fit: [layer.name for layer in self.layers if layer.fit is fit] for fit in Fit}
        kept = len(names[Fit.KEPT])
        if len(names[Fit.NEW]) == len(self.layers):
            return "All layers start from random weights."
        parts = [f"{kept} of {len(self.layers)} layers with weights keep them"]
        if names[Fit.PARTLY]:
            parts.append(f"partly kept: {_listed(names[Fit.PARTLY])}")
        if names[Fit.NEW]:
            parts.append(f"random weights: {_listed(names[Fit.NEW])}")
        return "; ".join(parts) + "."


@dataclass(frozen=True)
class _Source:
    """A network as it was found, with whatever it came with."""

    title: str
    network: Network
    weights: Weights
    preparation: Preparation | None = None
    trained_on: str = ""
    licence: str = ""
    labels: tuple[str, ...] = ()


def starting_point(
    name: str, labels: Sequence[str], report: Reporter, *, fresh: bool = False
) -> StartingPoint:
    """Prepare what a training starts from.

    Args:
        name: A pretrained network's or template's name, one of torchvision's, a design `.json`
            (its weights in a `.safetensors` of the same name beside it) or `.onnx` file, or the
            folder of a finished run.
        labels: The classes to tell apart.
        report: Told how far a download is.
        fresh: Whether all layers start from random weights.

    Raises:
        StartError: It cannot be trained on colour or grey square images.
        LayerloomError: It cannot be found or read.
    """
    source = _source(name, len(labels), report, fresh=fresh)
    known = source.labels == tuple(labels)
    found = without_bypassed(source.network)
    network = found if known else _for_classes(found, len(labels))
    last = last_layer(network)
    weights = {} if fresh else dict(source.weights)
    if not known:
        heads = score_layers(network)
        weights = {k: v for k, v in weights.items() if k.rpartition(".")[0] not in heads}
    fitted = fit_weights(network, weights) if weights else FittedWeights({}, (), ())
    layers = fitted.layers or _all_new(network)
    shape = _checked_input(network, len(labels), name)
    return StartingPoint(
        name=name,
        title=source.title,
        network=network,
        weights=fitted.weights,
        preparation=source.preparation or _usual_preparation(shape),
        layers=layers,
        last=last,
        trained_on="" if fresh else source.trained_on,
        licence="" if fresh else source.licence,
    )


def _source(name: str, classes: int, report: Reporter, *, fresh: bool) -> _Source:
    path = Path(name)
    is_file = path.suffix.lower() in (".json", ".onnx")
    if (path / "result.json").exists() or (path.is_absolute() and not is_file):
        run = open_run(path)
        network, weights = run.network()
        return _Source(
            run.settings.network_title,
            network,
            weights,
            run.result.preparation,
            run.settings.trained_on,
            run.settings.licence,
            tuple(run.result.labels),
        )
    if is_file:
        opened = open_network(name)
        beside = path.with_suffix(".safetensors")
        held = read_weights(beside) if beside.exists() and not fresh else opened.weights
        return _Source(opened.title, opened.network, held or {})
    if name in PRETRAINED:
        pretrained = PRETRAINED[name]
        return _Source(
            pretrained.template.title,
            pretrained.template.build(pretrained.template.classes),
            {} if fresh else pretrained.load_weights(),
            pretrained.preparation,
            pretrained.trained_on,
            pretrained.licence,
        )
    if name in TEMPLATES and (fresh or not _of_torchvision(name)):
        return _Source(TEMPLATES[name].title, TEMPLATES[name].build(classes), {})
    if fresh or not _of_torchvision(name):
        opened = open_network(name)
        return _Source(opened.title, opened.network, {})
    return _with_torchvision(name, report)


def _of_torchvision(name: str) -> bool:
    return find_spec("torchvision") is not None and name in torchvision_table()


def _with_torchvision(name: str, report: Reporter) -> _Source:
    from core.pretrained.torchvision_weights import load

    known = entry(name)
    network, weights = load(name, report)
    return _Source(known.title, network, weights, known.preparation, IMAGENET, known.licence)


def _for_classes(network: Network, classes: int) -> Network:
    """Return the network with as many scores as there are classes."""
    results = analyse(network).results
    ends = [node.id for node in network.nodes if isinstance(node.layer, Output | AuxiliaryOutput)]
    if all(results[id_].output == (classes,) for id_ in ends):
        return network
    return with_classes(network, classes)


def _all_new(network: Network) -> tuple[LayerFit, ...]:
    return tuple(LayerFit(r.node.name, Fit.NEW) for r in analyse(network).own if r.tensors)


def _checked_input(network: Network, classes: int, name: str) -> Input:
    """Return the input, of a network that can be trained.

    Raises:
        StartError: Why it cannot.
        NetworkError: It has problems.
    """
    analysis = analyse(network)
    analysis.require_sound()
    shape = network.only(Input).layer
    assert isinstance(shape, Input)
    if shape.channels not in (1, 3) or shape.height != shape.width:
        raise StartError(
            f"The network takes images of {shape.channels} × {shape.height} × {shape.width}; "
            "Layerloom trains with square images of 3 channels (colour) or 1 (grey)",
            name,
            "Change its input.",
        )
    ends = [node.id for node in network.nodes if isinstance(node.layer, Output | AuxiliaryOutput)]
    made = next((m for id_ in ends if (m := analysis.results[id_].output) != (classes,)), None)
    if made is not None:
        raise StartError(
            f"The network outputs {' × '.join(map(str, made))} numbers for {classes} classes",
            name,
            "End it with one score for each class.",
        )
    closed = [n.name for n in network.nodes if n.layer.family is Family.OPAQUE and not n.frozen]
    if closed:
        raise StartError(
            f"{len(closed)} of its operations cannot be trained here; the first is {closed[0]}",
            name,
            "Choose another network, or freeze them in the design.",
        )
    return shape


def _usual_preparation(shape: Input) -> Preparation:
    """Return the preparation for a design that came with none."""
    side = shape.height
    grey = shape.channels == 1
    return Preparation(
        resize_to=side if side < SMALL_SIDE else round(side * 8 / 7),
        crop=side,
        mean=(127.5,) if grey else IMAGENET_MEAN,
        scale=(127.5,) if grey else IMAGENET_SCALE,
        interpolation=Interpolation.BILINEAR,
    )


def frozen_by_default(start: StartingPoint, share: float) -> StartingPoint:
    """Return the starting point with the first layers frozen, unless its design says which.

    The cut is made near the share of the layers with weights, where one tensor crosses it if
    there is such a place, so that blocks stay whole.
    """
    if any(node.frozen for node in start.network.nodes):
        return start
    from core.training.features.frozen_prefix import boundary_of

    weighted = [r.node.id for r in analyse(start.network).in_use if r.tensors]
    wanted = share * len(weighted)

    def cut(count: int) -> Network:
        return with_frozen(start.network, set(weighted[:count]))

    near = sorted(range(1, len(weighted)), key=lambda count: abs(count - wanted))
    near = [count for count in near if abs(count - wanted) <= len(weighted) / 8] or near[:1]
    whole = (n for n in map(cut, near) if len(boundary_of(n)) == 1)
    return replace(start, network=next(whole, None) or cut(near[0] if near else 0))


def without_auxiliary(start: StartingPoint) -> StartingPoint:
    """Return the starting point without auxiliary heads, for where they have nobody to teach."""
    network = start.network
    end = network.only(Output)
    if not any(isinstance(node.layer, AuxiliaryOutput) for node in network.nodes):
        return start
    (edge,) = network.incoming[end.id]
    trunk = network.up_to(edge.source)
    names = {node.name for node in trunk.nodes}
    return replace(
        start,
        network=trunk,
        weights={k: v for k, v in start.weights.items() if k.rpartition(".")[0] in names},
        layers=tuple(layer for layer in start.layers if layer.name in names),
    )


def with_frozen(network: Network, ids: set[str]) -> Network:
    """Return the network with exactly these nodes frozen."""
    nodes = tuple(msgspec.structs.replace(node, frozen=node.id in ids) for node in network.nodes)
    return msgspec.structs.replace(network, nodes=nodes)


def _listed(names: Sequence[str]) -> str:
    return (
        ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:3])} and {len(names) - 3} more"
    )
