"""A module without a place in the import contracts, or one that imports an outer layer, fails the check."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOTS = {"src": "footnote", "index": "footnote_index", "bot": "footnote_bot"}


def lint_imports(root: Path) -> str:
    """What import-linter says of the three packages in a folder."""
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-P", "-c", program, "--no-logo", "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, map(root.joinpath, ROOTS))), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.stdout + done.stderr


def test_new_modules_and_new_ways_outside_are_found(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for root, package in ROOTS.items():
        shutil.copytree(ROOT / root / package, tmp_path / root / package, ignore=shutil.ignore_patterns("__pycache__"))
        (tmp_path / root / package / "stray.py").write_text("", encoding="utf-8")
    core = sorted((tmp_path / "src/footnote").glob("*.py"))
    for module in core:
        if module.stem != "__init__":
            module.write_text(f"{module.read_text(encoding='utf-8')}\nimport sqlalchemy\n", encoding="utf-8")
    said = " ".join(lint_imports(tmp_path).split())
    assert [package for package in ROOTS.values() if f"{package}.stray" not in said] == []
    outside = {module.stem for module in core if f"footnote.{module.stem} -> sqlalchemy" in said}
    assert outside == {module.stem for module in core} - {"__init__"}
