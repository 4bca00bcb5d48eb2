"""Builds that are killed, and builds on a full disk: `python benchmarks/killed_builds.py [--kills N] [--disks N]`.

Each is a `footnote index build --full` of the sample articles in a process of its own. After each, the live generation
must answer and be intact, nothing half-written may be left, and the next build must work. The full disks are small file
systems in memory, which takes root; without, that part is left out.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import track
from rich.table import Table
from running_set import console

FOOTNOTE = Path(sys.executable).with_name("footnote")
SAMPLES = Path(__file__).parents[1] / "articles"
QUESTION, ANSWER = "How long is the Panjshir Valley?", "The Panjshir Valley is 115 kilometres long"
DISK = 64_000_000
"""Bytes of a small file system."""

LEAST = 60_000
"""Bytes that are left free on the fullest one: with less, Chroma cannot open what it has."""


class Place:
    """A folder with the sample articles, in which commands run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = folder / "var/index"
        shutil.copytree(SAMPLES, folder / "articles")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([FOOTNOTE, *arguments], cwd=self.folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own program

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own program
            [FOOTNOTE, *arguments], cwd=self.folder, stderr=subprocess.PIPE, text=True
        )

    @property
    def live(self) -> str:
        return (self.index / "live").read_text()

    def half_written(self) -> list[str]:
        """What a build has begun and not ended."""
        folders = [
            folder for folder in (self.index / "generations").iterdir() if not (folder / "manifest.json").exists()
        ]
        return [path.name for path in (*folders, *self.index.rglob("*.new"))]

    def complaints(self) -> list[str]:
        """What is wrong with the live generation."""
        asked, verified = self.run("ask", QUESTION), self.run("index", "verify")
        wrong = [] if ANSWER in asked.stdout else [f"it answers {(asked.stdout + asked.stderr).strip()!r}"]
        return (
            wrong if verified.returncode == 0 else [*wrong, f"verify: {(verified.stdout + verified.stderr).strip()!r}"]
        )


@contextmanager
def small_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], check=True)  # noqa: S603, S607
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)  # noqa: S603, S607


def kill_builds(count: int, chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    """For each kill what was live after it, and what was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        assert place.run("index", "build").returncode == 0
        began = time.perf_counter()
        assert place.run("index", "build", "--full").returncode == 0
        whole = time.perf_counter() - began
        for _ in track(range(count), "kills", console=console):
            before = place.live
            with place.start("index", "build", "--full") as build:
                time.sleep(chance.uniform(0.2, 1.05) * whole)
                was_running = build.poll() is None
                build.kill()
            outcome = "killed, and the generation before is live" if was_running else "had ended"
            if was_running and place.live != before:
                outcome = "killed, and the new generation is live"
            wrong = place.complaints()
            following = place.run("index", "build", "--full")
            if following.returncode or place.half_written():
                wrong.append(f"the next build: {following.stderr.strip()!r}, left {place.half_written()}")
            yield outcome, wrong


def fill_disks(count: int) -> Iterator[tuple[str, list[str]]]:
    """The same for disks with more and more room, up to what a build needs and somewhat above."""
    with small_disk() as folder:
        place = Place(folder)
        assert place.run("index", "build").returncode == 0
        needed = _needed(place)
        for step in track(range(count), "full disks", console=console):
            before = place.live
            room = LEAST + int((needed * 1.6 - LEAST) * step / max(count - 1, 1))
            with _room_left(folder, room):
                build = place.run("index", "build", "--full")
                lines = [line for line in build.stderr.splitlines() if line]
                wrong = place.complaints() + [f"left {name}" for name in place.half_written()]
                outcome = "there was room"
                if build.returncode:
                    outcome = "one line says that the disk is full, and the generation before is live"
                    if len(lines) != 1 or "is full" not in lines[0]:
                        wrong.append(f"the build says {lines!r}")
                    if place.live != before:
                        wrong.append("another generation is live")
            following = place.run("index", "build", "--full")
            if following.returncode:
                wrong.append(f"the next build: {following.stderr.strip()!r}")
            yield outcome, wrong


def _needed(place: Place) -> int:
    """Bytes that one more generation takes."""
    before = shutil.disk_usage(place.folder).used
    assert place.run("index", "build", "--full").returncode == 0
    needed = shutil.disk_usage(place.folder).used - before
    for _ in range(2):  # from here on each new generation takes the place of an old one, once it is live
        assert place.run("index", "build", "--full").returncode == 0
    return needed


@contextmanager
def _room_left(folder: Path, room: int) -> Iterator[None]:
    ballast = folder / "ballast"
    with ballast.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, shutil.disk_usage(folder).free - room)
    try:
        yield
    finally:
        ballast.unlink()


def report(title: str, trials: Callable[[], Iterator[tuple[str, list[str]]]]) -> bool:
    outcomes = [*trials()]
    table = Table("outcome", "builds", "answers, sound, the next build works", title=title)
    for outcome, number in Counter(outcome for outcome, _ in outcomes).most_common():
        sound = sum(not wrong for one, wrong in outcomes if one == outcome)
        table.add_row(outcome, str(number), str(sound))
    console.print(table)
    for outcome, wrong in outcomes:
        for line in wrong:
            console.print(f"{outcome}: {line}", markup=False)
    return not any(wrong for _, wrong in outcomes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--disks", type=int, default=20)
    arguments = parser.parse_args()
    chance = random.Random(7)  # noqa: S311 - a benchmark's
    is_well = report("Killed at a random instant", lambda: kill_builds(arguments.kills, chance))
    if os.geteuid() == 0:
        is_well = report("On a full disk", lambda: fill_disks(arguments.disks)) and is_well
    else:
        console.print("Only root can mount small disks: that part is left out.")
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
