"""The files that hold a network, told apart by their suffix."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DesignFile:
    """A design's `.json` file, whether it is there or not."""

    path: Path


@dataclass(frozen=True, slots=True)
class OnnxFile:
    """An `.onnx` file, whether it is there or not."""

    path: Path


def network_file(path: Path) -> DesignFile | OnnxFile | None:
    """Return what kind of network a file of this name holds, or None."""
    match path.suffix.lower():
        case ".json":
            return DesignFile(path)
        case ".onnx":
            return OnnxFile(path)
    return None
