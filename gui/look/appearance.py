"""The look in use now: which theme, and how large the system's font is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gui.look.theme import BASE_FONT, DARK, LIGHT, THEMES, Theme, style_sheet


class Appearance(QObject):
    """Owns the theme and the scale.

    Style and palette are the application's; the style sheet is given to the parts of the window
    by `dress`.

    Args:
        application: What is to look so.
        choice: "system", "light" or "dark".
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        _Current.scale = _system_scale(application.font())
        application.setStyle("Fusion")
        application.setFont(sized_font(BASE_FONT))
        application.styleHints().colorSchemeChanged.connect(self._dress)
        self._dress()

    @property
    def choice(self) -> str:
        """What the user chose: "system", "light" or "dark"."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Change the theme now."""
        self._choice = choice
        self._dress()

    def _dress(self) -> None:
        _Current.theme = self._wanted()
        _Current.sheet = style_sheet(_Current.theme, _Current.scale)
        self._application.setPalette(_palette(_Current.theme))
        self.changed.emit()

    def _wanted(self) -> Theme:
        if self._choice in THEMES:
            return THEMES[self._choice]
        scheme = self._application.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


class _Current:
    """The one theme and scale of the process: painting reads them, `Appearance` sets them."""

    theme: Theme = LIGHT
    scale: float = 1.0
    sheet: str = ""


def dress(widget: QWidget) -> None:
    """Give a part of the window, with all that is in it, the style sheet in use now.

    A style sheet of the application would do all parts, those out of sight too, and Qt polishes
    each widget then once for every widget around it (Qt 6.11, `QStyleSheetStyle::repolish`).
    """
    if widget.styleSheet() != _Current.sheet:
        widget.setStyleSheet(_Current.sheet)


def current_theme() -> Theme:
    """Return the theme in use."""
    return _Current.theme


def colour(role: str) -> QColor:
    """Return a colour of the theme in use by its token ("accent")."""
    return QColor(getattr(_Current.theme, role))


def faded(role: str, opacity: float) -> QColor:
    """Return a colour of the theme in use with an opacity of 0…1."""
    result = colour(role)
    result.setAlphaF(min(1.0, max(0.0, opacity)))
    return result


def scaled(pixels: float) -> int:
    """Return a measure of the design in pixels at the system's font size."""
    return round(pixels * _Current.scale)


def sized_font(pixels: float, *, bold: bool = False, mono: bool = False) -> QFont:
    """Return the system's font at a size of the design."""
    if mono:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    else:
        font = QFont(QApplication.font())
    font.setPixelSize(max(1, scaled(pixels)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def _system_scale(font: QFont) -> float:
    """Return how much larger than `BASE_FONT` the system's font is; never smaller than 1."""
    return max(1.0, QFontInfo(font).pixelSize() / BASE_FONT)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, value in {
        roles.Window: theme.background,
        roles.WindowText: theme.text,
        roles.Base: theme.surface,
        roles.AlternateBase: theme.raised,
        roles.ToolTipBase: theme.raised,
        roles.ToolTipText: theme.text,
        roles.PlaceholderText: theme.muted,
        roles.Text: theme.text,
        roles.Button: theme.raised,
        roles.ButtonText: theme.text,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.on_accent,
        roles.Link: theme.accent,
        roles.Mid: theme.border,
    }.items():
        palette.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return palette
