"""The docs match the code, and the checks of `make check` find what they should."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import check_links
import check_words
import draw_architecture
import pytest

ROOT = Path(__file__).parents[1]


def test_the_readme_fits_on_a_page() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 100


def test_the_picture_of_the_architecture_is_what_the_imports_say() -> None:
    assert draw_architecture.PICTURE.read_text(encoding="utf-8") == draw_architecture.drawing(), "run `make docs`"


def test_the_architecture_page_describes_each_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {room.partition(".")[2] for room in draw_architecture.imports()}
    assert {room for room in rooms if f"`{room}`" not in page} == set()


def test_every_path_in_the_table_of_places_exists() -> None:
    table = (
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Where things live")[2].partition("## ")[0]
    )
    paths = re.findall(r"`((?:bot|index|src|training|scripts)/[^`]*)`", table)
    assert len(paths) >= 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.stem)
def test_each_page_opens_with_its_title_and_what_it_is_for(page: Path) -> None:
    title, empty, opening, *_ = page.read_text(encoding="utf-8").splitlines()
    assert title.startswith("# ")
    assert not empty
    assert opening[0].isalpha()


PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", ".env.example", "examples/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("program", ["footnote", "pip"])
def test_a_page_with_commands_says_near_its_top_where_the_program_is(page: Path, program: str) -> None:
    if page.stem in {"deployment", "decisions"}:  # in a container, and about the code
        return
    text = page.read_text(encoding="utf-8")
    commands = "install" if program == "pip" else "ask|chat|index|bot|eval|review|doctor|web|backup|restore"
    bare = re.search(rf"(?:^    |`|=\S+ ){program} (?:{commands})\b", text, re.MULTILINE)
    top = "\n".join(text.splitlines()[:10])
    assert bare is None or f"`{program}` is `.venv/bin/{program}`" in top or f"`.venv/bin/{program}`" in top


def test_the_size_of_the_installation_is_the_same_everywhere() -> None:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/quickstart.md", "Makefile")]
    assert [re.findall(r"([\d.]+) GB of disk", text) for text in texts] == [["1.5"]] * 3


PIP = """#!/bin/sh
printf 'Collecting a==1 (from -r lock (line 1))\\n  Using cached a.whl (1 MB)\\nIgnoring b: markers do not match\\n'
for number in $(seq 58); do echo "Collecting p$number==1 (from -r lock)"; done
echo 'Installing collected packages: a, c'
[ -z "$FAILS" ] || { echo 'ERROR: no room' >&2; exit 2; }
"""


@pytest.mark.parametrize("fails", ["", "yes"])
def test_an_installation_says_how_far_it_is_and_fails_when_pip_does(tmp_path: Path, fails: str) -> None:
    (tmp_path / "python").write_text(PIP)
    (tmp_path / "python").chmod(0o755)
    (tmp_path / "lock").write_text("".join(f"p{number}==1 \\\n    --hash=sha256:00\n" for number in range(60)))
    ran = subprocess.run(  # noqa: S603 - our own script
        ["/bin/sh", ROOT / "scripts" / "install_packages.sh", tmp_path / "python", tmp_path / "lock"],
        env={**os.environ, "FAILS": fails},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.splitlines() == [
        "  Fetching 60 packages ...",
        "  25 of 60 packages are here.",
        "  50 of 60 packages are here.",
        "  All 60 packages are here. Unpacking them takes half a minute or so ...",
    ]
    assert (ran.returncode, ran.stderr) == ((1, "ERROR: no room\n") if fails else (0, ""))


def test_banned_words_are_found_in_what_people_read(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "README.md").write_text("It is gray.\n", encoding="utf-8")
    code = '''"""Gray mice."""\nname = "a gray one"  # grayish\ngray = 1\nwords = {"gray", "Which mice are gray?"}\n'''
    (tmp_path / "src" / "code.py").write_text(code, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_code.py").write_text("x = 1  # gray\n", encoding="utf-8")
    found = [finding.partition(": write")[0] for finding in check_words.findings(tmp_path, "gray(?:ish)?  grey\n")]
    assert found == [
        "README.md:1: “gray”",
        "src/code.py:1: “Gray”",
        "src/code.py:2: “gray”",
        "src/code.py:2: “grayish”",
        "tests/test_code.py:1: “gray”",
    ]


@pytest.mark.parametrize(
    "file",
    [
        *("examples/README.md", "deploy/footnote.service", "compose.yaml", "bot/footnote_bot/web/templates/page.html"),
        "src/footnote/adapters/openai/prompts/answer.md",
    ],
)
def test_banned_words_are_found_in_prompts_templates_and_deployment_files(tmp_path: Path, file: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text("It is gray.\n", encoding="utf-8")
    assert check_words.findings(tmp_path, "gray  grey\n") == [f"{file}:1: “gray”: write grey"]


@pytest.mark.parametrize(
    "line",
    [
        *("She has not got any more pages.", "Whoever keeps a boat has to register it.", "It has no more than ten."),
        *("It is such a one-way street.", "Put your id in place of ID.", "There is nothing but water."),
    ],
)
def test_good_english_is_not_banned(tmp_path: Path, line: str) -> None:
    (tmp_path / "README.md").write_text(f"{line}\n", encoding="utf-8")
    assert check_words.findings(tmp_path) == []


def test_dead_links_are_found(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text("# A page\n\n## What it is: a test\n", encoding="utf-8")
    (tmp_path / "README.md").write_text(
        "[good](docs/page.md) [good](docs/page.md#what-it-is-a-test) [web](https://example.org/none)\n"
        "`[code](none.md)` [dead](docs/none.md) ![dead](docs/none.png) [dead](docs/page.md#none)\n",
        encoding="utf-8",
    )
    assert [*check_links.dead_links(tmp_path)] == [
        "README.md: there is no file docs/none.md",
        "README.md: there is no file docs/none.png",
        "README.md: docs/page.md has no heading #none",
    ]
