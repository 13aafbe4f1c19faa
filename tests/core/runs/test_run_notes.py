"""Naming, deleting and handing on runs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import msgspec
import numpy as np
import pytest

from core.errors import StorageError
from core.jobs.job import Reporter
from core.network.analysis import analyse
from core.project.project import create_project
from core.runs.curve import BatchPoint, EpochPoint, StrengthPoint, encode_point
from core.runs.run_export import export_csv, export_json, run_table
from core.runs.run_measures import measure_run, read_measures
from core.runs.run_notes import MOST_LETTERS, RunNotes, keep_notes, read_notes
from core.runs.runs import Run, list_runs
from core.runs.trash import empty_trash, move_to_trash, restore
from core.training.train_job import TrainJob

POINTS = [
    BatchPoint(
        step=3, epoch=0.5, loss=0.9, accuracy=0.5, learning_rate=0.01, images_per_second=99.0
    ),
    EpochPoint(
        epoch=1,
        epochs=2,
        training_loss=0.8,
        training_accuracy=0.6,
        validation_loss=0.7,
        validation_accuracy=0.75,
        validation_images=4,
        best=True,
        patience_left=5,
        seconds=1.5,
        images_per_second=90.0,
        learning_rate=0.01,
    ),
]


@pytest.fixture
def run(images: Path, tmp_path: Path, weights: None) -> Run:
    """Train a real run, and lay a curve beside it as a recipe with epochs leaves one."""
    project = create_project(tmp_path / "Projet é", images)
    made = TrainJob(project.folder).run(Reporter())
    (made.folder / "metrics.jsonl").write_bytes(b"".join(map(encode_point, POINTS)))
    return made


def test_a_run_is_named_measured_exported_deleted_and_brought_back(
    run: Run, tmp_path: Path
) -> None:
    check_notes(run)
    check_measures(run)
    check_json(run, tmp_path / "run é.json")
    check_csv(run, tmp_path / "run.csv")
    check_trash(run)


def check_notes(run: Run) -> None:
    assert read_notes(run.folder) == RunNotes()
    keep_notes(run.folder, RunNotes(name="  Wasps, été ", note="with more images"))
    assert read_notes(run.folder) == RunNotes(name="Wasps, été", note="with more images")
    keep_notes(run.folder, RunNotes(name="x" * 10_000))
    assert len(read_notes(run.folder).name) == MOST_LETTERS
    (run.folder / "notes.json").write_bytes(b"{broken")
    assert read_notes(run.folder) == RunNotes()
    keep_notes(run.folder, RunNotes(name="Wasps", note="n"))


def check_measures(run: Run) -> None:
    counted = measure_run(run, timed=False)
    network, _ = run.network()
    assert counted.parameters == analyse(network).parameters > 3_000_000
    assert counted.milliseconds is None
    tested = [
        p for p in run.predictions() if p.split == ("test" if run.result.test else "validation")
    ]
    shares = [p.probabilities[run.result.labels.index(p.class_name)] for p in tested]
    assert counted.loss == pytest.approx(-np.log(shares).mean())
    timed = measure_run(run, timed=True)
    assert timed.milliseconds > 0
    assert timed.multiply_adds == counted.multiply_adds > 300_000_000
    assert read_measures(run.folder) == timed
    assert measure_run(run, timed=True) == timed  # kept, not measured again


def check_json(run: Run, file: Path) -> None:
    export_json(run, file)
    content = json.loads(file.read_text("utf-8"))
    assert content["settings"]["recipe"] == "quick"
    assert content["notes"]["name"] == "Wasps"
    assert content["result"]["labels"] == run.result.labels
    assert [point["type"] for point in content["curve"]] == ["batch", "epoch"]
    assert content["measures"]["parameters"] == read_measures(run.folder).parameters


def check_csv(run: Run, file: Path) -> None:
    export_csv(run, file)
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    values = {row[1]: row[2] for row in rows if row and row[0] in ("settings", "result")}
    assert values["network"] == "efficientnet-lite0"
    assert float(values["accuracy"]) == run.result.held_out.accuracy
    assert values["tested_on"] == ("test" if run.result.test else "validation")
    curve, classes, layers = tables(rows)
    assert dict(zip(*curve, strict=True))["validation_loss"] == "0.7"
    scores = run.result.held_out.per_class
    assert [row[0] for row in classes] == ["class", *scores]
    assert [float(row[1]) for row in classes[1:]] == [score.recall for score in scores.values()]
    assert layers[0] == ["layer", "fit", "frozen", "why"]
    assert len(layers) == 1 + len(run.settings.layers)
    assert layers[-1][:2] == ["classifier", "re-initialised"]
    strength = StrengthPoint(
        strength=0.01,
        training_loss=0.1,
        training_accuracy=1.0,
        validation_loss=0.4,
        validation_accuracy=0.75,
    )
    rows = list(csv.reader(run_table(run, [strength]).decode("utf-8-sig").splitlines()))
    said = dict(zip(*tables(rows)[0], strict=True))
    assert {name: float(value) for name, value in said.items()} == msgspec.structs.asdict(strength)


def tables(rows: list[list[str]]) -> list[list[list[str]]]:
    """Return the tables below the first one: empty lines part them."""
    starts = [place for place, row in enumerate(rows) if not row]
    ends = [*starts[1:], len(rows)]
    return [rows[start + 1 : end] for start, end in zip(starts, ends, strict=True)]


def check_trash(run: Run) -> None:
    project = run.folder.parents[1]
    place = move_to_trash(run.folder, project)
    assert list_runs(project / "runs")[0] == []
    restore(place, run.folder)
    assert [kept.folder for kept in list_runs(project / "runs")[0]] == [run.folder]
    place = move_to_trash(run.folder, project)
    run.folder.mkdir()
    with pytest.raises(StorageError, match="has taken its place"):
        restore(place, run.folder)
    again = move_to_trash(run.folder, project)
    assert again != place
    with pytest.raises(StorageError):
        keep_notes(run.folder, RunNotes(name="gone"))
    empty_trash(project)
    assert not place.exists()
    empty_trash(project)  # nothing there: nothing to say
