"""The quick recipe: features of a frozen pretrained network, and a new last layer on them."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Mapping

import msgspec
import numpy as np

from core.disk_space import when_there_is_room
from core.errors import LayerloomError
from core.images.labelled_image import ImageSplit, LabelledImage
from core.images.splits import assign_splits
from core.inference.model_file import feature_extractor_file
from core.jobs.job import Reporter
from core.jobs.phases import Phase
from core.network.layers.base.layer import Weights
from core.network.layers.fully_connected import Linear
from core.network.network import Network
from core.project.project import Project
from core.recipes.options import Value
from core.recipes.timings import RecipeTiming, keep_timing
from core.runs.curve import CurvePoint, FitPoint, StrengthPoint
from core.runs.image_set import ImageSet
from core.runs.runs import Run, Seconds, keep_run
from core.training.answers import result_of
from core.training.features.features import FeaturePass, compute_features, feature_store
from core.training.features.head import Features, Head, fit_head
from core.training.starting_point import (
    StartError,
    StartingPoint,
    starting_point,
    without_auxiliary,
)

NAME = "quick"
"""The recipe's."""


def train_quick(
    project: Project, network: str, seed: int, settings: Mapping[str, Value], report: Reporter
) -> Run:
    """Train a new last layer for a project's images and keep the run.

    Raises:
        LayerloomError: Images, weights or disk do not allow it.
        Stopped: The user asked to stop; features computed so far are kept.
    """
    began = time.perf_counter()
    started = datetime.datetime.now(datetime.UTC)
    report.progress(Phase.READING_PRETRAINED, 0, 1)
    found = project.find_images()
    labels = sorted({image.class_name for image in found})
    start = _checked(without_auxiliary(starting_point(network, labels, report)))
    listed = time.perf_counter()
    data, features, looked = _looked_at(project, start, found, report)

    fit_began = time.perf_counter()
    points: list[CurvePoint] = []

    def tell(point: CurvePoint) -> None:
        points.append(point)
        report.point(point)

    head = _fit(project, start, data, features, seed, settings, report, tell)
    tell(_fit_point(head, data, features))
    probabilities = head.probabilities(features)
    trained, weights = with_head(start.network, start.weights, start.last, head)
    now = time.perf_counter()
    _keep_timing(network, looked, listed - began + now - fit_began)
    seconds = Seconds(listed - began, looked.seconds, now - fit_began, now - began)
    result = result_of(data, start.preparation, probabilities, seconds, _rate(looked), [], network)
    record = start.settings(NAME, project.images_folder, seed, settings, started)
    predictions = data.predictions(probabilities)
    run = when_there_is_room(
        lambda: keep_run(
            project.runs_folder, record, result, trained, weights, predictions, points
        ),
        report,
    )
    # Last: without a result, a list of images would be that of a run to be resumed.
    when_there_is_room(lambda: data.write(run.folder), report)
    return run


def _looked_at(
    project: Project, start: StartingPoint, found: list[LabelledImage], report: Reporter
) -> tuple[ImageSet, Features, FeaturePass]:
    """Return the images, what the frozen part makes of each (images, n), and how that went."""
    extractor = frozen_part(start)
    store = feature_store(project.cache_folder / "features", extractor)
    known = when_there_is_room(project.images, report)
    looked = compute_features(found, known, extractor, store, report)
    images = assign_splits(looked.images, project.images_folder, project.record.seed)
    when_there_is_room(lambda: project.keep_images(images), report)
    data = ImageSet.gather(images)
    if left_out := data.classes_left_out(project.images_folder):
        report.log(left_out)
    return data, np.stack([store[image.content_hash] for image in data.images]), looked


def frozen_part(start: StartingPoint) -> bytes:
    """Return the network up to its last layer as an ONNX file, with the preparation."""
    (edge,) = start.network.incoming[start.network.named(start.last).id]
    trunk = start.network.up_to(edge.source)
    return feature_extractor_file(trunk, start.weights, start.preparation)


def with_head(
    network: Network, weights: Weights, classifier: str, head: Head
) -> tuple[Network, Weights]:
    """Return the network with its last layer replaced by a head, all other layers frozen."""
    node = network.named(classifier)
    frozen = tuple(msgspec.structs.replace(n, frozen=n.id != node.id) for n in network.nodes)
    network = msgspec.structs.replace(network, nodes=frozen)
    network = network.with_setting(node.id, "out_features", len(head.bias))
    new = {f"{classifier}.weight": head.weight, f"{classifier}.bias": head.bias}
    return network, {**weights, **new}


def _checked(start: StartingPoint) -> StartingPoint:
    """Return a starting point whose last layer can be fitted on what leads to it."""
    layer = start.network.named(start.last).layer
    if not start.has_weights:
        raise StartError(
            f"{start.title} has no weights to start from: {start.sentence()}",
            start.name,
            "Choose a pretrained network, or the recipe “From scratch”.",
        )
    if not isinstance(layer, Linear) or not layer.bias:
        raise StartError(
            f"{start.title} does not end with a fully connected layer, which this recipe fits",
            start.name,
            "Choose the recipe “Balanced” or another network.",
        )
    return start


def _fit(
    project: Project,
    start: StartingPoint,
    data: ImageSet,
    features: Features,
    seed: int,
    settings: Mapping[str, Value],
    report: Reporter,
    tell: Callable[[StrengthPoint], object],
) -> Head:
    """Fit the last layer on the training images, and on augmented views of them if wanted."""
    training = data.positions(ImageSplit.TRAINING)
    learnt, labels, groups = features[training], data.labels[training], data.groups[training]
    if views := int(settings["views"]):
        try:
            from core.training.quick_views import features_of_views
        except ImportError as error:
            raise LayerloomError(
                "Augmented views need PyTorch",
                hint='Install it: pip install "layerloom[torch]", or set the views to 0.',
            ) from error
        more = features_of_views(project, start, data, training, views, report)
        learnt = np.concatenate([learnt, *more])
        labels, groups = np.tile(labels, 1 + views), np.tile(groups, 1 + views)
    alike = bool(settings["class_weights"])
    return fit_head(learnt, labels, groups, seed, report, classes_alike=alike, tell=tell)


def _fit_point(head: Head, data: ImageSet, features: Features) -> FitPoint:
    """Say how good the layer is on the images that it learnt from and is watched with."""
    training, watched = data.positions(ImageSplit.TRAINING), data.watched()
    training_loss, training_accuracy = head.judge(features[training], data.labels[training])
    validation_loss, validation_accuracy = head.judge(features[watched], data.labels[watched])
    return FitPoint(
        strength=head.strength,
        training_loss=training_loss,
        training_accuracy=training_accuracy,
        validation_loss=validation_loss,
        validation_accuracy=validation_accuracy,
        validation_images=len(watched),
    )


def _keep_timing(network: str, looked: FeaturePass, others: float) -> None:
    if looked.computed:
        image = looked.seconds / looked.computed
        keep_timing(NAME, network, RecipeTiming(others, image, 0.0))


def _rate(looked: FeaturePass) -> float:
    return looked.computed / looked.seconds if looked.seconds else 0.0
