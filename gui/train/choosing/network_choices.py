"""The networks a training can start from, and what each keeps of its weights."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.network.running.fit_weights import LayerFit
    from core.opening.listing import ListedNetwork


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
    from core.opening.listing import list_networks
    from core.opening.network_file import DesignFile, network_file
    from core.project.designs import FOLDER, list_designs

    designs = [
        NetworkChoice(f"{FOLDER}/{path.name}", title, "design")
        for title, path in (list_designs(project_folder) if project_folder else ())
    ]
    elsewhere = Path(chosen)
    is_design = isinstance(network_file(elsewhere), DesignFile)
    if is_design and elsewhere.is_absolute() and elsewhere.is_file():
        designs.append(NetworkChoice(chosen, f"{elsewhere.stem} ({elsewhere.parent})", "design"))
    listed = [
        NetworkChoice(network.name, network.title, kind)
        for network in list_networks()
        if (kind := _kind(network))
    ]
    return designs + listed


def _kind(network: ListedNetwork) -> str:
    """Return under which heading a network stands; "": it cannot be trained here."""
    from core.opening.listing import WeightsPlace

    if network.weights is WeightsPlace.INCLUDED:
        return "pretrained"
    if network.weights is not WeightsPlace.NONE and find_spec("torchvision"):
        return "download"
    return "template" if network.template else ""


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
    from core.opening.listing import listed_network
    from core.training.starting_point import starting_point

    listed = listed_network(choice.name)
    if choice.kind == "download" and not (fresh and listed and listed.template):
        return None
    name = str(project_folder / choice.name) if choice.kind == "design" else choice.name
    without = fresh or choice.kind == "template"
    start = starting_point(name, labels, Reporter(), fresh=without)
    return StartFit(start.layers)
