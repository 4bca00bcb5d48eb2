"""What tests of several folders share: real MiniLM, converted once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from footnote_index.embedders.minilm import MiniLM


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the converted model lies in."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def minilm(models: Path) -> MiniLM:
    return MiniLM(models)
