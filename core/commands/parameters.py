"""Parameters that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Images = Annotated[
    Path,
    typer.Argument(help="Folder with a sub-folder per class, or with train/ and val/ of such."),
]
