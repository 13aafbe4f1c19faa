"""Write `docs/glossary.md` from the table in `core/glossary.py`: `make glossary`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from core.glossary import glossary_page  # noqa: E402 - found there

PAGE = ROOT / "docs" / "glossary.md"


def main() -> None:
    PAGE.write_text(glossary_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
