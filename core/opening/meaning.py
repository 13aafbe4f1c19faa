"""What the name of a network means: one of the list, a file, or a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.opening.listing import ListedNetwork, listed_network
from core.opening.network_file import DesignFile, OnnxFile, network_file
from core.runs.run_files import is_finished


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder of a finished run; one that is gone is known by its whole path."""

    path: Path


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that no list has; only a newer torchvision may know it."""

    name: str


Meaning = ListedNetwork | DesignFile | OnnxFile | RunFolder | UnknownName


def meaning(name: str) -> Meaning:
    """Return what a name means.

    A folder that is called like a listed network hides it only if a finished run is in it.

    Args:
        name: As a person gives it: a listed network's name, or the path of a file or a folder.
    """
    path = Path(name)
    if is_finished(path):
        return RunFolder(path)
    if file := network_file(path):
        return file
    if path.is_absolute():
        return RunFolder(path)
    return listed_network(name) or UnknownName(name)
