"""Heat: cards coloured by their share of the parameters, multiply-adds, memory or time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from core.network.analysis import Analysis
from core.network.results import LayerResult
from gui.design.canvas.panels.legend import Legend
from gui.design.canvas.scene import DesignScene
from gui.look.numbers import percent


@dataclass(frozen=True, slots=True)
class HeatMode:
    """A number by which cards can be coloured.

    Attributes:
        id: Its name in the code.
        title: Returns what it is called, as shown.
        of: Returns it for a layer.
    """

    id: str
    title: Callable[[], str]
    of: Callable[[LayerResult], float]


HEAT_MODES = {
    mode.id: mode
    for mode in (
        HeatMode(
            "parameters",
            lambda: QCoreApplication.translate("Heat", "Parameters"),
            lambda result: result.parameters,
        ),
        HeatMode(
            "multiply_adds",
            lambda: QCoreApplication.translate("Heat", "Multiply-adds"),
            lambda result: result.multiply_adds,
        ),
        HeatMode(
            "memory",
            lambda: QCoreApplication.translate("Heat", "Activation memory"),
            lambda result: result.activation_bytes,
        ),
    )
}
"""What can be shown of any design; measured times are given by whoever measured them."""


class Heat(QObject):
    """Keeps the colours of the cards in step with the design.

    Args:
        scene: What is coloured.
        legend: Says what the colours mean.
    """

    def __init__(self, scene: DesignScene, legend: Legend) -> None:
        super().__init__(scene)
        self._scene = scene
        self._legend = legend
        self._mode: HeatMode | None = None
        self._values: Mapping[str, float] | None = None
        self._title = ""
        scene.shown.connect(self._follow)

    def show_mode(self, mode: str) -> None:
        """Colour by one of `HEAT_MODES` from now on; "" shows no heat."""
        self._mode, self._values = HEAT_MODES.get(mode), None
        self._title = self._mode.title() if self._mode else ""
        self._show()

    def show_values(self, values: Mapping[str, float] | None, title: str) -> None:
        """Colour by numbers that somebody measured.

        Args:
            values: By the layers' ids; None shows no heat.
            title: What they are.
        """
        self._mode, self._values, self._title = None, values, title
        self._show()

    def _follow(self) -> None:
        if self._mode is not None or self._values is not None:
            self._show()

    def _show(self) -> None:
        values = _values(self._scene.analysis, self._mode) if self._mode else self._values
        if values is None:
            self._scene.show_heat(None)
            self._legend.show_scale("", "", "")
            return
        cards = self._scene.picture.cards.values()
        sums = {c.face.key: sum(values.get(id_, 0.0) for id_ in c.face.members) for c in cards}
        largest = max(sums.values(), default=0.0)
        total = sum(values.values())
        self._scene.show_heat(
            {key: value / largest if largest else 0.0 for key, value in sums.items()}
        )
        high = self.tr("{0} of all").format(_share(largest, total))
        self._legend.show_scale(self._title, "0", high)


def _values(analysis: Analysis, mode: HeatMode) -> dict[str, float]:
    """Return the numbers by the layers' ids; layers of one name share their parameters."""
    shared = {result.node.id for result in analysis.own}
    return {
        id_: mode.of(result) if mode.id != "parameters" or id_ in shared else 0.0
        for id_, result in analysis.results.items()
    }


def _share(part: float, total: float) -> str:
    share = part / total if total else 0.0
    return percent(share, 0 if share >= 0.1 or not share else 2)
