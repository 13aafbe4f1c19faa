"""The names of torchvision's classifiers, read from its source without importing torch."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

REGISTERED = re.compile(r"^@register_model\(\).*?^def (\w+)\(", re.DOTALL | re.MULTILINE)


def torchvision_names() -> list[str]:
    """Return the classifiers that torchvision has weights for; none where it is not installed.

    Importing torchvision would take seconds and half a gigabyte, which a window cannot spare for
    a list.
    """
    spec = find_spec("torchvision")
    places = list(spec.submodule_search_locations or ()) if spec else []
    files = sorted(path for place in places for path in (Path(place) / "models").glob("*.py"))
    names = (name for file in files for name in REGISTERED.findall(file.read_text("utf-8")))
    return sorted(set(names))
