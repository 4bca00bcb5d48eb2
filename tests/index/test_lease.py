"""One build at a time over all processes that share an index, by a lease in the database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from threading import Event, Thread

import pytest
from databases import SQLiteDatabases

from footnote.adapters.database.shared_index import SharedIndex
from footnote.errors import BuildError, BuildRunning, ServerAway
from footnote_index.server.lease import Lease

UNRENEWED = 36_000.0
"""Seconds: no test runs until the first renewal."""

OFTEN = 0.02
"""Seconds: a lease of this length is renewed many times while a test waits."""

AT_MOST = 10.0
"""Seconds that a test waits for another thread."""


class Watched(SharedIndex):
    """The real one; it remembers who renews, and raises what the test says before it does."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.errors: list[Exception] = []
        self.renewals = 0
        self.renewed_twice = Event()
        self.failed = Event()
        self.by: Thread | None = None

    def renew_lease(self, builder: str, *, seconds: float) -> None:  # noqa: ARG002 - a test may be slow
        self.by = threading.current_thread()
        if self.errors:
            self.failed.set()
            raise self.errors.pop(0)
        super().renew_lease(builder, seconds=UNRENEWED)
        self.renewals += 1
        if self.renewals == 2:
            self.renewed_twice.set()


class WithoutEnd(SharedIndex):
    """A database that is away when the build ends."""

    def end_lease(self, builder: str) -> None:  # noqa: ARG002 - nothing is done
        raise ServerAway(server="database")


@pytest.fixture
def url(sqlite: SQLiteDatabases) -> str:
    return sqlite.migrated()


@pytest.fixture
def records(url: str) -> Iterator[Watched]:
    with closing(Watched(url)) as records:
        yield records


def test_who_has_the_lease_is_named_to_the_next_one(records: Watched) -> None:
    held, late = (Lease(records, seconds=UNRENEWED) for _ in range(2))
    with (
        held.taken("Ann started a build"),
        pytest.raises(BuildRunning, match=r"^Ann started a build, and it is still running\."),
        late.taken("Ben started a build"),
    ):
        pytest.fail("two have it")
    with late.taken("Ben started a build"):
        late.switch("second")
    assert records.live() == "second"


def test_a_build_that_fails_gives_the_lease_back(records: Watched) -> None:
    with pytest.raises(ValueError, match="broken"), Lease(records, seconds=UNRENEWED).taken("Ann"):
        raise ValueError("broken")
    with Lease(records, seconds=UNRENEWED).taken("Ben"):
        pass


def test_only_the_holder_switches_and_renews(records: Watched) -> None:
    held, other = (Lease(records, seconds=UNRENEWED) for _ in range(2))
    with held.taken("Ann"):
        held.switch("first")
        for call in (partial(other.switch, "second"), other.renew):
            with pytest.raises(BuildError, match="The index is unchanged"):
                call()
    assert records.live() == "first"


def test_nobody_switches_after_the_lease_has_ended(records: Watched) -> None:
    lease = Lease(records, seconds=UNRENEWED)
    with lease.taken("Ann"):
        pass
    with pytest.raises(BuildError):
        lease.switch("late")
    assert records.live() is None


def test_a_lease_that_ran_out_can_be_taken_and_its_first_holder_finds_out(records: Watched) -> None:
    slow, quick = Lease(records, seconds=0), Lease(records, seconds=UNRENEWED)
    records.errors = [BuildError("It was not renewed in time.")]
    with slow.taken("Ann"), quick.taken("Ben"):
        with pytest.raises(BuildError):
            slow.switch("slow")
        quick.switch("quick")
    assert records.live() == "quick"


def test_the_lease_is_renewed_until_the_block_ends(records: Watched) -> None:
    with Lease(records, seconds=OFTEN).taken("Ann"):
        assert records.renewed_twice.wait(AT_MOST)
    assert records.by is not None
    assert not records.by.is_alive()


def test_a_database_that_is_away_for_a_moment_is_asked_again(
    records: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    records.errors = [ServerAway(server="database")]
    with caplog.at_level(logging.WARNING), Lease(records, seconds=OFTEN).taken("Ann"):
        assert records.renewed_twice.wait(AT_MOST)
    assert [record.message.partition(":")[0] for record in caplog.records] == [
        "the lease of this build was not renewed"
    ]


def test_a_lost_lease_is_not_renewed_again(records: Watched) -> None:
    records.errors = [BuildError("Another has it.")]
    with Lease(records, seconds=OFTEN).taken("Ann"):
        assert records.failed.wait(AT_MOST)
        assert records.by is not None
        records.by.join(AT_MOST)
        assert not records.by.is_alive()
    assert records.renewals == 0


def test_a_database_that_is_away_at_the_end_is_no_error(url: str) -> None:
    with closing(WithoutEnd(url)) as records:
        with Lease(records, seconds=UNRENEWED).taken("Ann"):
            pass
        with pytest.raises(BuildRunning), Lease(records, seconds=UNRENEWED).taken("Ben"):
            pytest.fail("it has not run out")
