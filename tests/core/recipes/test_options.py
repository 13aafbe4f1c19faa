"""No advanced setting is without effect: each one changes what comes out of a training."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import safetensors.numpy
import torch
from PIL import Image

from core.network.network import encode_network
from core.network.running.module import NetworkModule
from core.project.project import create_project
from core.recipes.recipes import RECIPES
from core.runs.curve import EpochPoint
from core.training.features import image_sizes
from core.training.learning import compute_choice
from core.training.train_job import TrainJob
from tests.core.conftest import PLAIN, Heard, small_network

USUAL = {"epochs": 2, "batch_size": 4, "patience": 0, "views": 1, **PLAIN}
CHANGED = {
    "views": 3,
    "epochs": 3,
    "batch_size": 8,
    "learning_rate": 0.02,
    "rate_fall": 0.9,
    "weight_decay": 0.9,
    "label_smoothing": 0.3,
    "patience": 1,
    "averaging": 0.0,
    "clipping": 0.01,
    "class_weights": False,
    "augmentation": False,
    "small_first": 0.0,
    "stored_statistics": False,
    "mirroring": "off",
    "precision": "bf16",
    "layout": "channels_last",
    "threads": 1,
    "device": "mps",
}
AROUND = {
    "patience": {"epochs": 30, "learning_rate": 1e-7, "averaging": 0.0},
    "small_first": {"small_first": 0.5, "learning_rate": 0.005},
    "stored_statistics": {"learning_rate": 0.005},
}
"""What an option needs to have something to act on."""


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """Return what trains on few images, of one class more than of the other."""
    folder = tmp_path_factory.mktemp("options")
    random = np.random.default_rng(0)
    for split, counts in (("train", (4, 8)), ("val", (3, 3))):
        for name, count in zip(("few", "many"), counts, strict=True):
            place = folder / "Photos" / split / name
            place.mkdir(parents=True)
            for number in range(count):
                pixels = random.integers(0, 256, (24, 24, 3), np.uint8)
                pixels[:, :12, 0 if name == "few" else 2] = 255
                Image.fromarray(pixels).save(place / f"{number}.png")
    network, path = small_network(), folder / "small.json"
    torch.manual_seed(0)
    weights = {k: v.numpy() for k, v in NetworkModule(network).state_dict().items()}
    path.write_bytes(encode_network(network))
    safetensors.numpy.save_file(weights, path.with_suffix(".safetensors"))
    project = create_project(folder / "Project", folder / "Photos")

    @cache
    def train(recipe, name="", value=None):
        known = {option.name for option in RECIPES[recipe].options}
        given = {**USUAL, **AROUND.get(name, {})} | ({name: value} if value is not None else {})
        given = {key: value for key, value in given.items() if key in known}
        return observed(TrainJob(project.folder, recipe, str(path), 0, given))

    return train


def observed(job):
    """Train; return weights and losses, and whatever else a user could notice."""
    heard, threads = Heard(), set()

    def wish():
        if heard.points:  # it learns
            threads.add(torch.get_num_threads())

    run = job.run(heard.reporter(wish))
    weights = [v.ravel() for _, v in sorted(run.network()[1].items())]
    losses = [p.validation_loss for p in heard.points if isinstance(p, EpochPoint)]
    absent = [text for text in heard.texts if "There is no" in text]
    noticed = {"epochs": len(losses), "threads": threads, "absent": absent}
    return np.concatenate([*weights, losses]), {**noticed, **run.settings.chosen}


@pytest.mark.parametrize(
    ("recipe", "name"),
    [(recipe.name, option.name) for recipe in RECIPES.values() for option in recipe.options],
)
def test_every_option_has_an_effect(recipe, name, trained, monkeypatch):
    monkeypatch.setattr(compute_choice, "SMALL", 0)
    monkeypatch.setattr(compute_choice, "core_count", lambda: 2)
    if name == "small_first":  # the test's images are small themselves
        monkeypatch.setattr(image_sizes, "STEP", 4)
        monkeypatch.setattr(image_sizes, "LEAST", 4)
    usual, seen = trained(recipe, name if name in AROUND else "")
    learnt, changed = trained(recipe, name, CHANGED[name])
    noticed = {
        "epochs": "epochs",
        "patience": "epochs",
        "precision": "precision",
        "layout": "layout",
        "threads": "threads",
        "device": "absent",
    }
    if name in noticed:
        assert changed[noticed[name]] != seen[noticed[name]]
    else:
        assert np.abs(learnt - usual).max() > 1e-6


@pytest.mark.parametrize("recipe", ["balanced", "scratch"])
def test_the_same_seed_gives_the_same_result(recipe, trained):
    usual, _ = trained(recipe)
    again, _ = trained.__wrapped__(recipe)
    assert np.array_equal(usual, again)
