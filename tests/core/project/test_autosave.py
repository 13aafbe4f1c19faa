"""Unsaved designs are kept whole, newest first, and damaged ones are put aside."""

import os

import pytest

from core.network.templates import TEMPLATES
from core.project.autosave import (
    Autosave,
    AutosaveError,
    autosave_folder,
    autosaved_files,
    forget_autosave,
    put_aside,
    read_autosave,
    write_autosave,
)

LENET = Autosave(title="LeNet-5 ü", path="/x/lenet.json", network=TEMPLATES["lenet5"].build(10))


def written(name, when=0):
    file = autosave_folder() / f"{name}.autosave"
    write_autosave(file, LENET)
    if when:
        os.utime(file, ns=(when, when))
    return file


def test_there_are_none_at_first():
    assert autosaved_files() == []


def test_an_autosave_round_trips():
    read = read_autosave(written("a"))
    assert (read.title, read.path, read.network) == (LENET.title, LENET.path, LENET.network)
    assert read.saved


def test_the_newest_comes_first_and_one_can_be_forgotten():
    old, new = written("a", when=10**18), written("b", when=10**18 + 1)
    assert autosaved_files() == [new, old]
    forget_autosave(new)
    forget_autosave(new)
    assert autosaved_files() == [old]


@pytest.mark.parametrize("content", [b"", b"{", b'{"format": 1}', b'{"format": 99}', b"\xff"])
def test_what_cannot_be_read_is_a_sentence_and_is_put_aside(content):
    file = written("a")
    file.write_bytes(content)
    with pytest.raises(AutosaveError, match=r"unsaved design|newer version of Layerloom"):
        read_autosave(file)
    assert put_aside(file).read_bytes() == content
    assert autosaved_files() == []
