import pytest

from core.images.folders import FolderError, Split, class_names, find_images
from tests.conftest import write_images


def test_one_sub_folder_per_class(images):
    found = find_images(images)
    assert {image.class_name for image in found} == {"blue", "red"}
    assert {image.split for image in found} == {None}
    assert len(found) == 12


@pytest.mark.parametrize("name", ["val", "valid", "Validation"])
def test_split_folders_are_known_by_their_names(tmp_path, name):
    write_images(tmp_path / "train", count=3)
    write_images(tmp_path / name, count=2)
    write_images(tmp_path / "test", count=1)
    splits = [image.split for image in find_images(tmp_path)]
    assert [splits.count(split) for split in Split] == [6, 4, 2]


def test_a_class_may_be_called_train(tmp_path):
    write_images(tmp_path, classes=("train", "tram"), count=1)
    assert {image.class_name for image in find_images(tmp_path)} == {"train", "tram"}


def test_hidden_files_and_folders_are_passed_over(images):
    (images / ".hidden").mkdir()
    (images / ".hidden" / "a.png").write_bytes(b"")
    (images / "red" / "._a.png").write_bytes(b"")
    (images / "red" / "notes.txt").write_bytes(b"")
    assert len(find_images(images)) == 12


def test_names_in_any_script(tmp_path):
    names = ("муравьи", "蜜蜂", "with space", "🐜")
    write_images(tmp_path, classes=names, count=1)
    assert {image.class_name for image in find_images(tmp_path)} == set(names)


def test_a_class_folder_without_images_is_named(images, tmp_path):
    (images / "wasps").mkdir()
    assert class_names(images) == {"blue", "red", "wasps"}
    assert class_names(tmp_path / "nowhere") == set()


def test_a_missing_folder(tmp_path):
    with pytest.raises(FolderError, match="does not exist"):
        find_images(tmp_path / "nowhere")


def test_an_empty_folder(tmp_path):
    with pytest.raises(FolderError, match="contains no images"):
        find_images(tmp_path)


def test_images_without_class_folders(images):
    with pytest.raises(FolderError, match="6 images but no class folders"):
        find_images(images / "red")


def test_a_file_in_the_place_of_a_folder(images):
    with pytest.raises(FolderError, match="a file, not a folder"):
        find_images(next((images / "red").iterdir()))


def test_a_link_back_to_the_folder_is_no_class(images):
    (images / "loop").symlink_to(images)
    (images / "up").symlink_to(images.parent)
    assert {image.class_name for image in find_images(images)} == {"blue", "red"}
