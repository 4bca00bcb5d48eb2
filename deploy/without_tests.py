"""Prints the installed packages that only tests and checks need, for the Dockerfile to uninstall.

python without_tests.py pyproject.toml
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

_OURS = "footnote"


def name_of(requirement: str) -> str:
    """`Playwright>=1.55 ; extra == "x"` -> playwright."""
    return re.split(r"[\[<>=!~;( ]", requirement.strip())[0].lower().replace("_", "-").replace(".", "-")


def only_for_tests(project: Path, installed: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """Packages of the extra `dev` that no other package asks for. `installed`: each package, and what it asks for."""
    extras = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    dev = {name_of(requirement) for requirement in extras["dev"]}
    asked_for = {
        name_of(requirement)
        for package, requirements in installed
        if package not in dev and package != _OURS
        for requirement in requirements
        if "extra ==" not in requirement
    }
    return sorted(dev - asked_for)


def main() -> None:
    here = [(name_of(one.metadata["Name"]), one.requires or ()) for one in distributions()]
    there = {package for package, _ in here}
    sys.stdout.write(" ".join(name for name in only_for_tests(Path(sys.argv[1]), here) if name in there) + "\n")


if __name__ == "__main__":
    main()
