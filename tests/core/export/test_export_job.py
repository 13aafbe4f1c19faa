import os
import shutil
import subprocess
import sys

import msgspec
import numpy as np
import onnx
import pytest

from core.errors import Stopped
from core.export.export_job import ExportJob
from core.export.export_report import kept_report
from core.export.folder import FILES, ExportError
from core.inference.classifier import Classifier
from core.jobs.job import Reporter
from core.jobs.messages import Wish
from core.project.project import create_project
from core.runs.runs import list_runs
from core.training.train_job import TrainJob
from tests.conftest import write_images


@pytest.fixture(scope="module")
def trained(tmp_path_factory, converted_weights):
    """Train once for all tests here; return the project's folder."""
    folder = tmp_path_factory.mktemp("trained")
    images = write_images(folder / "Colours")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAYERLOOM_HOME", str(converted_weights.parents[1]))
        project = create_project(folder / "Project", images)
        TrainJob(project.folder).run(Reporter())
    return project.folder


@pytest.fixture
def run(trained, tmp_path, weights):
    """Give this test the run in a project of its own."""
    project = shutil.copytree(trained, tmp_path / "Project")
    return list_runs(project / "runs")[0][0]


@pytest.fixture(scope="module")
def exported(trained, tmp_path_factory):
    """Export once for all that only read; return the run, the report and the folder."""
    folder = tmp_path_factory.mktemp("exported")
    project = shutil.copytree(trained, folder / "Project")
    run = list_runs(project / "runs")[0][0]
    return run, ExportJob(run.folder, folder / "out 🐝").run(Reporter()), folder / "out 🐝"


def test_the_written_file_gives_the_same_answers(exported):
    run, report, out = exported
    assert report.parity.images == 4
    assert (report.parity.agreement, report.parity.changed) == (1.0, 0)
    assert report.parity.max_probability_difference < 1e-4
    assert report.torch_check.parity.max_probability_difference < 1e-4
    assert report.accuracy.onnx == report.accuracy.torch == 1.0
    assert report.latency_ms.p50 <= report.latency_ms.p95
    assert sorted(os.listdir(out)) == sorted(FILES)
    assert report.bytes == (out / "model.onnx").stat().st_size
    assert kept_report(run.folder) == report


def test_the_file_takes_any_size_and_says_what_it_knows(exported):
    _, report, out = exported
    onnx.checker.check_model(report.model, full_check=True)
    classifier = Classifier.from_file(out / "model.onnx")
    assert classifier.labels == ["blue", "red"]
    assert classifier.provenance["recipe"] == "quick"
    for shape in ((1, 1, 3), (500, 20, 3), (33, 700, 3)):
        answer = classifier.predict(np.full(shape, 200, np.uint8))
        assert answer.shape == (2,)
        assert answer.sum() == pytest.approx(1)


def test_the_exported_script_works_in_a_process_of_its_own(exported, images):
    (images / "red" / "broken.png").write_bytes(b"no image")
    script = exported[2] / "predict.py"
    shown = subprocess.run(
        [sys.executable, str(script), str(images / "red"), str(images / "blue" / "blue 0.png")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    lines = shown.stdout.splitlines()
    assert len(lines) == 7
    assert all(": red 0.9" in line or ": red 1.0" in line for line in lines[:6])
    assert "blue 0.png: blue" in lines[6]
    assert "broken.png: cannot be read" in shown.stderr


def test_the_readme_says_how_well_and_leaves_no_placeholder(exported):
    text = (exported[2] / "README.md").read_text(encoding="utf-8")
    assert "On 2 test images that were not used in training, **100.0 %**" in text
    assert "EfficientNet-Lite0, pretrained on ImageNet" in text
    assert "$" not in text


def test_an_earlier_export_is_replaced_whole(run, tmp_path):
    ExportJob(run.folder, tmp_path / "out").run(Reporter())
    (tmp_path / "out" / "labels.txt").write_text("old")
    ExportJob(run.folder, tmp_path / "out").run(Reporter())
    assert (tmp_path / "out" / "labels.txt").read_text() == "blue\nred\n"
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".")]


def test_a_folder_with_other_files_is_not_touched(run, tmp_path, images):
    with pytest.raises(ExportError, match="already contains other files"):
        ExportJob(run.folder, images).run(Reporter())
    assert sorted(os.listdir(images)) == ["blue", "red"]


def test_a_stopped_export_leaves_nothing(run, tmp_path):
    calls = iter([None, None])
    with pytest.raises(Stopped):
        ExportJob(run.folder, tmp_path / "out").run(Reporter(wish=lambda: next(calls, Wish.STOP)))
    assert sorted(os.listdir(tmp_path)) == ["Project"]


def test_images_that_are_gone_are_counted(run, tmp_path):
    first, *others = run.predictions()
    moved = msgspec.structs.replace(first, path=str(tmp_path / "gone.png"))
    (run.folder / "predictions.json").write_bytes(msgspec.json.encode([moved, *others]))
    report = ExportJob(run.folder, tmp_path / "out").run(Reporter())
    assert (report.missing, report.parity.images) == (1, 3)


def test_a_precision_that_does_not_exist(run, tmp_path):
    with pytest.raises(ExportError, match="precision “fp8” is not available"):
        ExportJob(run.folder, tmp_path / "out", "fp8").run(Reporter())


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_no_room_for_the_export_becomes_a_sentence(run, tmp_path):
    code = f"""
import resource
from pathlib import Path
from core.errors import LayerloomError
from core.export.export_job import ExportJob
from core.jobs.job import Reporter
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    ExportJob(Path({str(run.folder)!r}), Path({str(tmp_path / "out")!r})).run(Reporter())
except LayerloomError as error:
    print(error)
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "The disk became full while writing the export" in shown.stdout
    assert sorted(os.listdir(tmp_path)) == ["Project"]
