"""Everything Footnote refuses, as one tree. Each message is safe to show to a person and names the next step.

FootnoteError
├── SettingsError       the environment does not make sense
├── NoQuestion          the question has neither a letter nor a digit
├── ArticleError        one article cannot be read; a build reports it and goes on
├── ModelError          the embedding model cannot be used: its files or its server
├── DataInUse           another process holds the data folder
├── AnswererError       an answerer has no draft; another one may
│   ├── BudgetSpent     today's budget is used up
│   └── TooLong         the question is too long for the model
├── DiskFull            there is no room to write what has to be written
├── ServerAway          the Chroma server that stores the index does not answer
│   └── TokenRefused    it answers, but not to this token
├── EmptyIndex          there is no live generation to ask
├── DamagedIndex        files of the live generation are missing or altered
├── OtherEmbedder       the live generation was built with another embedder
├── Stopping            Footnote is about to stop
├── CannotRollBack      a generation cannot be made the live one again
├── BackupError         a backup cannot be made or restored
├── BuildError          a build cannot be done; the live generation stays
│   ├── BuildRunning    another build is still running
│   ├── WouldShrink     too many articles would be removed, and nobody has agreed to that
│   └── CanaryFailed    the new generation does not answer what the live one has to
└── ReviewError
    ├── UnknownAnswer   no record has this number
    ├── SourcesChanged  the verdict is one on sources that have changed since
    ├── EnoughWait      so many people wait for an answer that Discord allows no more mentions
    └── those of refusals.py  a moderator's action is refused
"""

from __future__ import annotations

from collections.abc import Callable, Sequence


class FootnoteError(Exception):
    """Base of all; `str(error)` is one clear line for a person."""

    def __reduce__(self) -> tuple[Callable[..., FootnoteError], tuple[object, ...]]:
        """Pickled as it is when it is sent between processes, not created again from its message."""
        return _as_it_was, (type(self), self.args, self.__dict__)


def _as_it_was(kind: type[FootnoteError], args: tuple[object, ...], fields: dict[str, object]) -> FootnoteError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(fields)
    return error


class SettingsError(FootnoteError):
    """A setting is missing or makes no sense."""


class NoQuestion(FootnoteError):
    """The question has neither a letter nor a digit."""

    def __init__(self) -> None:
        super().__init__("That is not a question: write at least one word.")


class ArticleError(FootnoteError):
    """One article cannot be read. The message is the reason, without the article's name."""


class ModelError(FootnoteError):
    """The embedding model's files are not the published ones, or its server does not give usable vectors."""


class AnswererError(FootnoteError):
    """An answerer has no draft to give, for whatever reason; another one may.

    `of_question`: it works, but will not answer this question. `of_settings`: it cannot work before somebody changes
    the settings. `retry_after`: it asks to be left alone for so many seconds.
    """

    def __init__(
        self, reason: str, *, of_question: bool = False, of_settings: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(reason)
        self.of_question = of_question
        self.of_settings = of_settings
        self.retry_after = retry_after


class BudgetSpent(AnswererError):
    """Today's budget for the language model is used up, for this asker or for everybody."""

    def __init__(self) -> None:
        super().__init__("Today's budget for the language model is spent.", of_question=True)


class TooLong(AnswererError):
    """The question is too long for the language model, even with a single sentence."""

    def __init__(self) -> None:
        super().__init__("The question and its sentences are too long for the language model.", of_question=True)


class DataInUse(FootnoteError):
    """Another process uses the data folder; Chroma's files support only one."""


class DiskFull(FootnoteError):
    """There is no disk space for a new generation, whose files are deleted, or for what Chroma writes when it is
    opened.
    """

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"The disk with {folder} is full; the index is unchanged. "
            "Free some space (`footnote index gc` may help), then try again."
        )


class ServerAway(FootnoteError):
    """A server that stores the index does not answer. Only the operator sees `url`, not the asker."""

    def __init__(self, url: str | None = None, *, server: str = "Chroma server") -> None:
        super().__init__(
            f"The {server} at {url} cannot be reached. Start it, or correct CHROMA_URL."
            if url
            else f"The index cannot be reached at the moment: its {server} does not answer. Try again soon."
        )


class TokenRefused(ServerAway):
    """The Chroma server rejects the token, or requires one."""

    def __init__(self) -> None:
        FootnoteError.__init__(self, "The Chroma server refuses the token. Check CHROMA_TOKEN.")


class EmptyIndex(FootnoteError):
    """No generation is live yet."""

    def __init__(self) -> None:
        super().__init__("The index is empty. Run `footnote index build`, or /index rebuild in Discord.")


class DamagedIndex(FootnoteError):
    """Files of the live generation are missing or altered. `what` says which."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"The index is damaged: {what}. Run `footnote index build`, or /index rebuild in Discord.")


class OtherEmbedder(FootnoteError):
    """Vectors of the live generation cannot be compared with those of the embedder in use."""

    def __init__(self, built_with: str, now: str) -> None:
        super().__init__(
            f"The index was built with the embedder {built_with}, but the settings name {now}. Run `footnote index "
            "build`, or /index rebuild in Discord."
        )


class Stopping(FootnoteError):
    """Footnote is about to stop and accepts no new work."""

    def __init__(self) -> None:
        super().__init__("Footnote is restarting. Try again in a moment.")


class BackupError(FootnoteError):
    """A backup cannot be made or restored; nothing was changed."""


class BuildError(FootnoteError):
    """A build cannot be done; the live generation is untouched."""


class BuildRunning(BuildError):
    """Another build is still running."""


class WouldShrink(BuildError):
    """Of the live generation's `before` articles, the `lost` ones would be removed, and nobody has agreed to that.

    `what` is the message without the advice.
    """

    SHOWN = 5

    def __init__(self, lost: Sequence[str], before: int) -> None:
        self.lost = tuple(lost)
        self.before = before
        more = f" and {len(lost) - self.SHOWN:,} more" if len(lost) > self.SHOWN else ""
        names = f"{', '.join(lost[: self.SHOWN])}{more}"
        self.what = f"{len(lost):,} of {before:,} articles would be removed from the index: {names}."
        super().__init__(f"{self.what} The index is unchanged. To remove them, run `footnote index build --yes`.")


class CanaryFailed(BuildError):
    """Canary questions fail on the new generation, which was deleted. Each of `failures` describes one."""

    SHOWN = 3

    def __init__(self, failures: Sequence[str], asked: int) -> None:
        self.failures = tuple(failures)
        more = f"; and {len(failures) - self.SHOWN:,} more" if len(failures) > self.SHOWN else ""
        super().__init__(
            f"{len(failures):,} of {asked:,} canary questions fail on the new index, so the old one stays live: "
            f"{'; '.join(failures[: self.SHOWN])}{more}. Fix the articles or canaries.yaml. To undo an approval, "
            "use /review undo."
        )


class CannotRollBack(FootnoteError):
    """A generation cannot be made the live one again; the live one stays."""


class ReviewError(FootnoteError):
    """A verdict cannot be given."""


class NothingDecided(ReviewError):
    """There is nothing to compare answers with."""

    def __init__(self) -> None:
        super().__init__("There are no moderators' decisions yet. Name an evaluation set: `footnote eval SET_DIR`.")


class UnknownAnswer(ReviewError):
    """No record has this number."""

    def __init__(self, answer_id: int) -> None:
        super().__init__(f"Answer {answer_id} does not exist. Ask again to get a new one.")


class SourcesChanged(ReviewError):
    """The verdict was given on a card that shows the sources as they were before."""

    def __init__(self, answer_id: int) -> None:
        super().__init__(
            f"The sources of answer {answer_id} have changed in the meantime. Read its card again, then decide."
        )


class EnoughWait(ReviewError):
    """So many people wait for an answer that Discord allows no more mentions in one message."""

    def __init__(self) -> None:
        super().__init__("Too many people are waiting for this answer. Please check back here later.")
