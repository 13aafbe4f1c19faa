"""Small trainings that all tests of recipes with epochs share."""

import json
import time

import pytest

from core.jobs.job import Reporter
from core.jobs.messages import Log, Metric
from core.network.layers.activation import ReLU
from core.network.layers.adaptive_pooling import GlobalAvgPool2d
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.normalisation import BatchNorm2d
from core.network.layers.regularisation import Dropout
from core.network.network import Builder, encode_network
from core.network.templates.short_forms import conv, max_pool
from core.project.project import create_project
from core.runs.curve import read_curve
from tests.conftest import write_images

PLAIN = {"precision": "fp32", "layout": "nchw"}
"""Two runs then compute the same, whatever was faster when they were measured."""

LONG = 600
"""Seconds until a process that should end by itself counts as hanging, on the busiest machine."""


def small_network(classes=2, side=16, *, norm=True):
    """Return a network that learns within a second."""
    b = Builder()
    x = b.input(3, side, side)
    for number, filters in enumerate((4, 8, 8)):
        x = b.add(f"block{number}.conv", conv(filters, 3, padding=1), x)
        if norm:
            x = b.add(f"block{number}.norm", BatchNorm2d(), x)
        x = b.add(f"block{number}.relu", ReLU(), x)
        if number < 2:
            x = b.add(f"block{number}.pool", max_pool(2, 2), x)
    x = b.chain(
        x,
        ("pool", GlobalAvgPool2d()),
        ("flatten", Flatten()),
        ("dropout", Dropout(probability=0.2)),
        ("classifier", Linear(out_features=classes)),
    )
    return b.network(x)


class Heard:
    """Keeps what a job says."""

    def __init__(self):
        self.texts, self.points = [], []

    def __call__(self, message):
        if isinstance(message, Log):
            self.texts.append(message.text)
        if isinstance(message, Metric):
            self.points.append(message.point)

    def reporter(self, wish=lambda: None):
        return Reporter(self, wish)


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def design(tmp_path):
    path = tmp_path / "small.json"
    path.write_bytes(encode_network(small_network()))
    return str(path)


@pytest.fixture
def photos(tmp_path):
    """Give 30 images of two classes, five of each class to validate with."""
    return write_photos(tmp_path)


def write_photos(folder):
    """Write 30 images of two classes, five of each class to validate with."""
    write_images(folder / "Photos" / "train", count=10, side=24)
    write_images(folder / "Photos" / "val", count=5, side=24)
    return folder / "Photos"


@pytest.fixture
def small_project(photos, tmp_path):
    return create_project(tmp_path / "Small project", photos)


def numbers(points):
    """Return the figures of whole epochs that do not depend on the clock."""
    plain = [
        json.loads(json.dumps({f: getattr(p, f) for f in p.__struct_fields__})) for p in points
    ]
    clock = ("seconds", "images_per_second")
    return [{k: v for k, v in p.items() if k not in clock} for p in plain if "updates" in p]


def begun_run(project, process):
    """Wait until a process that trains has written a checkpoint; return the run's folder."""
    while not (found := list(project.glob("runs/*/checkpoints/*.json"))):
        assert process.poll() is None, "it ended before its first checkpoint"
        time.sleep(0.05)
    return found[0].parents[1]


def curve_of(folder):
    return numbers(read_curve(folder / "metrics.jsonl"))


def same_figures(found, expected):
    """Compare the curves of two runs on a CPU in 32 bits."""
    assert len(found) == len(expected) > 0
    for one, other in zip(found, expected, strict=True):
        updates, others = one.pop("updates"), other.pop("updates")
        assert updates == pytest.approx(others, abs=1e-6)
        for name, value in other.items():
            close = pytest.approx(value, abs=1e-6) if isinstance(value, float) else value
            assert one[name] == close, name
