"""The application as it is put together: what it loads before the first question."""

from __future__ import annotations

from pathlib import Path

import pytest
from article_files import write_articles
from pydantic import SecretStr

from footnote.adapters.reader import TrainedModel
from footnote_bot.app import opened
from footnote_bot.settings import Settings


@pytest.mark.parametrize(("key", "is_loaded"), [(SecretStr("sk-1"), True), (None, False)])
async def test_what_reads_claims_is_loaded_at_the_start_where_a_language_model_writes(
    tmp_path: Path, key: SecretStr | None, is_loaded: bool
) -> None:
    write_articles(tmp_path / "articles", {"valley.md": "The valley is 115 kilometres long."})
    settings = Settings(articles=tmp_path / "articles", data=tmp_path / "data", openai_api_key=key)
    async with opened(settings) as footnote:
        assert isinstance(footnote.entailer, TrainedModel)
        assert footnote.entailer.load in footnote.slow_parts
        assert (footnote.entailer.load_claims in footnote.slow_parts) is is_loaded
