import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.jobs.job import Reporter
from core.network.network import encode_network
from core.project.project import create_project
from core.runs.runs import open_run
from core.runs.unfinished import list_unfinished
from core.training.train_job import ResumeJob, TrainJob
from tests.core.conftest import LONG, PLAIN, begun_run, small_network

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gloo on POSIX")


OPTIONS = {"averaging": 0.0, "patience": 0, **PLAIN}


def command(photos, design, project, processes, epochs):
    options = {**OPTIONS, "epochs": epochs}
    chosen = [part for name, value in options.items() for part in ("--option", f"{name}={value}")]
    return [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--nproc-per-node",
        str(processes),
        "--rdzv-backend",
        "c10d",
        "--rdzv-endpoint",
        "localhost:0",
        str(ROOT / "main.py"),
        "train",
        str(photos),
        "--project",
        str(project),
        "--recipe",
        "scratch",
        "--network",
        design,
        "--json",
        *chosen,
    ]


@pytest.fixture
def plain_design(tmp_path):
    """Give a network without batch normalisation, which sees only its process's images."""
    network = small_network(norm=False)
    dropout = network.named("dropout").id
    path = tmp_path / "plain.json"
    path.write_bytes(encode_network(network.with_setting(dropout, "probability", 0.0)))
    return str(path)


def test_two_processes_train_as_one(photos, plain_design, tmp_path):
    """The parameters after an epoch are those of one process with the same total batch."""
    project = create_project(tmp_path / "P1", photos)
    options = {**OPTIONS, "epochs": 1}
    alone = TrainJob(project.folder, "scratch", plain_design, 0, options).run(Reporter())
    arguments = command(photos, plain_design, tmp_path / "P2", 2, epochs=1)
    shown = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    result = json.loads(shown.stdout)  # of one writer
    assert result["images"]["train"] == alone.result.images.train == 20
    weights = open_run(Path(result["run"])).network()[1]
    for name, value in alone.network()[1].items():
        assert weights[name] == pytest.approx(value, abs=1e-5), name


def test_a_process_that_dies_ends_the_run_with_a_sentence_and_it_resumes(
    photos, plain_design, tmp_path
):
    arguments = command(photos, plain_design, tmp_path / "P", 2, epochs=9000)
    process = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    begun_run(tmp_path / "P", process)
    os.kill(rank_of(process.pid, 1), signal.SIGKILL)
    error = json.loads(process.communicate(timeout=LONG)[0])["error"]
    assert process.returncode != 0
    assert "Another process of this training ended" in error["what"] or error["what"] == "Paused"
    (unfinished,) = list_unfinished(tmp_path / "P" / "runs")
    settings = unfinished.folder / "settings.json"
    settings.write_text(settings.read_text().replace('"epochs": 9000', '"epochs": 1'))
    assert ResumeJob(unfinished.folder).run(Reporter()).folder == unfinished.folder


def test_where_the_first_process_dies_another_one_says_so(photos, plain_design, tmp_path):
    arguments = command(photos, plain_design, tmp_path / "P", 2, epochs=9000)
    process = subprocess.Popen(
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    run = begun_run(tmp_path / "P", process)
    os.kill(rank_of(process.pid, 0), signal.SIGKILL)
    told = process.communicate(timeout=LONG)[1]
    assert process.returncode != 0
    assert f"Another process of this training ended, so it cannot continue ({run})" in told
    assert f'layerloom resume "{run}"' in told


def rank_of(launcher, rank):
    """Return the process that torchrun gave a rank."""
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            environment = path.read_bytes().split(b"\0")
            status = (path.parent / "stat").read_text()
        except OSError:
            continue
        parent = int(status.rpartition(")")[2].split()[1])
        if parent == launcher and f"RANK={rank}".encode() in environment:
            return int(path.parent.name)
    pytest.skip("the system does not show the environment of processes")
