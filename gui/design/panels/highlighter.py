"""Colours for Python source, from the theme in use."""

from __future__ import annotations

import keyword
import re

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from gui.look.appearance import colour

_WORDS = "|".join((*keyword.kwlist, "self"))
RULES = (
    (re.compile(rf"\b(?:{_WORDS})\b"), "accent", False),
    (re.compile(r"\b\d+(?:\.\d+)?(?:e-?\d+)?\b"), "warning", False),
    (re.compile(r"(?<=\bclass )\w+|(?<=\bdef )\w+"), "text", True),
    (re.compile(r'"(?:[^"\\]|\\.)*"'), "ok", False),
    (re.compile(r"#.*$"), "muted", False),
)
"""What is coloured with which token, and whether it is bold; later rules go over earlier ones."""

QUOTES = '"""'


class Highlighter(QSyntaxHighlighter):
    """Colours keywords, numbers, names, texts and comments."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[tuple[str, bool], QTextCharFormat] = {}

    def dress(self) -> None:
        """Take the colours of another theme."""
        self._formats.clear()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour a line."""
        for pattern, role, bold in RULES:
            for found in pattern.finditer(text):
                self.setFormat(found.start(), len(found.group()), self._format(role, bold))
        self._colour_docstring(text)

    def _colour_docstring(self, text: str) -> None:
        """Colour what lies between triple quotes, over several lines."""
        inside = self.previousBlockState() == 1
        odd = text.count(QUOTES) % 2 == 1
        if inside or odd or QUOTES in text:
            start = 0 if inside else text.index(QUOTES)
            self.setFormat(start, len(text) - start, self._format("ok", False))
        self.setCurrentBlockState(int(inside != odd))

    def _format(self, role: str, bold: bool) -> QTextCharFormat:
        if (role, bold) not in self._formats:
            made = QTextCharFormat()
            made.setForeground(colour(role))
            if bold:
                made.setFontWeight(QFont.Weight.Bold)
            self._formats[role, bold] = made
        return self._formats[role, bold]
