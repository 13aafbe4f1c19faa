"""How much of a layer's weights is kept, in a word."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.network.running.fit_weights import Fit


def fit_word(fit: Fit) -> str:
    """Return how much of a layer is kept, as shown."""
    translate = QCoreApplication.translate
    match fit:
        case Fit.KEPT:
            return translate("Weights", "kept")
        case Fit.PARTLY:
            return translate("Weights", "partly kept")
        case Fit.NEW:
            return translate("Weights", "new")
