import errno
import os
import subprocess
import sys

import pytest

from core import disk_space as room
from core.errors import NoRoomError, Paused, StorageError
from core.export.export_job import ExportJob
from core.jobs.job import Reporter
from core.jobs.messages import Log, Metric, Progress, Wish
from core.jobs.phases import Phase
from core.project.project import create_project
from core.runs.curve import EpochPoint
from core.runs.unfinished import list_unfinished
from core.training.train_job import ResumeJob, TrainJob
from tests.core.conftest import PLAIN, curve_of, same_figures

OPTIONS = {"epochs": 3, "batch_size": 4, "patience": 0, **PLAIN}


@pytest.fixture
def small_disk(tmp_path):
    """Give a file system of its own with 48 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "layerloom-test", str(folder)]
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small file system")
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def soon(monkeypatch):
    monkeypatch.setattr(room, "WAIT_FOR_ROOM", 0.01)


class Filled:
    """Fills a disk to the last byte when a message comes, and makes room when it is asked for."""

    def __init__(self, disk, comes):
        self.filler, self._comes = disk / "filler", comes
        self.begun, self.texts = False, []

    def __call__(self, message):
        if not self.begun and self._comes(message):
            self.begun = True
            self.fill()
        if isinstance(message, Log):
            self.texts.append(message.text)
            if "Training waits" in message.text:
                self.filler.unlink()

    def fill(self):
        with self.filler.open("wb", buffering=0) as file:
            for size in (2**20, 2**12, 1):
                with pytest.raises(OSError, match="No space left"):
                    while True:
                        file.write(bytes(size))


def phase(name):
    return lambda message: isinstance(message, Progress) and message.phase == name


def epoch(message):
    return isinstance(message, Metric) and isinstance(message.point, EpochPoint)


def half_written(folder):
    return [path for path in folder.rglob("*") if path.suffix in (".tmp", ".new", ".old")]


@pytest.mark.parametrize(
    "comes",
    [phase(Phase.READING_PIXELS), phase(Phase.TRAINING), epoch, phase(Phase.TESTING_BEST_EPOCH)],
    ids=["start", "batch", "epoch", "end"],
)
def test_training_waits_for_room_and_goes_on(comes, small_disk, soon, photos, design, tmp_path):
    project = create_project(small_disk / "Project", photos)
    filled = Filled(small_disk, comes)
    run = TrainJob(project.folder, "scratch", design, 0, OPTIONS).run(Reporter(filled))
    (waiting,) = [text for text in filled.texts if "disk became full" in text]
    assert waiting.endswith(
        "Training waits and continues automatically when there is space again; nothing is lost."
    )
    assert "There is disk space again: training continues." in filled.texts
    assert half_written(small_disk) == []
    other = create_project(tmp_path / "Elsewhere", photos)
    whole = TrainJob(other.folder, "scratch", design, 0, OPTIONS).run(Reporter())
    same_figures(curve_of(run.folder), curve_of(whole.folder))
    assert run.result.validation == whole.result.validation


@pytest.mark.parametrize("views", [0, 1])
def test_quick_waits_for_room_and_goes_on(views, small_disk, soon, photos, weights):
    project = create_project(small_disk / "Project", photos)
    filled = Filled(small_disk, phase(Phase.LOOKING_AT_IMAGES))
    run = TrainJob(project.folder, options={"views": views}).run(Reporter(filled))
    assert any("Training waits" in text for text in filled.texts)
    assert run.result.held_out.accuracy == 1.0
    assert half_written(small_disk) == []


def test_a_training_that_waits_for_room_can_be_paused(small_disk, soon, photos, design):
    project = create_project(small_disk / "Project", photos)
    filled = Filled(small_disk, epoch)
    told = []

    def tell(message):
        if isinstance(message, Log) and "Training waits" in message.text:
            told.append(message)
        else:
            filled(message)

    job = TrainJob(project.folder, "scratch", design, 0, OPTIONS)
    with pytest.raises(Paused):
        job.run(Reporter(tell, lambda: Wish.PAUSE if told else None))
    filled.filler.unlink()
    (unfinished,) = list_unfinished(project.runs_folder)
    run = ResumeJob(unfinished.folder).run(Reporter())
    assert [point["epoch"] for point in curve_of(run.folder)] == [1, 2, 3]


def test_an_export_without_room_leaves_the_earlier_one(small_disk, small_project, design):
    run = TrainJob(small_project.folder, "scratch", design, 0, OPTIONS).run(Reporter())
    out = small_disk / "Export"
    filled = Filled(small_disk, phase(Phase.WRITING_MODEL))
    with pytest.raises(NoRoomError, match="disk became full while writing the export"):
        ExportJob(run.folder, out).run(Reporter(filled))
    assert sorted(path.name for path in small_disk.iterdir()) == ["filler"]
    filled.filler.unlink()
    ExportJob(run.folder, out).run(Reporter())
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    filled.begun = False
    with pytest.raises(StorageError, match="Free some space and try again"):
        ExportJob(run.folder, out).run(Reporter(filled))
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert half_written(small_disk) == []


def test_where_no_disk_can_be_made_the_system_refuses_to_write(small_project, design, soon, heard):
    """The same without a mount: the file system says for a while that it is full."""
    fsync, left = os.fsync, iter([True] * 3)
    begun = []

    def full(descriptor):
        if begun and next(left, False):
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(descriptor)

    def wish():
        if any(isinstance(point, EpochPoint) for point in heard.points):
            begun.append(True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", full)
        TrainJob(small_project.folder, "scratch", design, 0, OPTIONS).run(heard.reporter(wish))
    (waiting,) = [text for text in heard.texts if "disk became full" in text]
    assert "Training waits" in waiting
    assert "There is disk space again: training continues." in heard.texts


def test_the_list_of_images_says_that_the_disk_is_full(small_disk, small_project, photos):
    TrainJob(small_project.folder, "scratch", "lenet5", 0, {"epochs": 1}).run(Reporter())
    project = create_project(small_disk / "Project", photos)
    images = small_project.images()
    filled = Filled(small_disk, lambda _: False)
    filled.fill()
    with pytest.raises(NoRoomError):  # a new one
        project.keep_images(images)
    filled.filler.unlink()
    project.keep_images(images)
    filled.fill()
    with pytest.raises(NoRoomError):  # SQLite calls this "disk I/O error"
        project.keep_images(images * 50)
    filled.filler.unlink()
    assert project.images() == images
