"""The texts that `core` has in English, in the user's language.

`core` knows no Qt. What its registries say of layer kinds, settings, blocks, networks, recipes and
the phases of jobs is looked up here when it is shown; `tests/gui/registry_texts.py` lists it for
the translators.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Record = TypeVar("Record", bound=DataclassInstance)

CONTEXT = "core"
"""Of these texts in translation files."""


def translated(text: str) -> str:
    """Return a text of a registry in the user's language."""
    return QCoreApplication.translate(CONTEXT, text) if text else ""


def in_users_language(record: Record, *fields: str) -> Record:
    """Return a registry's record with some of its texts in the user's language."""
    return replace(record, **{field: translated(getattr(record, field)) for field in fields})
