"""The modules of the pages, which are imported when the window is on the screen."""

from __future__ import annotations

from importlib import import_module

MODULES = (
    "gui.data.data_page",
    "gui.train.train_page",
    "core.recipes.recipes",
    "gui.evaluation.evaluation_page",
    "gui.export.export_page",
    "gui.owners.design_owner",
    "gui.design.design_page",
    "gui.design.workspace",
    "core.project.project",
)


def import_pages() -> None:
    """Import them all, and count the gallery's networks; none needs a heavy library."""
    for name in MODULES:
        import_module(name)
    import_module("core.opening.gallery").gallery_entries()
