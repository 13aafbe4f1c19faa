import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.commands.command_line import app
from core.commands.console import answer
from tests.conftest import write_images

ROOT = Path(__file__).resolve().parents[3]


def command(*arguments, status=0):
    """Run a command in JSON mode and return its object."""
    shown = CliRunner().invoke(app, [*map(str, arguments), "--json"])
    assert shown.exit_code == status, shown.output
    return json.loads(shown.stdout)


def failure(*arguments, status=1):
    """Run a command that fails and return its error."""
    error = command(*arguments, status=status)["error"]
    assert set(error) == {"what", "where", "hint"}
    return error


@pytest.fixture(scope="module")
def exported_once(tmp_path_factory, converted_weights):
    """Train and export once for all tests here; return where project and export lie."""
    folder = tmp_path_factory.mktemp("exported")
    images = write_images(folder / "Colours")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAYERLOOM_HOME", str(converted_weights.parents[1]))
        run = command("train", images, "--project", folder / "Project")["run"]
        command("export", run, "--out", folder / "out")
    return folder


@pytest.fixture
def exported(exported_once, tmp_path, weights):
    """Give the folder of an exported model, beside the project of its run."""
    for name in ("Project", "out"):
        shutil.copytree(exported_once / name, tmp_path / name)
    return tmp_path / "out"


def test_networks():
    listed = {n["name"]: n for n in command("networks")["networks"]}
    lite0 = listed["efficientnet-lite0"]
    assert lite0["parameters"] == 4_652_008
    assert lite0["multiply_adds"] == 385_187_552
    assert (lite0["pretrained"], lite0["available_offline"]) == (True, True)
    assert lite0["licence"] == "Apache-2.0"
    assert set(lite0) >= {"title", "source"}
    assert listed["lenet5"]["parameters"] == 61_706


def test_scan(images):
    (images / "red" / "x.png").write_bytes(b"?")
    found = command("scan", images)
    assert (found["images"], found["classes"]) == (12, {"blue": 6, "red": 6})
    assert found["problems"]["unreadable"][0]["path"] == "red/x.png"
    assert found["seconds"] > 0


def test_train_keeps_the_contract(images, tmp_path, weights):
    result = command("train", images, "--project", tmp_path / "Project", "--seed", 3)
    assert Path(result["run"]).is_dir()
    assert result["accuracy"] == 1.0
    assert result["interval"][0] < 1.0 == result["interval"][1]
    assert result["baseline"] == 0.5
    assert result["images"] == {"train": 8, "validation": 2, "test": 2, "unreadable": 0}
    assert set(result["seconds"]) == {"scan", "features", "fit", "total"}
    assert set(result) >= {"per_class", "confusion", "images_per_second"}


def test_train_without_a_project_says_where_the_run_is(images, home, weights):
    run = Path(command("train", images)["run"])
    assert run.is_relative_to(home / "projects" / "Colours" / "runs")


def test_evaluate_a_run_and_a_file(exported, images, tmp_path):
    other = write_images(tmp_path / "other", classes=("red", "blue", "green"), count=3)
    result = command("evaluate", exported / "model.onnx", other)
    assert result["images"] == 6
    assert result["unknown_classes"] == ["green"]
    assert result["accuracy"] == 1.0
    assert set(result) >= {"interval", "per_class", "confusion", "unreadable"}
    (run,) = (tmp_path / "Project" / "runs").iterdir()
    assert command("evaluate", run, other)["confusion"] == result["confusion"]
    shown = CliRunner().invoke(app, ["evaluate", str(run), str(images), "--json"])
    learnt = json.loads((run / "result.json").read_bytes())["images"]["train"]
    assert f"{learnt} of these images were used in its training" in shown.stderr


def test_predict_with_table_copies_and_several_classes(exported, images, tmp_path):
    (images / "red" / "x.png").write_bytes(b"?")
    result = command(
        "predict", exported / "model.onnx", images, "--top", 2,
        "--csv", tmp_path / "t.csv", "--into", tmp_path / "sorted",
    )  # fmt: skip
    assert len(result["predictions"]) == 12
    first = result["predictions"][0]
    assert first["label"] == first["top"][0]["label"] == "blue"
    assert len(first["top"]) == 2
    assert [u["path"] for u in result["unreadable"]] == [str(images / "red" / "x.png")]
    assert result["images_per_second"] > 0
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["label_1"] for row in rows] == ["blue"] * 6 + ["red"] * 6
    copied = sorted(
        p.relative_to(tmp_path / "sorted").as_posix() for p in (tmp_path / "sorted").rglob("*.png")
    )
    assert copied == sorted(p.relative_to(images).as_posix() for p in images.rglob("* *.png"))


def test_copies_never_overwrite(exported, images, tmp_path):
    for _ in range(2):
        command("predict", exported / "model.onnx", images / "red", "--into", tmp_path / "s")
    assert "red 0 (2).png" in os.listdir(tmp_path / "s" / "red")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda folder: None, "does not exist"),
        (lambda folder: folder.mkdir(), "contains no images"),
        (lambda folder: write_images(folder, classes=("red",)), "only one class, “red”"),
        (lambda folder: write_images(folder, count=1), "has 1 readable image: "),
        (lambda folder: write_images(folder / "x" / "y"), "contains no images|only one class"),
    ],
)
def test_folders_that_cannot_be_learnt_from(make, sentence, tmp_path, weights):
    import re

    folder = tmp_path / "Папка 🐝"
    make(folder)
    error = failure("train", folder)
    assert re.search(sentence, error["what"])
    assert "Папка 🐝" in error["where"]


def test_a_network_that_does_not_exist(images):
    error = failure("train", images, "--network", "x")
    assert "no template or torchvision network called “x”" in error["what"]


def test_options_of_recipes_are_checked_before_anything_is_read(images):
    """Wrong usage, as an unknown option of the command is: status 2, and a sentence."""

    def refusal(recipe, option):
        return failure("train", images, "--recipe", recipe, "--option", option, status=2)

    error = refusal("balanced", "speed=1")
    assert "no setting called “speed”" in error["what"]
    assert "learning_rate" in error["hint"]
    assert refusal("slow", "epochs=1")["hint"] == "Available: quick, balanced, thorough, scratch."
    for option, sentence in (
        ("learning_rate=fast", "Learning rate cannot be “fast”: it is a number from 1e-07 to 1"),
        ("learning_rate=5", "Learning rate cannot be 5.0: it is from 1e-07 to 1"),
        ("learning_rate=nan", "Learning rate cannot be nan: it is from 1e-07 to 1"),
        ("epochs=1.5", "Epochs cannot be “1.5”: it is a whole number from 1 to 10000"),
        ("class_weights=maybe", "Weight rare classes more cannot be “maybe”: it is on or off"),
    ):
        assert refusal("scratch", option)["what"] == sentence


def test_only_an_unfinished_run_is_resumed(tmp_path):
    assert "no training in this folder" in failure("resume", tmp_path)["what"]


def test_models_and_runs_that_do_not_exist(images, tmp_path):
    assert "cannot be read" in failure("predict", tmp_path / "m.onnx", images)["what"]
    assert "no finished run" in failure("export", tmp_path, "--out", tmp_path / "o")["what"]
    assert "no finished run" in failure("evaluate", tmp_path, images)["what"]


def test_nothing_is_written_among_the_images(exported, images, tmp_path):
    before = sorted(images.rglob("*"))
    for inside in (images, images / "sorted"):
        error = failure("predict", exported / "model.onnx", images, "--into", inside)
        assert "would be inside the folder of images" in error["what"]
        assert (
            "would be inside the folder of images"
            in failure("train", images, "--project", inside)["what"]
        )
    assert sorted(images.rglob("*")) == before


def test_predicting_only_what_cannot_be_read_fails(exported, tmp_path):
    (tmp_path / "text.jpg").write_bytes(b"text")
    error = failure("predict", exported / "model.onnx", tmp_path / "text.jpg")
    assert error["what"].startswith("None of the 1 images can be read")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_an_export_that_is_terminated_leaves_nothing(exported, tmp_path):
    (run,) = (tmp_path / "Project" / "runs").iterdir()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "export", str(run), "--out", str(tmp_path / "x")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not list(tmp_path.glob(".*.new")):
        assert process.poll() is None
        time.sleep(0.01)
    process.terminate()
    _, told = process.communicate(timeout=600)
    assert process.returncode == 1
    assert told.strip() == "Stopped. Existing files were not changed."
    assert not list(tmp_path.glob(".*.new"))
    assert not (tmp_path / "x").exists()


def test_without_json_a_failure_is_one_plain_sentence(tmp_path):
    shown = CliRunner().invoke(app, ["scan", str(tmp_path / "nowhere")])
    assert shown.exit_code == 1
    assert shown.stdout == ""
    assert shown.stderr.startswith("The folder does not exist (")
    assert "Traceback" not in shown.stderr


def test_an_unexpected_error_is_a_sentence_and_in_the_log(images, home, monkeypatch):
    monkeypatch.setattr("core.images.scanning.scan_folder", lambda *_: 1 / 0)
    error = failure("scan", images)
    assert error["what"] == "An unexpected error occurred: division by zero"
    assert "ZeroDivisionError" in Path(error["where"]).read_text()


@pytest.mark.parametrize(
    "wrong", [["scan"], ["fly"], ["scan", "x", "--deep"], ["train", "x", "--epochs", "3"]]
)
def test_usage_errors_have_status_2(wrong):
    assert CliRunner().invoke(app, wrong).exit_code == 2


def test_a_folder_named_like_a_command_does_not_hide_it(tmp_path):
    (tmp_path / "networks").mkdir()
    shown = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "networks"],
        cwd=tmp_path, capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    assert "efficientnet-lite0" in shown.stdout


def test_the_program_itself_prints_one_json_object_and_nothing_else(images):
    shown = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "scan", str(images), "--json"],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert json.loads(shown.stdout)["images"] == 12
    assert shown.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_no_room_for_features_is_a_sentence_and_leaves_the_project_whole(images, tmp_path, weights):
    code = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
sys.path.insert(0, {str(ROOT)!r})
from core.commands.command_line import app
from core.commands.console import answer
app(["train", {str(images)!r}, "--project", {str(tmp_path / "Project")!r}, "--json"])
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    told = next(line for line in process.stderr if "disk became full" in line)
    assert "Training waits and continues automatically" in told
    process.send_signal(signal.SIGINT)
    shown, _ = process.communicate()
    assert process.returncode == 1
    assert json.loads(shown)["error"]["what"].startswith("Stopped")
    assert command("train", images, "--project", tmp_path / "Project")["accuracy"] == 1.0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
def test_images_in_a_read_only_folder_are_fine_and_a_read_only_project_is_a_sentence(tmp_path):
    """Without rights of its own, the scan works and the project is refused in words."""
    import tempfile

    code = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
import core.images.scanning, core.training.quick, core.training.train_job
from core.commands.command_line import app
from core.commands.console import answer
from typer.testing import CliRunner
CliRunner().invoke(app, ["scan", "nowhere"])
os.setuid(65534)
app(sys.argv[1:])
"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_images(folder / "photos")
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)

        def as_nobody(*arguments):
            shown = subprocess.run(
                [sys.executable, "-c", code, *arguments, "--json"],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            return shown.returncode, json.loads(shown.stdout)

        status, found = as_nobody("scan", str(folder / "photos"))
        assert (status, found["images"]) == (0, 12)
        status, refused = as_nobody(
            "train", str(folder / "photos"), "--project", str(folder / "Project")
        )
        assert status == 1
        assert "no permission to write here" in refused["error"]["what"]


def test_names_in_square_brackets_are_shown_in_a_terminal_as_they_are(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich then takes it for a terminal

    def work(report):
        report.log("Not learnt: “[red] [/old]”.")
        return {}

    answer(False, work, lambda _: "done")
    shown = capsys.readouterr()
    assert shown.out == "done\n"
    assert "Not learnt: “[red] [/old]”." in shown.err
