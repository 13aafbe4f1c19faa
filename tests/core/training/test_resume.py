import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import safetensors.numpy
import typer
from typer.testing import CliRunner

from core.commands.command_line import app
from core.commands.console import answer
from core.errors import Paused, Stopped, StorageError
from core.export.export_job import ExportJob
from core.jobs.job import Reporter
from core.jobs.messages import Wish
from core.network.network import encode_network
from core.project.project import create_project
from core.recipes.recipes import RECIPES
from core.runs.checkpoint import checkpoint_folder, newest_record
from core.runs.classifiers import run_classifier
from core.runs.curve import EpochPoint, read_curve
from core.runs.runs import list_runs, open_run
from core.runs.trash import move_to_trash
from core.runs.unfinished import list_unfinished
from core.training.learning import run_writer
from core.training.train_job import ResumeJob, TrainJob
from tests.core.conftest import (
    LONG,
    PLAIN,
    Heard,
    begun_run,
    curve_of,
    same_figures,
    small_network,
    write_photos,
)

ROOT = Path(__file__).resolve().parents[3]
EPOCHS = 4
OPTIONS = {"epochs": EPOCHS, "batch_size": 4, "patience": 0, **PLAIN}


def in_the_second_epoch(heard, wish):
    """Return a wish that comes in the middle of the second epoch."""
    looks = iter([None] * 2)

    def look():
        begun = any(isinstance(point, EpochPoint) for point in heard.points)
        return next(looks, wish) if begun else None

    return look


KILLED = """
import sys
from pathlib import Path
from core.jobs.job import Reporter
from core.jobs.messages import Log
from core.training.learning import run_writer
from core.training.train_job import TrainJob

run_writer.CHECKPOINT_INTERVAL = 0.0  # a checkpoint after each batch
taken = 0

class Slow(run_writer.RunWriter):
    def take(self, event):
        global taken
        super().take(event)
        taken += 1
        if taken == 9:  # in the middle of the second epoch of five batches and an end each
            print("now", flush=True)
            sys.stdin.read()  # until it is killed

from core.training import run_plan
run_plan.RunWriter = Slow
TrainJob(Path(sys.argv[1]), "scratch", sys.argv[2], 0, eval(sys.argv[3])).run(Reporter())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_killed_training_goes_on_as_if_it_had_never_ended(small_project, design):
    whole = TrainJob(small_project.folder, "scratch", design, 0, OPTIONS).run(Reporter())
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(small_project.folder), design, repr(OPTIONS)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().strip() == "now"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    (unfinished,) = list_unfinished(small_project.runs_folder)
    assert 1 < unfinished.epoch < 2
    assert unfinished.epochs == EPOCHS
    assert unfinished.written is not None
    assert unfinished.best is not None
    resumed = ResumeJob(unfinished.folder).run(Reporter())
    same_figures(curve_of(resumed.folder), curve_of(whole.folder))
    for name, value in whole.network()[1].items():
        assert resumed.network()[1][name] == pytest.approx(value, abs=1e-6), name
    assert list_unfinished(small_project.runs_folder) == []
    assert not checkpoint_folder(resumed.folder).exists()


class Killed(BaseException):
    """Stands for the end of a process: nothing catches it."""


def test_a_kill_right_after_any_write_costs_nothing(small_project, design, monkeypatch):
    """The first process ends after its first write, the one that goes on after two, and so on."""
    options = {**OPTIONS, "epochs": 3}
    whole = TrainJob(small_project.folder, "scratch", design, 0, options).run(Reporter())
    flush, write = os.fsync, run_writer.when_there_is_room
    left = [0]

    def count():
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    def flushed(descriptor):
        """Count what was renamed: its folder is flushed then."""
        flush(descriptor)
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            count()

    def written(action, report):
        """Count what was written without a rename, too: lines of the curve."""
        before = left[0]
        write(action, report)
        if left[0] == before:
            count()

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(run_writer, "when_there_is_room", written)
    run, kills = None, 0
    while run is None:
        waiting = list_unfinished(small_project.runs_folder)
        job = TrainJob(small_project.folder, "scratch", design, 0, options)
        left[0] = kills + 1
        try:
            run = (ResumeJob(waiting[0].folder) if waiting else job).run(Reporter())
        except Killed:
            kills += 1
    assert kills >= 8
    assert not list(small_project.runs_folder.glob("*/checkpoints"))
    same_figures(curve_of(run.folder), curve_of(whole.folder))
    for name, value in whole.network()[1].items():
        assert run.network()[1][name] == pytest.approx(value, abs=1e-6), name
    assert run.result.validation == whole.result.validation


def test_what_a_kill_at_the_very_end_left_is_removed_by_the_next_training(
    small_project, design, monkeypatch
):
    remove = shutil.rmtree

    def killed(folder, *others, **named):
        if Path(folder).name == "checkpoints":
            raise Killed
        remove(folder, *others, **named)

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", killed)
        with pytest.raises(Killed):
            TrainJob(small_project.folder, "scratch", design, 0, OPTIONS).run(Reporter())
    assert list(small_project.runs_folder.glob("*/checkpoints"))
    assert len(list_runs(small_project.runs_folder)[0]) == 1
    TrainJob(small_project.folder, "scratch", design, 0, OPTIONS).run(Reporter())
    assert not list(small_project.runs_folder.glob("*/checkpoints"))


def test_pause_and_resume(small_project, design, heard):
    with pytest.raises(Paused) as paused:
        TrainJob(small_project.folder, "scratch", design, 0, OPTIONS).run(
            heard.reporter(in_the_second_epoch(heard, Wish.PAUSE))
        )
    (unfinished,) = list_unfinished(small_project.runs_folder)
    assert unfinished.folder == paused.value.folder
    assert unfinished.settings.network == design
    done = newest_record(unfinished.folder).epochs_done
    assert 1 < done < 2
    assert RECIPES["scratch"].expected(design, 30) > 0  # as fast as it was so far
    run = ResumeJob(unfinished.folder).run(heard.reporter())
    assert open_run(run.folder) == run
    assert any(text.startswith("Continuing with epoch 2 of 4, batch ") for text in heard.texts)
    points = [p for p in read_curve(run.folder / "metrics.jsonl") if isinstance(p, EpochPoint)]
    assert [p.epoch for p in points] == [1, 2, 3, 4]


def test_a_damaged_checkpoint_gives_way_to_the_one_before(paused):
    folder = checkpoint_folder(paused)
    records = sorted(folder.glob("[0-9]*.json"))
    assert len(records) == 2
    newest = records[-1].with_suffix(".safetensors")
    newest.write_bytes(newest.read_bytes()[:500])
    run = ResumeJob(paused).run(Reporter())
    assert len(curve_of(run.folder)) == EPOCHS


@pytest.fixture(scope="module")
def paused_once(tmp_path_factory):
    """Pause a training in its second epoch, once for all tests here; return its folder."""
    folder, heard = tmp_path_factory.mktemp("paused"), Heard()
    (folder / "small.json").write_bytes(encode_network(small_network()))
    project = create_project(folder / "Small project", write_photos(folder))
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Paused) as paused:
        patch.setenv("LAYERLOOM_HOME", str(folder / "home"))
        TrainJob(project.folder, "scratch", str(folder / "small.json"), 0, OPTIONS).run(
            heard.reporter(in_the_second_epoch(heard, Wish.PAUSE))
        )
    return paused.value.folder


@pytest.fixture
def paused(paused_once, tmp_path):
    """Give the folder of a training that was paused in its second epoch, in its own project."""
    project = shutil.copytree(paused_once.parents[1], tmp_path / "Paused project")
    return project / "runs" / paused_once.name


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"lost")])
def test_lost_best_weights_are_looked_for_anew(damage, paused, heard):
    bests = list(checkpoint_folder(paused).glob("best-*"))
    assert bests
    for path in bests:
        damage(path)
    run = ResumeJob(paused).run(heard.reporter())
    assert any("searches for the best epoch again" in text for text in heard.texts)
    assert len(run.result.labels) == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"epochs": 4', '"epochs": "x"', "Epochs cannot be “x”"),
        ('"batch_size": 4', '"batch_size": 0', "Batch size cannot be 0"),
        ('"recipe": "scratch"', '"recipe": "magic"', "no recipe called “magic”"),
    ],
)
def test_settings_that_cannot_be_used_are_a_sentence(old, new, said, paused):
    settings = paused / "settings.json"
    text = settings.read_text()
    assert old in text
    settings.write_text(text.replace(old, new))
    assert list_unfinished(paused.parent) == []
    with pytest.raises(StorageError, match=said):
        ResumeJob(paused).run(Reporter())


def test_a_damaged_record_is_listed_and_gone_on_from_another(paused):
    newest = max(checkpoint_folder(paused).glob("[0-9]*.json"))
    newest.write_text("{}")
    (unfinished,) = list_unfinished(paused.parent)
    assert unfinished.written is None
    assert len(curve_of(ResumeJob(paused).run(Reporter()).folder)) == EPOCHS


@pytest.mark.parametrize(
    ("pattern", "said"),
    [("start", "its weights do not fit its network"), ("checkpoints/[0-9]*", "does not fit")],
)
def test_weights_of_another_network_are_a_sentence(pattern, said, paused):
    for path in paused.glob(f"{pattern}.safetensors"):
        tensors = safetensors.numpy.load_file(path)
        for name in [name for name in tensors if name.endswith("classifier.weight")]:
            tensors[name] = tensors[name][:, :3].copy()
        safetensors.numpy.save_file(tensors, path)
    with pytest.raises(StorageError, match=said):
        ResumeJob(paused).run(Reporter())


def test_an_interrupted_command_says_how_to_go_on_where_that_can_be_done(paused, capsys):
    def interrupted(error, *, kept):
        def work(report):
            if kept:
                report.kept(paused)
            raise error

        with pytest.raises(typer.Exit):
            answer(False, work, str)
        return capsys.readouterr().err.strip()

    way = f'Resume with: layerloom resume "{paused}"'
    assert interrupted(Paused(paused), kept=True) == f"Paused ({paused}). {way}"
    assert interrupted(KeyboardInterrupt(), kept=True) == f"Stopped ({paused}). {way}"
    for error in (Paused(), KeyboardInterrupt()):
        told = interrupted(error, kept=False)
        assert told == "Stopped. Existing files were not changed."


def test_finish_early_keeps_the_best(small_project, design, heard):
    wish = in_the_second_epoch(heard, Wish.FINISH)
    run = TrainJob(small_project.folder, "scratch", design, 0, OPTIONS).run(heard.reporter(wish))
    epochs = [
        p.epoch for p in read_curve(run.folder / "metrics.jsonl") if isinstance(p, EpochPoint)
    ]
    assert 0 < len(epochs) < EPOCHS
    assert list_runs(small_project.runs_folder)[0] == [run]


def test_a_training_stopped_before_it_learnt_leaves_nothing(small_project, design):
    with pytest.raises(Stopped):
        TrainJob(small_project.folder, "scratch", design, 0, OPTIONS).run(
            Reporter(wish=lambda: Wish.STOP)
        )
    assert list_unfinished(small_project.runs_folder) == []


def test_a_stopped_training_can_be_gone_on_with_or_deleted(small_project, design, heard):
    with pytest.raises(Stopped):
        TrainJob(small_project.folder, "scratch", design, 0, OPTIONS).run(
            heard.reporter(in_the_second_epoch(heard, Wish.STOP))
        )
    (unfinished,) = list_unfinished(small_project.runs_folder)
    move_to_trash(unfinished.folder, small_project.folder)
    assert list_unfinished(small_project.runs_folder) == []
    assert os.listdir(small_project.runs_folder) == []


def test_the_images_may_be_gone_once_they_are_decoded(paused, photos):
    shutil.rmtree(photos)
    assert ResumeJob(paused).run(Reporter()).result.images.train == 20


def test_a_finished_run_of_another_recipe_is_a_run_like_any_other(small_project, design, tmp_path):
    run = TrainJob(small_project.folder, "scratch", design, 0, OPTIONS).run(Reporter())
    report = ExportJob(run.folder, tmp_path / "out").run(Reporter())
    assert report.parity.agreement == 1.0
    assert report.parity.max_probability_difference < 1e-4
    assert report.torch_check.parity.max_probability_difference < 1e-4
    assert run_classifier(run).labels == ["blue", "red"]
    assert "random weights" in (tmp_path / "out" / "README.md").read_text()
    more = TrainJob(small_project.folder, "thorough", str(run.folder), 0, {"epochs": 1}).run(
        Reporter()
    )
    assert {layer.fit for layer in more.settings.layers} == {"kept"}


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_leaves_a_run_that_the_command_resumes(photos, design, tmp_path):
    arguments = [sys.executable, str(ROOT / "main.py")]
    train = ["train", photos, "--project", tmp_path / "P", "--recipe", "scratch"]
    train += ["--network", design, "--epochs", 3000, "--option", "patience=0", "--json"]
    process = subprocess.Popen(
        [*arguments, *map(str, train)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    begun_run(tmp_path / "P", process)
    process.send_signal(signal.SIGINT)
    error = json.loads(process.communicate(timeout=LONG)[0])["error"]
    assert process.returncode == 1
    assert error["what"] == "Paused"
    assert error["hint"] == f'Resume with: layerloom resume "{error["where"]}"'
    settings = Path(error["where"]) / "settings.json"
    settings.write_text(settings.read_text().replace('"epochs": 3000', '"epochs": 1'))
    shown = CliRunner().invoke(app, ["resume", error["where"], "--json"])
    assert json.loads(shown.stdout)["run"] == error["where"]
