"""The glossary: one sentence for each term, and a page that says the same."""

from __future__ import annotations

import pytest

from core.glossary import GLOSSARY, Term, glossary_page
from tests.write_glossary import PAGE


@pytest.mark.parametrize("term", GLOSSARY.values(), ids=lambda term: term.name)
def test_a_term_has_one_plain_sentence(term: Term) -> None:
    assert term.meaning.endswith(".")
    assert "!" not in term.meaning
    assert "\n" not in term.meaning
    assert ". " not in term.meaning


def test_no_label_means_two_things() -> None:
    labels = [name.casefold() for term in GLOSSARY.values() for name in (term.name, *term.labels)]
    assert len(labels) == len(set(labels))


def test_the_page_is_the_table() -> None:
    """If this fails, run `make glossary`."""
    assert PAGE.read_text(encoding="utf-8") == glossary_page()
