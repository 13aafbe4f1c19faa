"""A project: one folder that holds the name, the list of images, the designs and the runs."""

from __future__ import annotations

import datetime
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import msgspec

from core.atomic import previous_version, write_atomically
from core.decoding import decode
from core.errors import StorageError
from core.images.folders import FoundImage, Split, check_classes, find_images
from core.images.scanning import LabelledImage
from core.paths import projects_folder
from core.project.image_index import DamagedIndexError, ImageIndex

FORMAT = 1
SUFFIX = ".layerloom"


class ProjectRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What the project file says.

    Attributes:
        format: Version of the project's format.
        name: As shown.
        images: The folder of images, relative to the project's folder where it lies inside.
        validation: A folder of images to validate with, if it is not part of `images`.
        seed: Decides the division into training, validation and test images.
        created: ISO 8601, UTC.
    """

    format: int = FORMAT
    name: str
    images: str
    validation: str = ""
    seed: int = 0
    created: str = ""


class _Version(msgspec.Struct):
    format: int


class Project:
    """An open project folder. It holds no state but the record: the folder is the truth.

    Args:
        folder: The project's folder.
        record: What its project file says.
        notices: What had to be repaired to open it, as sentences for the user.
    """

    def __init__(self, folder: Path, record: ProjectRecord, notices: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.record = record
        self.notices = notices
        self.index = ImageIndex(folder / "images.sqlite", self.images_folder)

    @property
    def images_folder(self) -> Path:
        """The folder the images lie in."""
        return (self.folder / self.record.images).absolute()

    @property
    def runs_folder(self) -> Path:
        """The folder with one sub-folder per training run."""
        return self.folder / "runs"

    @property
    def cache_folder(self) -> Path:
        """Features and thumbnails: safe to delete."""
        return self.folder / "cache"

    def find_images(self) -> list[FoundImage]:
        """List the images that the project's folders hold now, without opening any.

        Raises:
            FolderError: A folder is missing, or does not hold images by class.
        """
        found = find_images(self.images_folder)
        if not self.record.validation:
            return found
        learn = [
            replace(i, split=Split.TRAINING) for i in found if i.split in (None, Split.TRAINING)
        ]
        validation = find_images(self.folder / self.record.validation)
        return learn + [replace(i, split=Split.VALIDATION) for i in validation]

    def images(self) -> list[LabelledImage]:
        """Return the images as last scanned; empty before the first scan.

        Raises:
            StorageError: The list of images cannot be read.
        """
        return self.index.images()

    def keep_images(self, images: list[LabelledImage]) -> None:
        """Replace the list of images.

        Raises:
            StorageError: It cannot be written; the old list is then still there.
        """
        self.index.replace(images)

    def thumbnail_path(self, image: LabelledImage) -> Path:
        """Return where the thumbnail of an image is kept."""
        name = image.content_hash.hex()
        return self.cache_folder / "thumbnails" / name[:2] / f"{name}.jpg"


def create_project(
    folder: Path, images: Path, *, validation: Path | None = None, name: str = "", seed: int = 0
) -> Project:
    """Make a project folder for a folder of images, and perhaps another to validate with.

    Raises:
        StorageError: There is a project already, or it cannot be written.
    """
    if project_file(folder):
        raise StorageError("This folder already contains a project", folder, "Open it instead.")
    record = ProjectRecord(
        name=name or folder.name,
        images=_relative(images.absolute(), folder.absolute()),
        validation=_relative(validation.absolute(), folder.absolute()) if validation else "",
        seed=seed,
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    )
    file = folder / f"{_file_name(record.name)}{SUFFIX}"
    write_atomically(file, msgspec.json.format(msgspec.json.encode(record)), keep_previous=True)
    shutil.copyfile(file, previous_version(file))
    return Project(folder.absolute(), record)


def open_project(path: Path) -> Project:
    """Open a project by its folder or its `.layerloom` file, repairing what can be repaired.

    A damaged project file or list of images is replaced by its backup; the project's `notices`
    say so.

    Raises:
        StorageError: There is no project, it is of a newer format or damaged beyond mending.
    """
    file = path if path.suffix == SUFFIX and not path.is_dir() else project_file(path)
    if file is None or not (file.exists() or previous_version(file).exists()):
        raise StorageError(
            f"There is no Layerloom project in this folder (no {SUFFIX} file)",
            path,
            "Choose a project's folder.",
        )
    record, notices = _read_record(file)
    project = Project(file.parent.absolute(), record, ())
    project.notices = notices + _mend_index(project)
    return project


def project_for_images(
    images: Path,
    *,
    folder: Path | None = None,
    validation: Path | None = None,
    seed: int | None = None,
) -> Project:
    """Open the project of a folder of images, or make it.

    Args:
        images: The folder of images.
        folder: The project's folder; by default one in the usual place, named like the images.
        validation: A folder of images to validate with.
        seed: Decides the splits of a new project (0 by default); a project keeps its own.

    Raises:
        FolderError: The folder of images is missing or does not hold images by class.
        StorageError: The project can neither be opened nor made, or is about other images.
    """
    found = find_images(images)
    check_classes(Counter(image.class_name for image in found), images)
    folder = folder or _usual_folder(images, validation)
    if folder.resolve().is_relative_to(images.resolve()):
        raise StorageError(
            "The project would be inside the folder of images",
            folder,
            f"Choose a folder outside {images}.",
        )
    if project_file(folder) is None:
        return create_project(folder, images, validation=validation, seed=seed or 0)
    project = open_project(folder)
    if not _is_about(project.folder, project.record, images, validation):
        raise StorageError(
            f"The project in this folder uses other images ({project.images_folder})",
            folder,
            "Choose another project folder.",
        )
    return project


def _usual_folder(images: Path, validation: Path | None) -> Path:
    """Return the folder in the usual place that is, or can become, the project of the images."""
    name = images.resolve().name or "Images"
    for number in range(1, 1000):
        folder = projects_folder() / (name if number == 1 else f"{name} {number}")
        file = project_file(folder)
        if file is None or _is_about(folder, _read_record(file)[0], images, validation):
            return folder
    raise StorageError("There are too many projects of this name", projects_folder())


def _is_about(folder: Path, record: ProjectRecord, images: Path, validation: Path | None) -> bool:
    """Return whether a project is about these folders of images."""
    theirs = (folder / record.validation).resolve() if record.validation else None
    same_validation = theirs == (validation.resolve() if validation else None)
    return same_validation and (folder / record.images).resolve() == images.resolve()


def project_file(folder: Path) -> Path | None:
    """Return the `.layerloom` file of a folder, also if only its backup is left, or None."""
    if not folder.is_dir():
        return None
    files = sorted(folder.glob(f"*{SUFFIX}")) or [
        backup.with_suffix("") for backup in sorted(folder.glob(f"*{SUFFIX}.bak"))
    ]
    return next((file for file in files if not file.is_dir()), None)


def _read_record(file: Path) -> tuple[ProjectRecord, tuple[str, ...]]:
    """Read the project file, or else its backup."""
    try:
        return _decode_record(file), ()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        backup = previous_version(file)
        try:
            record = _decode_record(backup)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            raise StorageError(
                f"The project file is damaged ({error})",
                file,
                "Create a new project for the same images; the runs in this one can still be used.",
            ) from error
    write_atomically(file, backup.read_bytes())
    return record, (f"The project file {file.name} was damaged; its backup was used.",)


def _decode_record(file: Path) -> ProjectRecord:
    data = file.read_bytes()
    version = decode(data, _Version).format
    if version > FORMAT:
        raise StorageError(
            f"The project has format {version}; this version of Layerloom supports up to {FORMAT}",
            file,
            "Open it with a newer version of Layerloom.",
        )
    return decode(data, ProjectRecord)


def _mend_index(project: Project) -> tuple[str, ...]:
    try:
        project.index.check()
    except DamagedIndexError:
        if project.index.restore():
            return ("The list of images was damaged; the one from the last scan was used.",)
        return ("The list of images was damaged: scan the folder again to create a new one.",)
    return ()


def _relative(images: Path, folder: Path) -> str:
    inside = images.is_relative_to(folder)
    return images.relative_to(folder).as_posix() if inside else str(images)


def _file_name(name: str) -> str:
    """Return a name without the characters that some file system refuses."""
    return "".join("_" if c in '<>:"/\\|?*' or ord(c) < 32 else c for c in name).strip(" .")[:80]
