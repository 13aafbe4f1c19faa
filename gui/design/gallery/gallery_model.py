"""The cards of networks as a list that can be searched."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QObject, Qt

from core.opening.gallery import GalleryEntry, WeightsPlace
from gui.look.numbers import compact, file_size, percent
from gui.widgets.images.image_model import NO_INDEX, Index

ENTRY = Qt.ItemDataRole.UserRole


class GalleryModel(QAbstractListModel):
    """Those of the entries that a search means."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[GalleryEntry, ...] = ()
        self._shown: tuple[GalleryEntry, ...] = ()
        self._wanted = ""

    def show(self, entries: tuple[GalleryEntry, ...]) -> None:
        """Show other entries."""
        self._all = entries
        self.search(self._wanted)

    def search(self, wanted: str) -> None:
        """Show what a search means."""
        self.beginResetModel()
        self._wanted = wanted
        self._shown = tuple(entry for entry in self._all if entry.means(wanted))
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many cards there are."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return an entry, or what its card says in a sentence."""
        entry = self._shown[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.ToolTipRole:
            parts = (f"{entry.title}: {entry.summary}", figures(entry), error(entry))
            return "\n".join(part for part in parts if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = (figures(entry), error(entry), entry.summary, weights(entry))
            return ". ".join(part for part in (entry.title, str(entry.year), *told) if part)
        return None


def figures(entry: GalleryEntry, *, short: bool = False) -> str:
    """Return how large and how costly a network is; `short`: where there is little room."""
    template = QCoreApplication.translate("Gallery", "{0} parameters · {1} multiply-adds")
    if short:
        template = QCoreApplication.translate("Gallery", "{0} parameters · {1} MACs")
    return template.format(compact(entry.parameters), compact(entry.multiply_adds))


def error(entry: GalleryEntry) -> str:
    """Return how often a network was wrong, in the contest or on the validation images, or ""."""
    if entry.result:
        return entry.result
    if entry.top1_error is None:
        return ""
    template = QCoreApplication.translate("Gallery", "ImageNet: {0} top-1 error")
    return template.format(percent(entry.top1_error))


def weights(entry: GalleryEntry) -> str:
    """Return where a network's weights are."""
    translate = QCoreApplication.translate
    match entry.weights:
        case WeightsPlace.INCLUDED:
            return translate("Gallery", "Weights: included")
        case WeightsPlace.HERE:
            return translate("Gallery", "Weights: on this computer")
        case WeightsPlace.DOWNLOAD:
            size = file_size(entry.weights_bytes)
            return translate("Gallery", "Weights: download {0}").format(size)
    return translate("Gallery", "Weights: none")
