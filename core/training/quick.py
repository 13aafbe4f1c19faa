"""The quick recipe: features of a frozen pretrained network, and a new last layer on them."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from core.evaluation.metrics import Scores, score
from core.export.model_file import feature_extractor_file
from core.images.folders import Split
from core.images.scanning import LabelledImage
from core.images.splits import assign_splits, duplicate_groups
from core.jobs.job import Reporter
from core.network.layers.layer import Weights
from core.network.network import Network
from core.pretrained.catalogue import PretrainedNetwork, pretrained_network
from core.project.project import Project
from core.training.feature_store import Features, FeatureStore
from core.training.features import FeaturePass, compute_features
from core.training.head import Head, Labels, Probabilities, fit_head
from core.training.options import Value
from core.training.runs import (
    ImageCounts,
    Prediction,
    Run,
    RunResult,
    RunSettings,
    Seconds,
    keep_run,
)

FEW_TESTED = 30
"""Images kept aside below which a score is pointed out: its interval spans 20 points or more."""


def train_quick(
    project: Project, network: str, seed: int, settings: Mapping[str, Value], report: Reporter
) -> Run:
    """Train a new last layer for a project's images and keep the run.

    Raises:
        LayerloomError: Images, weights or disk do not allow it.
        Stopped: The user asked to stop; features computed so far are kept.
    """
    began = time.perf_counter()
    started = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    report.progress("Reading the pretrained network", 0, 1)
    pretrained = pretrained_network(network)
    original, weights = pretrained.load()
    extractor = frozen_part(pretrained, original, weights)
    found = project.find_images()
    listed = time.perf_counter()
    store = FeatureStore(project.cache_folder / "features", extractor)
    looked = compute_features(found, project.images(), extractor, store, report)
    images = assign_splits(looked.images, project.images_folder, project.record.seed)
    project.keep_images(images)
    data = _Data.gather(images, store)

    fit_began = time.perf_counter()
    head = data.fit(seed, report)
    probabilities = head.probabilities(data.features)
    trained, trained_weights = with_head(original, weights, pretrained.classifier, head)
    now = time.perf_counter()
    result = RunResult(
        labels=data.names,
        most_frequent=data.names[data.most_frequent()],
        preparation=pretrained.preparation,
        validation=data.scores(Split.VALIDATION, probabilities),
        test=data.scores(Split.TEST, probabilities) if data.any_in(Split.TEST) else None,
        images=data.counts(unreadable=len(images) - len(data.images)),
        seconds=Seconds(listed - began, looked.seconds, now - fit_began, now - began),
        images_per_second=_rate(looked),
        notes=data.notes(),
    )
    settings = RunSettings(
        recipe="quick",
        network=network,
        network_title=pretrained.template.title,
        images=str(project.images_folder),
        seed=seed,
        started=started,
        options=dict(settings),
    )
    predictions = data.predictions(probabilities)
    return keep_run(project.runs_folder, settings, result, trained, trained_weights, predictions)


def frozen_part(pretrained: PretrainedNetwork, network: Network, weights: Weights) -> bytes:
    """Return the network up to its last layer as an ONNX file, with the preparation."""
    classifier = network.named(pretrained.classifier)
    (edge,) = network.incoming[classifier.id]
    trunk = network.up_to(edge.source)
    return feature_extractor_file(trunk, weights, pretrained.preparation)


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


@dataclass(frozen=True)
class _Data:
    """The readable images with their features, class numbers and groups of look-alikes."""

    images: Sequence[LabelledImage]
    names: list[str]
    features: Features
    labels: Labels
    groups: Labels

    @classmethod
    def gather(cls, images: Sequence[LabelledImage], store: FeatureStore) -> _Data:
        readable = [image for image in images if not image.problem]
        names = sorted({image.class_name for image in readable})
        number = {name: i for i, name in enumerate(names)}
        return cls(
            images=readable,
            names=names,
            features=np.stack([store[image.content_hash] for image in readable]),
            labels=np.array([number[image.class_name] for image in readable]),
            groups=np.array(duplicate_groups(readable)),
        )

    def positions(self, split: Split) -> Labels:
        """Return which images are in a split."""
        return np.flatnonzero([image.split == split for image in self.images])

    def any_in(self, split: Split) -> bool:
        return any(image.split == split for image in self.images)

    def fit(self, seed: int, report: Reporter) -> Head:
        """Fit a head on the training images."""
        training = self.positions(Split.TRAINING)
        return fit_head(
            self.features[training], self.labels[training], self.groups[training], seed, report
        )

    def scores(self, split: Split, probabilities: Probabilities) -> Scores:
        """Score the answers for a split."""
        inside = self.positions(split)
        predicted = probabilities[inside].argmax(axis=1)
        return score(self.labels[inside], predicted, self.names, self.most_frequent())

    def most_frequent(self) -> int:
        """Return the number of the class with the most training images."""
        return int(np.bincount(self.labels[self.positions(Split.TRAINING)]).argmax())

    def counts(self, unreadable: int) -> ImageCounts:
        train, validation, test = (len(self.positions(split)) for split in Split)
        return ImageCounts(train, validation, test, unreadable)

    def predictions(self, probabilities: Probabilities) -> list[Prediction]:
        """Return the answers for the images that were not trained on."""
        return [
            Prediction(str(image.path), image.split.value, image.class_name, answer.tolist())
            for image, answer in zip(self.images, probabilities, strict=True)
            if image.split in (Split.VALIDATION, Split.TEST)
        ]

    def notes(self) -> list[str]:
        """Say what makes the score less sure than it looks."""
        learnt = {self.groups[i] for i in self.positions(Split.TRAINING)}
        leaks = sum(
            image.split != Split.TRAINING and group in learnt
            for image, group in zip(self.images, self.groups, strict=True)
        )
        notes = []
        if leaks:
            notes.append(
                f"{leaks} of the images it was tested with also appear among the training images, "
                "so the score may be too good."
            )
        tested = len(self.positions(Split.TEST)) or len(self.positions(Split.VALIDATION))
        if tested < FEW_TESTED:
            notes.append(
                f"With only {tested} images kept aside, the score says little: "
                f"{FEW_TESTED} or more are needed."
            )
        return notes


def _rate(looked: FeaturePass) -> float:
    return looked.computed / looked.seconds if looked.seconds else 0.0
