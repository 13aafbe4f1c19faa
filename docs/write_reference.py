"""Write the parts of the guide that the program itself knows: its commands and recipes' settings.

Run: `make docs`. In each page the text between two marks is replaced; all else is written by hand.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import typer.main

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from core.commands.command_line import app
from core.recipes.options import Option
from core.recipes.recipes import RECIPES, Recipe

DOCS = ROOT / "docs"
BEGIN, END = "<!-- begin: from the program -->", "<!-- end: from the program -->"


def main() -> None:
    """Bring both pages up to date."""
    replace_part(DOCS / "commands.md", "\n".join(command_lines()))
    replace_part(DOCS / "recipes.md", "\n".join(recipe_lines()))


def replace_part(page: Path, part: str) -> None:
    """Put a text between the marks of a page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{part}\n\n{END}{after}", encoding="utf-8")


def command_lines() -> list[str]:
    """Return a section for each command: what it does, and what it takes."""
    group: Any = typer.main.get_command(app)
    lines: list[str] = []
    for name, command in group.commands.items():
        usage = " ".join(["layerloom", name, *(shown_argument(p) for p in command.params)])
        lines += [f"### {name}", "", escaped(command.help), "", "```", usage, "```", ""]
        options = [p for p in command.params if p.param_type_name == "option"]
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        lines += ["| given | what it is |", "|---|---|"]
        lines += [f"| `{shown_name(p)}` | {escaped(p.help)} |" for p in arguments]
        lines += [f"| `{p.opts[0]}` | {option_help(p)} |" for p in options]
        lines.append("")
    return lines[:-1]


def shown_argument(parameter: Any) -> str:
    """Return an argument as in a usage line, or the words for the options."""
    if parameter.param_type_name == "argument":
        return shown_name(parameter)
    required = f"{parameter.opts[0]} {shown_name(parameter)}"
    return required if parameter.required else f"[{parameter.opts[0]}]"


def shown_name(parameter: Any) -> str:
    """Return the name of what is to be put in, in capitals."""
    many = "..." if parameter.nargs == -1 else ""
    return f"{parameter.name.upper()}{many}"


def option_help(parameter: Any) -> str:
    """Return what an option does, and what it is when it is left out."""
    default = parameter.default
    said = escaped(parameter.help)
    shown = isinstance(default, str | int | Path) and not isinstance(default, bool)
    if not shown or str(default) in ("", "0") or parameter.required:
        return said
    return f"{said} Without it: `{default}`."


def recipe_lines() -> list[str]:
    """Return a section for each recipe with all its settings."""
    return [line for recipe in RECIPES.values() for line in section(recipe)][:-1]


def section(recipe: Recipe) -> list[str]:
    """Return what a recipe does, what stays frozen, and its settings as a table."""
    needs = [
        "PyTorch" if recipe.needs_torch else "",
        "a network with weights" if recipe.needs_weights else "",
    ]
    needed = " and ".join(need for need in needs if need)
    return [
        f"### {recipe.title} (`{recipe.name}`)",
        "",
        f"{recipe.sentence} Frozen: {recipe.frozen[0].lower()}{recipe.frozen[1:]} Needs {needed}.",
        "",
        "| `--option` | in the window | what it does | default | values |",
        "|---|---|---|---|---|",
        *(option_row(option) for option in recipe.options),
        "",
    ]


def option_row(option: Option) -> str:
    """Return a setting as a row of a table."""
    default = option.default
    said = ("on" if default else "off") if isinstance(default, bool) else f"{default:}"
    cells = (f"`{option.name}`", option.title, escaped(option.explanation), said, values(option))
    return f"| {' | '.join(cells)} |"


def values(option: Option) -> str:
    """Return which values a setting can have."""
    if isinstance(option.default, bool):
        return "on, off"
    if option.choices:
        return ", ".join(name for name, _ in option.choices)
    return f"{option.smallest:g} to {option.largest:g}"


def escaped(text: str) -> str:
    """Return a text in one line that Markdown takes as it is."""
    return re.sub(r"([|<>*_])", r"\\\1", " ".join(text.split()))


if __name__ == "__main__":
    main()
