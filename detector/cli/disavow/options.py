"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Own = Annotated[
    list[str] | None, typer.Option("--own", help="A further site of yours (repeatable).", show_default=False)
]
Whitelist = Annotated[
    Path | None, typer.Option("--whitelist", help="File of hosts that must never be disavowed.")
]
