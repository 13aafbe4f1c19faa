"""What an empty page says can be read whole, however wide the page is."""

from __future__ import annotations

import pytest

from gui.widgets.empty_state import EmptyState

SENTENCE = (
    "Drop a folder here that has one sub-folder for each class, or choose one. Your images stay "
    "where they are: they are read, never changed, moved or deleted."
)


@pytest.mark.parametrize("width", [400, 900, 1400])
def test_the_sentence_is_never_cut_off(qtbot, width: int) -> None:
    state = EmptyState("image", "No images yet", SENTENCE)
    qtbot.addWidget(state)
    state.resize(width, 600)
    state.show()
    qtbot.waitExposed(state)
    shown = state.sentence
    assert shown.width() >= 260
    assert shown.height() >= shown.heightForWidth(shown.width())
