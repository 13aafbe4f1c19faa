import os
import signal
import subprocess
import sys

import pytest

from core.atomic import atomic_path, previous_version, write_atomically
from core.errors import StorageError


def test_a_reader_sees_the_old_content_until_the_new_one_is_whole(tmp_path):
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")
    with atomic_path(path) as temporary:
        temporary.write_bytes(b"half of the n")
        assert path.read_bytes() == b"old"
        temporary.write_bytes(b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["file.txt"]


def test_a_failure_leaves_the_old_content_and_nothing_else(tmp_path):
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), atomic_path(path) as temporary:
        temporary.write_bytes(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file.txt"]


def test_the_previous_version_is_kept_where_asked(tmp_path):
    path = tmp_path / "file.txt"
    write_atomically(path, b"one", keep_previous=True)
    write_atomically(path, b"two", keep_previous=True)
    assert (path.read_bytes(), previous_version(path).read_bytes()) == (b"two", b"one")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_kill_in_the_middle_leaves_the_old_content(tmp_path):
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")
    code = f"""
import os, signal
from pathlib import Path
from core.atomic import atomic_path
with atomic_path(Path({str(path)!r})) as temporary:
    temporary.write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", code], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_no_room_becomes_a_sentence(tmp_path):
    path = tmp_path / "file.bin"
    path.write_bytes(b"old")
    code = f"""
import resource
from pathlib import Path
from core.atomic import write_atomically
from core.errors import StorageError
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_atomically(Path({str(path)!r}), bytes(100_000))
except StorageError as error:
    print(error)
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("There is disk became full while writing file.bin")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file.bin"]


def test_a_place_that_may_not_be_written_becomes_a_sentence(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="went wrong while writing"):
        write_atomically(tmp_path / "file" / "below a file", b"")
