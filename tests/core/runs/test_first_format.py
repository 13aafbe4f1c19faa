"""A project with a paused and a finished run in format 1, laid out by hand, stays usable."""

import hashlib
import json
import sqlite3

import numpy as np
import pytest
import safetensors.numpy
from PIL import Image

from core.images.labelled_image import ImageSplit
from core.jobs.job import Reporter
from core.network.layers.base.layer import Weights
from core.project.project import open_project
from core.runs.curve import EpochPoint, read_curve
from core.runs.image_set import learnt_by, read_image_set
from core.runs.runs import list_runs, open_run
from core.runs.unfinished import list_unfinished
from core.training.train_job import ResumeJob

TABLE = """
CREATE TABLE images (
    path TEXT PRIMARY KEY,
    class TEXT NOT NULL,
    split TEXT,
    content_hash BLOB NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    problem TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL
);
PRAGMA user_version = 1;
"""
DAMAGED = ("train/b/torn.png", "b", "train", b"\x01" * 16, 0, 0, b"", "The image is cut off", 7, 1)

NETWORK = """
{"format": 1, "nodes": [
  {"id": "input", "name": "input", "layer": {"kind": "Input", "channels": 3, "height": 8,
   "width": 8}, "position": null, "frozen": false, "note": "", "bypassed": false},
  {"id": "pool", "name": "pool", "layer": {"kind": "GlobalAvgPool2d"}, "position": null,
   "frozen": false, "note": "", "bypassed": false},
  {"id": "flatten", "name": "flatten", "layer": {"kind": "Flatten"}, "position": null,
   "frozen": false, "note": "", "bypassed": false},
  {"id": "classifier", "name": "classifier", "layer": {"kind": "Linear", "out_features": 2,
   "in_features": null, "bias": true}, "position": null, "frozen": false, "note": "",
   "bypassed": false},
  {"id": "output", "name": "output", "layer": {"kind": "Output"}, "position": null,
   "frozen": false, "note": "", "bypassed": false}],
 "edges": [
  {"source": "input", "target": "pool", "target_port": 0, "source_port": 0},
  {"source": "pool", "target": "flatten", "target_port": 0, "source_port": 0},
  {"source": "flatten", "target": "classifier", "target_port": 0, "source_port": 0},
  {"source": "classifier", "target": "output", "target_port": 0, "source_port": 0}],
 "groups": []}
"""
SETTINGS = """
{"format": 1, "recipe": "scratch", "network": "/gone/small.json", "network_title": "small",
 "images": "/gone/Photos", "seed": 0, "started": "2025-11-28T18:35:14+00:00",
 "options": {"augmentation": true, "small_first": 0.0, "epochs": 2, "batch_size": 4,
  "learning_rate": 0.002, "weight_decay": 0.01, "label_smoothing": 0.05, "patience": 12,
  "averaging": 0.98, "clipping": 5.0, "class_weights": true, "mirroring": "auto",
  "precision": "fp32", "layout": "nchw", "threads": 0, "device": "cpu"},
 "layers": [
  {"name": "kept", "fit": "kept", "frozen": true, "why": ""},
  {"name": "partly", "fit": "partly fitting", "frozen": false, "why": "“bias” is missing."},
  {"name": "classifier", "fit": "re-initialised", "frozen": false, "why": ""}],
 "chosen": {"device": "cpu", "precision": "fp32", "layout": "nchw"},
 "trained_on": "", "licence": ""}
"""
PREPARATION = """
{"resize_to": 8, "crop": 8, "mean": [123.675, 116.28, 103.53], "scale": [58.395, 57.12, 57.375],
 "interpolation": "bilinear"}
"""
CURVE = """\
{"type":"batch","step":1,"epoch":0.5,"loss":0.76,"accuracy":0.6,"learning_rate":0.001,\
"images_per_second":500.0}
{"type":"epoch","epoch":1,"epochs":2,"training_loss":0.8,"training_accuracy":0.5,\
"validation_loss":0.83,"validation_accuracy":0.5,"validation_images":2,"best":true,\
"patience_left":12,"seconds":0.01,"images_per_second":700.0,"learning_rate":0.0015,\
"mixed_up":["a","b",1],"updates":{"classifier":0.006}}
"""
CHECKPOINT = """
{"format": 1, "step": 2, "epoch": 1, "batch": 0, "batches": 2,
 "sums": {"loss": 0.0, "right": 0, "images": 0, "seconds": 0.0}, "seconds": 0.01,
 "rate_scale": 1.0, "best": {"epoch": 1, "validation_loss": 0.83, "validation_accuracy": 0.5},
 "waited": 0, "written": "2025-11-28T18:35:15+00:00"}
"""
SCORES = """
{"accuracy": 0.5, "interval": [0.1, 0.9], "baseline": 0.5, "images": 2,
 "per_class": {"a": {"recall": 0.0, "precision": null, "images": 1},
  "b": {"recall": 1.0, "precision": 0.5, "images": 1}},
 "confusion": {"labels": ["a", "b"], "matrix": [[0, 1], [0, 1]]}}
"""
RESULT = f"""
{{"labels": ["a", "b"], "most_frequent": "a", "preparation": {PREPARATION},
 "validation": {SCORES}, "test": null,
 "images": {{"train": 6, "validation": 2, "test": 0, "unreadable": 1}},
 "seconds": {{"scan": 0.1, "features": 0.1, "fit": 0.2, "total": 0.4}},
 "images_per_second": 160.0, "notes": ["With only 2 images kept aside, the score says little."]}}
"""

WEIGHTS: Weights = {
    "classifier.weight": np.array([[0.3, -0.2, 0.1], [-0.1, 0.2, -0.3]], np.float32),
    "classifier.bias": np.array([0.1, -0.1], np.float32),
}


@pytest.fixture
def photos(tmp_path):
    """Give eight images: three of each class to learn from, and one to validate with."""
    random = np.random.default_rng(0)
    folder = tmp_path / "Photos"
    for split, count in (("train", 3), ("val", 1)):
        for class_name in "ab":
            inside = folder / split / class_name
            inside.mkdir(parents=True)
            for number in range(count):
                pixels = random.integers(0, 256, (8, 8, 3), np.uint8)
                Image.fromarray(pixels).save(inside / f"{number}.png")
    return folder


def rows(photos):
    """Yield the images as rows of the table."""
    for number, path in enumerate(sorted(photos.rglob("*.png"))):
        relative = path.relative_to(photos)
        split = "train" if relative.parts[0] == "train" else "validation"
        content, state = path.read_bytes(), path.stat()
        yield (
            relative.as_posix(),
            relative.parts[1],
            split,
            hashlib.blake2b(content, digest_size=16).digest(),
            8,
            8,
            hashlib.blake2b(bytes([number]), digest_size=32).digest(),
            "",
            len(content),
            state.st_mtime_ns,
        )


@pytest.fixture
def project_folder(tmp_path, photos):
    """Give a project's folder as format 1 lays it out, with one damaged image and two runs."""
    folder = tmp_path / "Project"
    folder.mkdir()
    record = {"format": 1, "name": "Mine", "images": str(photos), "validation": "", "seed": 0}
    (folder / "Mine.layerloom").write_text(json.dumps(record), "utf-8")
    with sqlite3.connect(folder / "images.sqlite") as database:
        database.executescript(TABLE)
        marks = ", ".join("?" * 10)
        database.executemany(f"INSERT INTO images VALUES ({marks})", [*rows(photos), DAMAGED])
    database.close()
    for name in ("2025-11-28 18.35.14 scratch", "2025-11-28 18.35.15 scratch"):
        _write_what_both_have(folder / "runs" / name, photos)
    _write_the_paused_one(folder / "runs" / "2025-11-28 18.35.14 scratch")
    _write_the_finished_one(folder / "runs" / "2025-11-28 18.35.15 scratch", photos)
    return folder


def _write_what_both_have(run, photos):
    run.mkdir(parents=True)
    images = [
        {
            "path": str(photos / path),
            "class_name": class_name,
            "split": split,
            "content_hash": content_hash.hex(),
            "fingerprint": fingerprint.hex(),
        }
        for path, class_name, split, content_hash, _, _, fingerprint, *_ in rows(photos)
    ]
    (run / "images.json").write_text(json.dumps({"images": images, "unreadable": 1}), "utf-8")
    (run / "settings.json").write_text(SETTINGS, "utf-8")
    (run / "network.json").write_text(NETWORK, "utf-8")
    (run / "metrics.jsonl").write_text(CURVE, "utf-8")


def _write_the_paused_one(run):
    torch = pytest.importorskip("torch")
    (run / "preparation.json").write_text(PREPARATION, "utf-8")
    safetensors.numpy.save_file(WEIGHTS, run / "start.safetensors")
    (run / "checkpoints").mkdir()
    (run / "checkpoints" / "0000000002.json").write_text(CHECKPOINT, "utf-8")
    safetensors.numpy.save_file(WEIGHTS, run / "checkpoints" / "best-000001.safetensors")
    tensors = {f"{p}/{k}": v for p in ("weights", "average", "begun") for k, v in WEIGHTS.items()}
    for number, value in enumerate(WEIGHTS.values()):
        tensors[f"optimiser/{number}.exp_avg"] = np.zeros_like(value)
        tensors[f"optimiser/{number}.exp_avg_sq"] = np.zeros_like(value)
        tensors[f"optimiser/{number}.step"] = np.array(2, np.float32)
    tensors["random/cpu"] = torch.get_rng_state().numpy()
    safetensors.numpy.save_file(tensors, run / "checkpoints" / "0000000002.safetensors")


def _write_the_finished_one(run, photos):
    predictions = [
        {
            "path": str(photos / "val" / name / "0.png"),
            "split": "validation",
            "class_name": name,
            "probabilities": [0.4, 0.6],
        }
        for name in "ab"
    ]
    (run / "predictions.json").write_text(json.dumps(predictions), "utf-8")
    (run / "result.json").write_text(RESULT, "utf-8")
    safetensors.numpy.save_file(WEIGHTS, run / "weights.safetensors")


def test_the_images_of_a_project_are_read(project_folder, photos):
    project = open_project(project_folder)
    assert project.notices == ()
    *readable, damaged = project.images()
    for image, row in zip(readable, rows(photos), strict=True):
        assert image.path == photos / row[0]
        assert image.class_name == row[1]
        assert image.split is ImageSplit(row[2])
        assert (image.content_hash, image.fingerprint) == (row[3], row[6])
        assert (image.width, image.height, image.problem) == (8, 8, "")
        assert (image.bytes, image.modified_ns) == row[8:]
        assert image.unchanged
    assert damaged.path == photos / "train/b/torn.png"
    assert damaged.problem == "The image is cut off"
    assert not damaged.unchanged


def test_a_list_of_images_is_written_as_it_was(project_folder):
    project = open_project(project_folder)

    def content():
        database = sqlite3.connect(project_folder / "images.sqlite")
        read = database.execute("SELECT * FROM images").fetchall()
        version = database.execute("PRAGMA user_version").fetchone()
        database.close()
        return read, version

    before = content()
    project.keep_images(project.images())
    assert content() == before


def test_a_list_of_a_runs_images_is_written_as_it_was(project_folder, tmp_path):
    (run,), _ = list_runs(project_folder / "runs")
    read_image_set(run.folder).write(tmp_path)
    before, after = (json.loads((f / "images.json").read_bytes()) for f in (run.folder, tmp_path))
    assert after == before


def test_a_finished_run_opens(project_folder, photos):
    (run,), errors = list_runs(project_folder / "runs")
    assert errors == []
    assert [layer.name for layer in run.settings.layers] == ["kept", "partly", "classifier"]
    assert [layer.fit for layer in run.settings.layers] == [
        "kept",
        "partly fitting",
        "re-initialised",
    ]
    assert [(p.class_name, p.split) for p in run.predictions()] == [
        ("a", "validation"),
        ("b", "validation"),
    ]
    network, weights = run.network()
    assert [node.name for node in network.nodes][-2:] == ["classifier", "output"]
    assert weights["classifier.bias"] == pytest.approx(WEIGHTS["classifier.bias"])
    assert learnt_by(run.folder) == {row[3] for row in rows(photos) if row[2] == "train"}
    assert len(read_curve(run.folder / "metrics.jsonl")) == 2


def test_a_paused_run_is_resumed(project_folder):
    (unfinished,) = list_unfinished(project_folder / "runs")
    assert (unfinished.epoch, unfinished.epochs) == (1.0, 2)
    assert unfinished.best is not None
    assert unfinished.best.epoch == 1
    run = ResumeJob(unfinished.folder).run(Reporter())
    assert open_run(run.folder).result.images.unreadable == 1
    assert run.result.labels == ["a", "b"]
    done = [p.epoch for p in read_curve(run.folder / "metrics.jsonl") if isinstance(p, EpochPoint)]
    assert done == [1, 2]
    assert not (run.folder / "checkpoints").exists()
