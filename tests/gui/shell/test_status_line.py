"""The status bar's line: figures stand out on Design, and nothing is lost where it is narrow."""

from __future__ import annotations

import pytest

from gui.shell.status_line import StatusLine


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("11,689,512 parameters", [("11,689,512", " parameters")]),
        (
            "1.81 G multiply-adds · 46.8 MB weights",
            [("1.81 G", " multiply-adds"), ("46.8 MB", " weights")],
        ),
        ("≈ 7.1 ms per image on this CPU", [("≈ 7.1 ms", " per image on this CPU")]),
        ("1 problem", [("1", " problem")]),
        ("measuring time…", [("", "measuring time…")]),
        ("12 members", [("12", " members")]),
    ],
)
def test_figures_and_their_units_stand_out(qtbot, text: str, pieces) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.strong = True
    line.setText(text)
    assert line.pieces() == pieces
    assert line.text() == text


def test_elsewhere_they_do_not(qtbot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.setText("262 images in 3 classes")
    assert line.pieces() == [("", "262 images in 3 classes")]
