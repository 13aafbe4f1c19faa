"""Bring the translation files up to date with the texts in `gui/` and in core's registries.

English texts are their own translation but for one thing: "%n image(s)" needs its two forms. What
core's registries say is listed for translators in a file of its own, which lupdate could not make.
Run this after adding a text with a number, a layer kind, a setting, a network or a recipe:
`.venv/bin/python tests/gui/update_english.py`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from gui.look.core_texts import CONTEXT  # noqa: E402 - found there
from tests.gui.registry_texts import registry_texts  # noqa: E402

SOURCE = ROOT / "resources" / "translations" / "layerloom_en.ts"
CORE = SOURCE.with_name("layerloom_core.ts")
TOOLS = Path(sys.executable).parent


def forms(text: str) -> tuple[str, str]:
    """Return the singular and the plural of a text with "(s)" or "(es)" in it."""
    return re.sub(r"\((es|s)\)", "", text), re.sub(r"\((es|s)\)", r"\1", text)


def core_file() -> bytes:
    """Return the list of core's texts, untranslated, as Qt Linguist opens it."""
    root = ElementTree.Element("TS", version="2.1", sourcelanguage="en_GB")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text in registry_texts():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        ElementTree.SubElement(message, "translation", type="unfinished")
    ElementTree.indent(root)
    return ElementTree.tostring(root, "utf-8", xml_declaration=True) + b"\n"


def main() -> None:
    CORE.write_bytes(core_file())
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
