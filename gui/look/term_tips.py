"""What the terms in the window mean: the tool tips of labels and headings that are one."""

from __future__ import annotations

from core.glossary import GLOSSARY
from gui.look.core_texts import translated


def meaning(label: str) -> str:
    """Return what a term means, in the user's language; "" for other words.

    Args:
        label: As it stands in the window.
    """
    sought = label.casefold()
    for term in GLOSSARY.values():
        if any(translated(name).casefold() == sought for name in (term.name, *term.labels)):
            return translated(term.meaning)
    return ""


def meanings(*labels: str) -> str:
    """Return what several labels mean, each in a line; those that are no terms have none."""
    found = ((label, meaning(label)) for label in labels)
    return "\n".join(f"{label[:1].upper()}{label[1:]}: {means}" for label, means in found if means)
