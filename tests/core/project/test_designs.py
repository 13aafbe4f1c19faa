"""Designs as files: listed by name, whole or not at all, with the weights beside them."""

import json
import os

import numpy as np
import pytest
import safetensors.numpy

from core.errors import LayerloomError
from core.network.network import NetworkError
from core.network.templates import TEMPLATES
from core.project.designs import (
    MOST_PINNED,
    DesignChangedError,
    DesignFileError,
    design_path,
    list_designs,
    pin_design,
    read_design,
    save_design,
    store_weights,
    weights_path,
)

LENET = TEMPLATES["lenet5"].build(10)


def test_a_project_without_designs_lists_none(tmp_path):
    assert list_designs(tmp_path) == []


def test_designs_are_listed_by_name(tmp_path):
    for name in ("zebra", "Ameisen und Bienen", "übung"):
        save_design(design_path(tmp_path, name), LENET)
    (tmp_path / "networks" / ".hidden.json").write_text("{}")
    (tmp_path / "networks" / "notes.txt").write_text("x")
    assert [name for name, _ in list_designs(tmp_path)] == ["Ameisen und Bienen", "zebra", "übung"]
    assert all(path.parent == tmp_path / "networks" for _, path in list_designs(tmp_path))


def test_a_design_round_trips_with_its_weights(tmp_path):
    given = {"conv1.weight": np.arange(12, dtype=np.float32).reshape(3, 4), "n": np.array(7)}
    weights = store_weights(tmp_path / "elsewhere.safetensors", given)
    path = design_path(tmp_path, "net")
    saved = save_design(path, LENET, weights)
    read = read_design(path)
    assert read == saved
    assert read.network == LENET
    assert read.weights.shapes == {"conv1.weight": (3, 4), "n": ()}
    assert read.weights.size == 13
    held = safetensors.numpy.load_file(weights_path(path))
    assert all((held[name] == value).all() for name, value in given.items())


def test_saving_again_keeps_the_weights_beside(tmp_path):
    path = design_path(tmp_path, "net")
    weights = store_weights(tmp_path / "w.safetensors", {"a": np.zeros(3)})
    saved = save_design(path, LENET, weights)
    assert save_design(path, LENET, saved.weights).weights.shapes == {"a": (3,)}


def test_another_designs_weights_do_not_stay_beside(tmp_path):
    path = design_path(tmp_path, "net")
    save_design(path, LENET, store_weights(tmp_path / "w.safetensors", {"a": np.zeros(3)}))
    save_design(path, LENET)
    assert read_design(path).weights is None


def test_a_file_of_somebody_elses_is_never_touched(tmp_path):
    theirs = tmp_path / "model.safetensors"
    safetensors.numpy.save_file({"x": np.ones(2)}, theirs)
    before = theirs.read_bytes()
    save_design(tmp_path / "model.json", LENET)
    weights = store_weights(tmp_path / "w.safetensors", {"a": np.zeros(3)})
    with pytest.raises(DesignFileError, match="did not write"):
        save_design(tmp_path / "model.json", LENET, weights)
    assert theirs.read_bytes() == before


def test_weights_that_are_gone_are_told(tmp_path):
    weights = store_weights(tmp_path / "w.safetensors", {"a": np.zeros(3)})
    weights.path.unlink()
    with pytest.raises(DesignFileError, match="no longer exist"):
        save_design(tmp_path / "net.json", LENET, weights)
    assert not (tmp_path / "net.json").exists()


@pytest.mark.parametrize(
    ("name", "file"),
    [("a/b:c", "a b c.json"), ("…naïve…", "…naïve….json"), (" ../x ", "x.json")],
)
def test_a_name_becomes_a_file_below_the_project(tmp_path, name, file):
    assert design_path(tmp_path, name) == tmp_path / "networks" / file


def test_a_name_of_nothing_is_refused(tmp_path):
    with pytest.raises(DesignFileError, match="not a valid name"):
        design_path(tmp_path, " /.. ")


def test_damaged_files_are_sentences(tmp_path):
    path = design_path(tmp_path, "net")
    save_design(path, LENET)
    weights_path(path).write_bytes(b"no safetensors")
    with pytest.raises(DesignFileError, match="weights beside the design"):
        read_design(path)
    path.write_text('{"nodes": 5}')
    with pytest.raises(NetworkError):
        read_design(path)


def test_a_folder_that_cannot_be_read_is_a_sentence(tmp_path):
    (tmp_path / "networks").write_text("a file")
    assert list_designs(tmp_path) == []
    with pytest.raises(LayerloomError):
        save_design(design_path(tmp_path, "net"), LENET)


def test_a_kept_design_is_as_it_was(tmp_path):
    path = tmp_path / "networks" / "Netz ü.json"
    weights = store_weights(tmp_path / "source.safetensors", {"a.weight": np.ones(3, np.float32)})
    save_design(path, TEMPLATES["lenet5"].build(10), weights)
    before, numbers = path.read_bytes(), weights_path(path).read_bytes()
    kept = pin_design(tmp_path, path)
    assert kept.name == path.name
    assert pin_design(tmp_path, path) == kept
    other = store_weights(tmp_path / "other.safetensors", {"a.weight": np.zeros(5, np.float32)})
    save_design(path, TEMPLATES["alexnet"].build(10), other)
    assert kept.read_bytes() == before
    assert weights_path(kept).read_bytes() == numbers
    newer = pin_design(tmp_path, path)
    assert newer != kept
    assert newer.read_bytes() == path.read_bytes()
    save_design(path, TEMPLATES["alexnet"].build(10))
    assert not weights_path(pin_design(tmp_path, path)).exists()
    assert [file.name for file in kept.parent.iterdir() if file.name.startswith(".")] == []


def test_only_the_newest_kept_designs_and_those_of_runs_stay(tmp_path):
    path = tmp_path / "networks" / "net.json"
    kept = []
    for classes in range(10, 10 + 2 * MOST_PINNED):
        save_design(path, TEMPLATES["lenet5"].build(classes))
        kept.append(pin_design(tmp_path, path))
        os.utime(kept[-1].parent, ns=(classes, classes))  # a clock may be coarser than a test
        if classes == 11:
            run = tmp_path / "runs" / "1"
            run.mkdir(parents=True)
            (run / "settings.json").write_text(json.dumps({"network": str(kept[-1])}))
    assert kept[1].exists()
    assert not kept[0].exists()
    left = [file for file in kept if file.exists()]
    assert len(left) <= MOST_PINNED + 2
    assert left[-MOST_PINNED + 1 :] == kept[-MOST_PINNED + 1 :]


def test_a_design_that_is_gone_cannot_be_kept(tmp_path):
    with pytest.raises(LayerloomError, match="saving the design"):
        pin_design(tmp_path, tmp_path / "networks" / "gone.json")


def test_a_file_that_is_not_what_was_read_is_not_written_over(tmp_path):
    path = tmp_path / "net.json"
    known = save_design(path, LENET).content
    assert read_design(path).content == known
    again = save_design(path, LENET, known=known)
    other = save_design(path, TEMPLATES["zfnet"].build(10))
    with pytest.raises(DesignChangedError, match="changed by another window or program"):
        save_design(path, LENET, known=again.content)
    assert read_design(path) == other
    path.unlink()
    assert save_design(path, LENET, known=known).content == known
