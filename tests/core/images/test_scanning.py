import io
import os
import shutil
import sys

import numpy as np
import pytest
from PIL import Image

from core.errors import Stopped
from core.images.examining import (
    NEAR_DUPLICATE_BITS,
    fingerprint,
    groups_of_near_duplicates,
)
from core.images.folders import find_images
from core.images.reading import read_image
from core.images.scanning import Unreadable, scan, scan_folder
from core.jobs.job import Reporter
from core.jobs.messages import Wish


def test_what_a_folder_holds(images):
    (images / "wasps").mkdir()
    report = scan_folder(images, Reporter())
    assert report.classes == {"blue": 6, "red": 6, "wasps": 0}
    assert report.images == 12
    assert report.splits == {}
    assert report.problems.few_images == {"blue": 6, "red": 6, "wasps": 0}
    assert len(report.problems.small_images) == 12


def test_every_unreadable_file_is_listed_with_its_reason_and_left_as_it_is(images):
    bad = images / "red" / "cut 🐝.png"
    bad.write_bytes((images / "red" / "red 0.png").read_bytes()[:500])
    (images / "red" / "empty.jpg").touch()
    before = {path: path.read_bytes() for path in images.rglob("*.*")}
    report = scan_folder(images, Reporter())
    assert {u.path: u.why for u in report.problems.unreadable} == {
        "red/cut 🐝.png": "The file is incomplete: part of the image is missing",
        "red/empty.jpg": "The file is empty",
    }
    assert {path: path.read_bytes() for path in images.rglob("*.*")} == before


def test_copies_and_look_alikes_are_found_and_leaks_named(tmp_path, ants_bees):
    photos = sorted((ants_bees / "train" / "bees").iterdir())[:6]
    for split, chosen in (("train", photos[:4]), ("val", photos[4:])):
        for class_name in ("a", "b"):
            (tmp_path / split / class_name).mkdir(parents=True)
        for number, photo in enumerate(chosen):
            shutil.copy(photo, tmp_path / split / "ab"[number % 2])
    shutil.copy(photos[0], tmp_path / "val" / "a" / "same file.jpg")
    with Image.open(photos[1]) as image:
        half = image.convert("RGB").resize((image.width // 2, image.height // 2))
    half.save(tmp_path / "train" / "a" / "smaller.jpg", quality=70)
    problems = scan_folder(tmp_path, Reporter()).problems
    assert problems.duplicates == [[f"train/a/{photos[0].name}", "val/a/same file.jpg"]]
    assert problems.leaks == problems.duplicates
    assert [f"train/b/{photos[1].name}" in group for group in problems.mislabelled_duplicates] == [
        True
    ]
    assert len(problems.near_duplicates) == 2


def test_the_fingerprint_survives_saving_again():
    random = np.random.default_rng(0)
    coarse = random.integers(0, 256, (9, 12, 3), np.uint8)
    pixels = np.asarray(Image.fromarray(coarse).resize((400, 300), Image.Resampling.BICUBIC))
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=50)
    other = fingerprint(np.ascontiguousarray(pixels[::-1]))
    groups = groups_of_near_duplicates(
        [fingerprint(pixels), other, fingerprint(read_image(buffer.getvalue()))]
    )
    assert groups == [[0, 2]]


def test_all_close_fingerprints_are_found_and_no_others():
    random = np.random.default_rng(5)
    base = random.integers(0, 2, (40, 256))
    rows = [base]
    for flips in (1, 7, 8, 9, 17, 40):
        changed = base.copy()
        for row in changed:
            row[random.choice(256, flips, replace=False)] ^= 1
        rows.append(changed)
    bits = np.concatenate(rows).astype(np.uint8)
    expected: dict[int, set[int]] = {i: {i} for i in range(len(bits))}
    for i in range(len(bits)):
        for j in range(i):
            if (bits[i] != bits[j]).sum() <= NEAR_DUPLICATE_BITS:
                merged = expected[i] | expected[j]
                expected |= dict.fromkeys(merged, merged)
    groups = {tuple(sorted(group)) for group in expected.values() if len(group) > 1}
    found = groups_of_near_duplicates([np.packbits(row).tobytes() for row in bits])
    assert {tuple(sorted(group)) for group in found} == groups
    assert len(groups) >= 40


def test_plain_images_are_not_taken_for_copies():
    plain = [fingerprint(np.full((50, 50, 3), grey, np.uint8)) for grey in (0, 128, 255)]
    assert groups_of_near_duplicates(plain) == []


def test_unchanged_files_are_not_read_again(images, monkeypatch):
    known = scan(find_images(images), [], Reporter())
    changed = images / "red" / "red 0.png"
    shutil.copyfile(images / "blue" / "blue 0.png", changed)
    os.utime(changed, ns=(1, 1))
    read = []
    monkeypatch.setattr(
        "core.images.scanning.examine", lambda path: (read.append(path), examine(path))[1]
    )
    from core.images.examining import examine

    again = scan(find_images(images), known, Reporter())
    assert read == [changed]
    assert len(again) == 12


def test_a_scan_stops_when_asked(images):
    with pytest.raises(Stopped):
        scan(find_images(images), [], Reporter(wish=lambda: Wish.STOP))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_a_name_that_is_no_unicode_is_listed(images):
    shutil.copy(images / "red" / "red 0.png", os.fsencode(images / "red") + b"/\xff\xfe.png")
    (problem,) = scan_folder(images, Reporter()).problems.unreadable
    assert problem.why == "The file's name is not valid Unicode: rename it"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_a_pipe_is_listed_and_not_waited_for(images):
    os.mkfifo(images / "red" / "pipe.jpg")
    (problem,) = scan_folder(images, Reporter()).problems.unreadable
    assert problem == Unreadable("red/pipe.jpg", "This is not a file but a pipe or device")


def test_the_same_plain_file_in_two_classes_is_pointed_out(images):
    for name in ("red", "blue"):
        Image.new("RGB", (90, 90), "grey").save(images / name / "plain.png")
    problems = scan_folder(images, Reporter()).problems
    assert problems.mislabelled_duplicates == [["blue/plain.png", "red/plain.png"]]
