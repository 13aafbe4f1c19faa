import json
import sqlite3

import pytest

from core.errors import LayerloomError, StorageError
from core.images.folders import FolderError
from core.jobs.job import Reporter
from core.project.project import create_project, open_project, project_file, project_for_images
from core.project.scan_job import ScanJob
from tests.conftest import write_images


@pytest.fixture
def scanned(images, tmp_path):
    """Give a project whose images were scanned."""
    project = create_project(tmp_path / "Project", images, seed=7)
    ScanJob(project.folder).run(Reporter())
    return project


def test_reopening_shows_everything_as_it_was(scanned):
    again = open_project(scanned.folder)
    assert again.record == scanned.record
    assert again.images() == scanned.images()
    assert {image.split for image in again.images()} == {"train", "validation", "test"}
    assert again.notices == ()
    assert open_project(project_file(scanned.folder)).images_folder == scanned.images_folder


def test_names_in_any_script(tmp_path):
    images = write_images(tmp_path / "蜜蜂 🐝 и муравьи", classes=("蜜蜂", "мура вьи"))
    project = create_project(tmp_path / "Проект 🐜", images)
    ScanJob(project.folder).run(Reporter())
    assert {i.class_name for i in open_project(project.folder).images()} == {"蜜蜂", "мура вьи"}


def test_the_images_of_a_project_are_not_touched(scanned, images):
    assert {path.name for path in images.iterdir()} == {"blue", "red"}
    assert sum(path.is_file() for path in images.rglob("*")) == 12


def test_a_project_and_its_images_can_be_moved_together(images, tmp_path):
    project = create_project(tmp_path, images, name="Mine")
    ScanJob(project.folder).run(Reporter())
    moved = tmp_path.with_name(tmp_path.name + " moved")
    tmp_path.rename(moved)
    assert all(image.path.exists() for image in open_project(moved).images())


def test_the_usual_project_of_a_folder_is_found_again(images, tmp_path):
    first = project_for_images(images)
    other = project_for_images(write_images(tmp_path / "elsewhere" / "Colours"))
    assert project_for_images(images).folder == first.folder != other.folder


def test_another_folder_to_validate_with(images, tmp_path):
    validation = write_images(tmp_path / "held out", count=2)
    project = project_for_images(images, validation=validation)
    ScanJob(project.folder).run(Reporter())
    splits = [image.split for image in project.images()]
    assert (splits.count("train"), splits.count("validation")) == (12, 4)


def test_a_folder_that_is_no_data_set_makes_no_project(tmp_path, home):
    with pytest.raises(FolderError):
        project_for_images(tmp_path)
    assert not (home / "projects").exists()


def test_a_newer_format_is_refused(scanned):
    file = project_file(scanned.folder)
    record = json.loads(file.read_text())
    file.write_text(json.dumps(record | {"format": 99, "news": True}))
    with pytest.raises(StorageError, match="format 99; this version of Layerloom supports up to 1"):
        open_project(scanned.folder)


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b'{"format": "x"}', None])
def test_a_damaged_project_file_is_replaced_by_its_backup(scanned, damage):
    file = project_file(scanned.folder)
    file.write_bytes(damage) if damage is not None else file.unlink()
    again = open_project(scanned.folder)
    assert again.record == scanned.record
    assert "was damaged; its backup was used" in again.notices[0]
    assert open_project(scanned.folder).notices == ()


def test_a_project_file_damaged_with_its_backup_says_so(scanned):
    for path in scanned.folder.glob("*.layerloom*"):
        path.write_bytes(b"?")
    with pytest.raises(StorageError, match="The project file is damaged"):
        open_project(scanned.folder)


@pytest.mark.parametrize(
    "damage", [b"not a database at all, but long enough", b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_damaged_list_of_images_is_replaced_by_the_last_one(scanned, damage):
    before = scanned.images()
    for path in scanned.folder.glob("images.sqlite-*"):
        path.unlink()
    (scanned.folder / "images.sqlite").write_bytes(damage)
    again = open_project(scanned.folder)
    assert again.notices == (
        "The list of images was damaged; the one from the last scan was used.",
    )
    assert again.images() == before


def test_a_list_of_images_damaged_with_its_backup_can_be_scanned_again(scanned):
    for path in scanned.folder.glob("images.sqlite*"):
        path.write_bytes(b"x" * 5000)
    again = open_project(scanned.folder)
    assert "scan the folder again" in again.notices[0]
    assert again.images() == []
    assert ScanJob(scanned.folder).run(Reporter()).images == 12


def test_a_list_of_images_of_a_newer_format_is_refused(scanned):
    with sqlite3.connect(scanned.folder / "images.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(StorageError, match="list of images has format 99"):
        open_project(scanned.folder)


def test_a_folder_without_a_project(tmp_path):
    with pytest.raises(LayerloomError, match="no Layerloom project in this folder"):
        open_project(tmp_path)
