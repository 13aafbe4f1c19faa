"""The texts of core's registries, as the window shows and translates them."""

from __future__ import annotations

from collections.abc import Iterator

from core.glossary import GLOSSARY
from core.jobs.phases import Phase
from core.network.analysis import analyse
from core.network.editing.palette import PALETTE
from core.network.explanation import explain
from core.network.layers import LAYER_KINDS
from core.network.layers.base.setting_types import settings_of
from core.network.templates import TEMPLATES
from core.opening.papers import PAPERS
from core.recipes.recipes import RECIPES


def registry_texts() -> list[str]:
    """Return every text once, in alphabetical order."""
    found = {*_layers(), *_networks(), *_formulas(), *_recipes(), *_terms(), *_phases()}
    return sorted(text for text in found if text)


def _layers() -> Iterator[str]:
    for kind in LAYER_KINDS.values():
        yield kind.title
        yield (kind.__doc__ or "").split("\n", 1)[0]
        for setting in settings_of(kind):
            yield setting.title
            yield setting.description
    for entry in PALETTE.values():
        yield entry.title
        yield entry.summary


def _networks() -> Iterator[str]:
    for template in TEMPLATES.values():
        yield template.summary
        yield template.result
    for paper in PAPERS.values():
        yield paper.summary


def _formulas() -> Iterator[str]:
    """Yield the names of formulas, and those notes that have no number of the layer in them."""
    for template in TEMPLATES.values():
        analysis = analyse(template.build(template.classes))
        for id_ in analysis.results:
            for formula in explain(analysis, id_):
                yield formula.name
                if not any(sign.isdigit() for sign in formula.note):
                    yield formula.note


def _recipes() -> Iterator[str]:
    for recipe in RECIPES.values():
        yield from (recipe.title, recipe.sentence, recipe.frozen, recipe.duration)
        for option in recipe.options:
            yield from (option.title, option.explanation, option.unit)
            yield from (title for _, title in option.choices)


def _terms() -> Iterator[str]:
    for term in GLOSSARY.values():
        yield from (term.name, term.meaning, *term.labels)


def _phases() -> Iterator[str]:
    for phase in Phase:
        yield phase.text
