"""Bring the English plural forms up to date with the texts in `gui/`.

English texts are their own translation but for one thing: "%n image(s)" needs its two forms. Run
this after adding a text with a number: `.venv/bin/python tests/gui/update_english.py`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "resources" / "translations" / "layerloom_en.ts"
TOOLS = Path(sys.executable).parent


def forms(text: str) -> tuple[str, str]:
    """Return the singular and the plural of a text with "(s)" or "(es)" in it."""
    return re.sub(r"\((es|s)\)", "", text), re.sub(r"\((es|s)\)", r"\1", text)


def main() -> None:
    options = ["-pluralonly", "-no-obsolete", "-locations", "none", "-extensions", "py"]
    files = sorted(str(path) for path in (ROOT / "gui").rglob("*.py"))
    subprocess.run([TOOLS / "pyside6-lupdate", *options, *files, "-ts", SOURCE], check=True)
    tree = ElementTree.parse(SOURCE)
    for message in tree.iter("message"):
        translation = message.find("translation")
        translation.attrib.pop("type", None)
        for element, form in zip(translation, forms(message.findtext("source")), strict=True):
            element.text = form
    tree.write(SOURCE, "utf-8", xml_declaration=True)
    subprocess.run([TOOLS / "pyside6-lrelease", SOURCE], check=True)


if __name__ == "__main__":
    main()
