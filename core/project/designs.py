"""Designs as files: those of a project by name, and the weights that lie beside them."""

from __future__ import annotations

import hashlib
import math
import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

import safetensors
import safetensors.numpy

from core.atomic import atomic_path, write_atomically
from core.errors import LayerloomError, storage_errors
from core.network.layers.base.layer import Weights
from core.network.network import Network, encode_network, read_network
from core.version import VERSION

FOLDER = "networks"
"""Of a project's designs, below the project's folder."""
SUFFIX = ".json"
WEIGHTS_SUFFIX = ".safetensors"
PINNED = "cache/designs"
"""Of the designs as trainings began from them, below the project's folder."""
MOST_PINNED = 8
"""How many of them stay that no run names; each has its weights, mostly as a second name."""

MARK = "layerloom"
"""In the metadata of files of weights that Layerloom wrote."""

_REFUSED = '<>:"/\\|?*'
"""Characters that some file system does not take."""


class DesignFileError(LayerloomError):
    """A design's file, or the weights beside it, that cannot be used."""


class DesignChangedError(DesignFileError):
    """A design's file that is not as it was when it was last read or written here."""


@dataclass(frozen=True, slots=True)
class StoredWeights:
    """Weights in a file: what is known of them without reading the numbers.

    Attributes:
        path: A `.safetensors` file.
        shapes: Of its tensors, by their name.
    """

    path: Path
    shapes: dict[str, tuple[int, ...]]

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return sum(math.prod(shape) for shape in self.shapes.values())


@dataclass(frozen=True, slots=True)
class Design:
    """A design as it lies in its file.

    Attributes:
        name: As shown: the file's name without its suffix.
        path: The file.
        network: The design.
        weights: Those that lie beside it, or None.
        content: Hash of the file as it was read or written; "" where it was not.
    """

    name: str
    path: Path
    network: Network
    weights: StoredWeights | None = None
    content: str = ""


def list_designs(project: Path) -> list[tuple[str, Path]]:
    """Return the name and the file of each design of a project, by name.

    Args:
        project: The project's folder.

    Raises:
        StorageError: The folder cannot be read.
    """
    folder = project / FOLDER
    with storage_errors(folder, "looking for designs"):
        if not folder.is_dir():
            return []
        files = [path for path in folder.iterdir() if _is_design(path)]
    return sorted(((path.stem, path) for path in files), key=lambda pair: pair[0].casefold())


def design_path(project: Path, name: str) -> Path:
    """Return where a project keeps the design of this name.

    Raises:
        DesignFileError: Nothing of the name is left once what files cannot be called is taken out.
    """
    bare = "".join(" " if c in _REFUSED or ord(c) < 32 else c for c in name).strip(" .")[:80]
    if not bare:
        raise DesignFileError(
            f"“{name}” is not a valid name for a design", hint="Use letters in the name."
        )
    return project / FOLDER / f"{bare}{SUFFIX}"


def read_design(path: Path) -> Design:
    """Read a design's file and the shapes of the weights beside it.

    Raises:
        NetworkError: The file cannot be read or is no design.
        DesignFileError: The weights beside it are damaged.
    """
    content = _content(path)
    network = read_network(path)
    beside = weights_path(path)
    weights = stored_weights(beside) if beside.exists() else None
    return Design(path.stem, path, network, weights, content)


def save_design(
    path: Path, network: Network, weights: StoredWeights | None = None, known: str = ""
) -> Design:
    """Write a design, and the weights it came with beside it, each whole or not at all.

    Weights of Layerloom's that lie beside `path` already and are not these are taken away, because
    they belong to another design; a file of somebody else's is never touched.

    Args:
        path: The file.
        network: The design.
        weights: Those it came with.
        known: Hash of what may be written over, as `Design.content`; "": whatever is there.

    Raises:
        StorageError: A file cannot be written.
        DesignChangedError: The file is not what is known.
        DesignFileError: The weights are no longer there, or a file of somebody else's lies there.
    """
    if known and _content(path) not in ("", known):
        raise DesignChangedError(
            f"“{path.name}” was changed by another window or program since it was opened here",
            hint="Replace it, or save the design under another name.",
        )
    beside = weights_path(path)
    if weights is not None and not _same_file(weights.path, beside):
        _copy(weights.path, beside)
    data = encode_network(network)
    write_atomically(path, data)
    content = hashlib.sha256(data).hexdigest()
    if weights is None:
        _take_away(beside)
        return Design(path.stem, path, network, None, content)
    return Design(path.stem, path, network, StoredWeights(beside, weights.shapes), content)


def _content(path: Path) -> str:
    """Return a hash of a file, or "" if there is none that can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def pin_design(project: Path, design: Path) -> Path:
    """Keep a design and its weights as they are now, for a training that begins later.

    What is saved under the design's name afterwards does not change what is kept. The same design
    is kept once, in the project's cache. Nothing is flushed to the disk: it takes a millisecond.
    Of earlier ones, the newest and those that a run began from stay.

    Args:
        project: The project's folder.
        design: The design's file.

    Returns:
        The kept file, called like the design's.

    Raises:
        StorageError: The design cannot be read or kept.
    """
    beside = weights_path(design)
    with storage_errors(design, "saving the design for the training"):
        content = design.read_bytes()
        state = beside.stat() if beside.exists() else None
        known = f"{state.st_ino} {state.st_size} {state.st_mtime_ns}" if state else ""
        digest = hashlib.sha256(content + known.encode()).hexdigest()[:24]
        kept = project / PINNED / digest / design.name
        kept.parent.mkdir(parents=True, exist_ok=True)
        if state:
            _put(beside, weights_path(kept), link=True)
        _put(design, kept)
        _forget_pinned(project)
    return kept


def _forget_pinned(project: Path) -> None:
    """Delete kept designs but the newest and those that a run, also one in the trash, names."""
    pinned = [(folder.stat().st_mtime_ns, folder) for folder in (project / PINNED).iterdir()]
    old = [folder for _, folder in sorted(pinned)[:-MOST_PINNED]]
    if not old:
        return
    told = [file.read_bytes() for file in project.glob("*/*/settings.json")]
    for folder in old:
        if not any(folder.name.encode() in settings for settings in told):
            shutil.rmtree(folder, ignore_errors=True)


def _put(source: Path, target: Path, *, link: bool = False) -> None:
    """Copy a file, or have a second name for it where the file system allows that."""
    temporary = target.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        if link:
            try:
                os.link(source, temporary)  # files are replaced when saved, never written into
            except OSError:
                shutil.copyfile(source, temporary)
        else:
            shutil.copyfile(source, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)  # renaming one name of a file onto another does nothing


def weights_path(design: Path) -> Path:
    """Return where the weights of a design lie if it has some."""
    return design.with_suffix(WEIGHTS_SUFFIX)


def stored_weights(path: Path) -> StoredWeights:
    """Read the names and shapes in a `.safetensors` file, and no numbers.

    Raises:
        DesignFileError: It cannot be read or is no whole safetensors file.
    """
    try:
        with safetensors.safe_open(path, framework="numpy") as file:
            shapes = {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118 - no mapping
    except (OSError, safetensors.SafetensorError, ValueError) as error:
        raise DesignFileError(
            f"The weights beside the design cannot be read ({error})",
            path,
            "Move the file away to open the design without weights.",
        ) from error
    return StoredWeights(path, shapes)


def store_weights(path: Path, weights: Weights) -> StoredWeights:
    """Write weights to a `.safetensors` file, whole or not at all.

    Raises:
        StorageError: The file cannot be written.
    """
    with atomic_path(path) as temporary:
        safetensors.numpy.save_file(weights, temporary, metadata={MARK: VERSION})
    return StoredWeights(path, {name: value.shape for name, value in weights.items()})


def _is_design(path: Path) -> bool:
    return path.suffix == SUFFIX and not path.name.startswith(".") and path.is_file()


def _same_file(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _is_ours(path: Path) -> bool:
    """Return whether Layerloom wrote a file of weights."""
    try:
        with safetensors.safe_open(path, framework="numpy") as file:
            return MARK in (file.metadata() or {})
    except (OSError, safetensors.SafetensorError, ValueError):
        return False


def _take_away(path: Path) -> None:
    if path.exists() and _is_ours(path):
        with storage_errors(path, "deleting the old weights"):
            path.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    if target.exists() and not _is_ours(target):
        raise DesignFileError(
            "The design's weights would replace a file that Layerloom did not write",
            target,
            "Save the design under another name.",
        )
    if not source.exists():
        raise DesignFileError(
            "The weights of the design no longer exist",
            source,
            "Open the pretrained network again.",
        )
    with atomic_path(target) as temporary:
        shutil.copyfile(source, temporary)
