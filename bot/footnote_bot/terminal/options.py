"""Options that several commands have."""

from __future__ import annotations

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
UpToDate = Annotated[bool, typer.Option("--build", help="First bring the index up to date with the articles.")]
