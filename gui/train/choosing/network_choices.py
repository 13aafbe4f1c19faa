"""The networks a training can start from, and what each keeps of its weights."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.network.running.fit_weights import LayerFit


@dataclass(frozen=True, slots=True)
class NetworkChoice:
    """A network in the list.

    Attributes:
        name: As `TrainingChoices` keeps it.
        title: As shown.
        kind: "pretrained", "download", "design" or "template".
    """

    name: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class StartFit:
    """What becomes of a network's weights.

    Attributes:
        layers: Each layer with weights.
    """

    layers: tuple[LayerFit, ...]


def network_choices(project_folder: Path | None, chosen: str = "") -> list[NetworkChoice]:
    """Return the networks to choose from. Reads folders: not for the window's thread.

    Args:
        project_folder: Its designs are among them.
        chosen: The network in use: a design that lies elsewhere is listed too.
    """
    from core.network.templates import TEMPLATES
    from core.pretrained.catalogue import PRETRAINED
    from core.pretrained.torchvision_table import torchvision_table
    from core.project.designs import FOLDER, SUFFIX, list_designs

    here = [
        NetworkChoice(name, network.template.title, "pretrained")
        for name, network in PRETRAINED.items()
        if network.available_offline
    ]
    theirs = torchvision_table() if find_spec("torchvision") else {}
    known = [name for name in TEMPLATES if name in theirs]
    rest = [name for name in theirs if name not in TEMPLATES]
    downloads = [NetworkChoice(name, theirs[name].title, "download") for name in known + rest]
    designs = [
        NetworkChoice(f"{FOLDER}/{path.name}", title, "design")
        for title, path in (list_designs(project_folder) if project_folder else ())
    ]
    elsewhere = Path(chosen)
    if elsewhere.is_absolute() and elsewhere.suffix == SUFFIX and elsewhere.is_file():
        designs.append(NetworkChoice(chosen, f"{elsewhere.stem} ({elsewhere.parent})", "design"))
    templates = [
        NetworkChoice(name, template.title, "template")
        for name, template in TEMPLATES.items()
        if name not in theirs and name not in {choice.name for choice in here}
    ]
    return here + designs + downloads + templates


def fitting(
    choice: NetworkChoice, project_folder: Path, labels: list[str], *, fresh: bool
) -> StartFit | None:
    """Return what becomes of a network's weights. Reads files: not for the window's thread.

    Returns:
        None for a network of torchvision, which only the training itself can open: importing
        torch would take the window seconds.

    Raises:
        LayerloomError: The network cannot be read, or not be trained.
    """
    from core.jobs.job import Reporter
    from core.network.templates import TEMPLATES
    from core.training.starting_point import starting_point

    if choice.kind == "download" and not (fresh and choice.name in TEMPLATES):
        return None
    name = str(project_folder / choice.name) if choice.kind == "design" else choice.name
    without = fresh or choice.kind == "template"
    start = starting_point(name, labels, Reporter(), fresh=without)
    return StartFit(start.layers)
