"""Texts with a number in them have a singular and a plural."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QTranslator

from core.paths import RESOURCES

SOURCE = RESOURCES / "translations" / "layerloom_en.ts"
MESSAGES = [
    (context.findtext("name"), message.findtext("source"))
    for context in ElementTree.parse(SOURCE).iter("context")
    for message in context.iter("message")
]


@pytest.mark.parametrize(("context", "source"), MESSAGES)
def test_one_and_many_read_well(qapp, context: str, source: str) -> None:
    translator = QTranslator()
    assert translator.load(str(SOURCE.with_suffix(".qm")))
    one, many = (translator.translate(context, source, "", n) for n in (1, 2))
    assert one
    assert many
    assert "(s)" not in one + many
    assert "(es)" not in one + many
