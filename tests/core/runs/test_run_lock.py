import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import StorageError
from core.jobs.job import Reporter
from core.runs.run_files import LOCK
from core.runs.run_lock import is_locked, run_lock
from core.runs.trash import move_to_trash
from core.runs.unfinished import list_unfinished
from core.training.train_job import ResumeJob
from tests.core.conftest import begun_run

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def training(photos, design, tmp_path):
    """Give a process that trains without end, and the folder of its run."""
    command = [sys.executable, ROOT / "main.py", "train", photos, "--project", tmp_path / "P"]
    command += ["--recipe", "scratch", "--network", design, "--epochs", 9000]
    process = subprocess.Popen(
        list(map(str, [*command, "--option", "patience=0"])), stderr=subprocess.DEVNULL
    )
    yield process, begun_run(tmp_path / "P", process)
    process.kill()
    process.wait()


def test_one_process_trains_a_run_and_a_killed_one_leaves_it_free(training, tmp_path):
    process, folder = training
    assert list_unfinished(folder.parent) == []
    with pytest.raises(StorageError, match="Another process is training this run"):
        ResumeJob(folder).run(Reporter())
    with pytest.raises(StorageError, match="is being trained now"):
        move_to_trash(folder, tmp_path / "P")
    process.kill()
    process.wait()
    (unfinished,) = list_unfinished(folder.parent)
    assert unfinished.folder == folder
    settings = folder / "settings.json"
    settings.write_text(settings.read_text().replace('"epochs": 9000', '"epochs": 1'))
    ResumeJob(folder).run(Reporter())
    assert not (folder / LOCK).exists()


def test_a_lock_is_held_within_its_block_alone(tmp_path):
    assert not is_locked(tmp_path)
    with run_lock(tmp_path):
        assert is_locked(tmp_path)
        with pytest.raises(StorageError, match="Another process"), run_lock(tmp_path):
            raise AssertionError
    assert not is_locked(tmp_path)
    with run_lock(tmp_path):
        (tmp_path / "result.json").touch()
    assert not (tmp_path / LOCK).exists()
