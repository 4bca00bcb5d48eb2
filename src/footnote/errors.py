"""Everything Footnote refuses, as one tree. Each message is safe to show to a person and names the next step.

FootnoteError
├── SettingsError       the environment does not make sense
├── ArticleError        one article cannot be read; a build reports it and goes on
├── ModelError          the embedding model's files are missing or altered
├── DataInUse           another process holds the data folder
├── EmptyIndex          there is no live generation to ask
├── BuildError          a build cannot be done; the live generation stays
│   └── BuildRunning    another build has not ended yet
└── ReviewError
    ├── UnknownAnswer   no record has this number
    └── AlreadyDecided  the first verdict stands (review.py)
"""

from __future__ import annotations


class FootnoteError(Exception):
    """Base of all; `str(error)` is one clear line for a person."""


class SettingsError(FootnoteError):
    """A setting is missing or makes no sense."""


class ArticleError(FootnoteError):
    """One article cannot be read. The message is the reason, without the article's name."""


class ModelError(FootnoteError):
    """The embedding model's files are missing or are not the ones that were published."""


class DataInUse(FootnoteError):
    """Another process holds the data folder; Chroma's files bear only one."""


class EmptyIndex(FootnoteError):
    """No generation is live yet."""

    def __init__(self) -> None:
        super().__init__("The index is empty. Run `footnote index build`, or /index rebuild in Discord.")


class BuildError(FootnoteError):
    """A build cannot be done; the live generation is untouched."""


class BuildRunning(BuildError):
    """Another build has not ended yet."""


class ReviewError(FootnoteError):
    """A verdict cannot be given."""


class UnknownAnswer(ReviewError):
    """No record has this number."""

    def __init__(self, answer_id: int) -> None:
        super().__init__(f"Answer {answer_id} is not on record. Ask again to get a fresh one.")
