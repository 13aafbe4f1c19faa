"""What the command `train` leaves can be used from anywhere."""

import json
from pathlib import Path

from typer.testing import CliRunner

from core.commands.command_line import app
from core.network.network import encode_network
from core.runs.image_set import learnt_by
from core.runs.runs import open_run
from core.training.train_job import TrainJob
from tests.core.conftest import PLAIN, small_network

USUAL = {"epochs": 1, **PLAIN}


def train(photos, project, network):
    chosen = [part for name, value in USUAL.items() for part in ("--option", f"{name}={value}")]
    start = ["train", str(photos), "--project", str(project), "--recipe", "scratch", "--json"]
    shown = CliRunner().invoke(app, [*start, "--network", str(network), *chosen])
    return json.loads(shown.stdout)


def test_a_training_of_a_design_is_begun_once_more_from_elsewhere(
    photos, design, tmp_path, monkeypatch, heard
):
    """Also after the design was changed: the network is the one that was trained."""
    monkeypatch.chdir(Path(design).parent)
    first = open_run(Path(train(photos, tmp_path / "P", Path(design).name)["run"]))
    Path(design).write_bytes(encode_network(small_network(norm=False)))
    monkeypatch.chdir("/")
    settings = first.settings
    again = TrainJob(
        first.folder.parents[1], "scratch", settings.network, settings.seed, settings.options
    ).run(heard.reporter())
    assert again.network()[0] == first.network()[0]
    monkeypatch.chdir(first.folder.parent)
    further = open_run(Path(train(photos, tmp_path / "P", first.folder.name)["run"]))
    assert further.settings.network == str(first.folder)


def test_a_damaged_design_is_named_itself(photos, tmp_path):
    path = tmp_path / "broken.json"
    path.write_text("{")
    assert train(photos, tmp_path / "P", path)["error"]["where"] == str(path)


def test_what_was_left_out_and_not_compared_is_said(photos, design, tmp_path):
    (photos / "train" / "red" / "broken.png").write_bytes(b"?")
    chosen = [part for name, value in USUAL.items() for part in ("--option", f"{name}={value}")]
    start = ["train", str(photos), "--project", str(tmp_path / "P"), "--recipe", "scratch"]
    shown = CliRunner().invoke(app, [*start, "--network", design, *chosen])
    assert "Skipped: 1 file that cannot be read" in shown.stdout
    assert "As chosen: 32-bit numbers, channels first" in shown.stderr


def test_images_that_an_earlier_run_learnt_from_are_pointed_out(
    small_project, photos, design, heard
):
    def swap():
        (photos / "train").rename(photos / "other")
        (photos / "val").rename(photos / "train")
        (photos / "other").rename(photos / "val")

    def notes(recipe, network, options):
        run = TrainJob(small_project.folder, recipe, network, options=options).run(heard.reporter())
        return str(run.folder), [n for n in run.result.notes if "training images of the run" in n]

    first, none = notes("scratch", design, USUAL)
    assert not none
    swap()
    second, (told,) = notes("quick", first, {})
    assert told.startswith("20 of the images it was tested with were training images of the run")
    swap()
    _, (told,) = notes("scratch", second, USUAL)
    assert told.startswith("10 of the images")
    settings = Path(first) / "settings.json"
    settings.write_text(settings.read_text().replace(design, first))  # it claims to come of itself
    assert len(learnt_by(Path(first))) == 20


def test_quick_is_not_started_several_times(photos, tmp_path):
    several = {"RANK": "0", "WORLD_SIZE": "2"}
    begin = ["train", str(photos), "--project", str(tmp_path / "P"), "--json"]
    shown = CliRunner().invoke(app, begin, env=several)
    assert shown.exit_code == 1
    error = json.loads(shown.stdout)["error"]
    assert error["what"] == "The recipe “quick” computes in one process"
    assert not (tmp_path / "P").exists()
