"""What all tests share: folders of their own, small images, converted weights."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as in main.py
if "PYTEST_XDIST_WORKER" in os.environ:  # as many processes as cores: a thread for each
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# On a shared machine the same examples each time, and none is too slow.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

HUES = {"blue": (40, 60, 200), "red": (200, 50, 40), "green": (40, 180, 70)}


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    """Keep settings, caches and projects of each test in a folder of its own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("LAYERLOOM_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def converted_weights(tmp_path_factory):
    """Convert the pretrained weights once for all tests."""
    from core.pretrained.efficientnet_lite_weights import LITE0

    folder = tmp_path_factory.mktemp("weights")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAYERLOOM_HOME", str(folder))
        LITE0.load_weights()
    return folder / "cache" / "weights"


@pytest.fixture
def weights(home, converted_weights):
    """Put the converted weights into this test's cache."""
    shutil.copytree(converted_weights, home / "cache" / "weights")


def write_images(folder: Path, classes=("blue", "red"), count=6, side=48) -> Path:
    """Write small noisy PNG files, one folder per class, each class of its own hue."""
    for class_name in classes:
        random = np.random.default_rng(sum(class_name.encode()))
        (folder / class_name).mkdir(parents=True)
        for number in range(count):
            hue = np.array(HUES.get(class_name, (120, 120, 120)))
            pixels = hue + random.normal(0, 40, (side, side, 3))
            Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(
                folder / class_name / f"{class_name} {number}.png"
            )
    return folder


@pytest.fixture
def images(tmp_path):
    """Give a folder of two classes with six images each."""
    return write_images(tmp_path / "Colours")


@pytest.fixture(scope="session")
def ants_bees():
    """Give the real photos that are measured with, where they lie beside the checkout."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data" / "ants-bees"
    if not folder.is_dir():
        pytest.skip("the photos of ants and bees are not beside this checkout")
    return folder
