"""What a training begins from, kept so that it can begin later and once more."""

from __future__ import annotations

from pathlib import Path

from core.network.network import read_network
from core.opening.meaning import RunFolder, meaning
from core.opening.network_file import DesignFile, OnnxFile
from core.project.designs import pin_design


def kept_beginning(name: str, project: Path, folder: Path = Path()) -> str:
    """Return a name that means the same later, from any folder.

    Of a design it is a copy, which saving does not change.

    Args:
        name: Of what the training starts from.
        project: Keeps the copy.
        folder: What the path of a file is relative to.

    Raises:
        NetworkError: The design's file is not there, or holds none.
        StorageError: The copy cannot be kept.
    """
    match meaning(name):
        case DesignFile(path):
            read_network(folder / path)  # what is wrong is said of the file itself, not of the copy
            return str(pin_design(project, folder / path))
        case OnnxFile(path) | RunFolder(path) if (folder / path).exists():
            return str((folder / path).absolute())
    return name
