"""Language models and embedding models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr

from footnote_bot.server_addresses import server_address
from footnote_bot.settings_fields.section import SettingsSection

Dollars = Annotated[float, Field(ge=0, allow_inf_nan=False)]

OPENAI_MODEL = "gpt-5.4-mini"
"""The smallest of OpenAI's models that supports JSON schemas and had no retirement date when this was written."""

OPENAI_EMBEDDING_MODEL = "text-embedding-3-small"
"""The cheapest of OpenAI's current embedding models."""


class ModelSettings(SettingsSection):
    """Language model and embedding server"""

    answerer: Annotated[Literal["auto", "extractive", "openai"], Field(validation_alias="FOOTNOTE_ANSWERER")] = "auto"
    """What writes the answers. `extractive`: source sentences as they are, no key needed. `openai`: a language model,
    with source sentences as the fallback. `auto`: `openai` when OPENAI_API_KEY or OPENAI_BASE_URL is set."""

    openai_api_key: SecretStr | None = None
    """The key for OpenAI, or for the server at OPENAI_BASE_URL. Questions and the sentences found for them are sent
    there."""

    openai_base_url: Annotated[str, AfterValidator(server_address)] | None = None
    """A server with an OpenAI-compatible API, such as Ollama, vLLM or llama.cpp: http://127.0.0.1:11434/v1"""

    openai_model: str = OPENAI_MODEL
    """The name of the language model."""

    openai_embedding_model: str = OPENAI_EMBEDDING_MODEL
    """The name of the embedding model, when FOOTNOTE_EMBEDDER is `openai`. For Ollama: nomic-embed-text"""

    daily_tokens: Annotated[int | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_TOKENS")] = None
    """How many tokens the language model may use in a day (UTC). When they are used up, answers are source sentences
    and say so. In the terminal the limit holds for one run. Empty: no limit."""

    daily_tokens_per_user: Annotated[int | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_TOKENS_PER_USER")] = None
    """The same for one user. Empty: a tenth of the smaller of the other two limits."""

    daily_tokens_per_server: Annotated[int | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_TOKENS_PER_SERVER")] = (
        None
    )
    """The same for one Discord server. Empty: no limit."""

    daily_dollars: Annotated[float | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_DOLLARS")] = None
    """How many US dollars the language model may cost in a day (UTC). Needs OPENAI_PRICE_INPUT and OPENAI_PRICE_OUTPUT.
    Empty: no limit."""

    daily_dollars_per_user: Annotated[float | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_DOLLARS_PER_USER")] = (
        None
    )
    """The same for one user. Empty: a tenth of the smaller of the other two limits."""

    daily_dollars_per_server: Annotated[
        float | None, Field(ge=0, validation_alias="FOOTNOTE_DAILY_DOLLARS_PER_SERVER")
    ] = None
    """The same for one Discord server. Empty: no limit."""

    openai_price_input: Dollars | None = None
    """What the model costs for input, in US dollars per million tokens. It also applies to the judge."""

    openai_price_cached_input: Dollars | None = None
    """What it costs for cached input. Empty: the same as other input."""

    openai_price_output: Dollars | None = None
    """What it costs for output, in US dollars per million tokens."""

    openai_judge_model: str | None = None
    """A second model that compares each claim with the sentences it cites, before anybody sees the answer. It can only
    drop claims. Answers are then shown whole, not claim by claim. Empty: no judge."""

    openai_temperature: Annotated[float, Field(ge=0, le=2)] = 0.0
    """The model's temperature, from 0 to 2."""

    openai_max_tokens: Annotated[int, Field(gt=0)] = 2000
    """How many tokens the model may write for one answer. A reasoning model also needs them for its thoughts: give it
    8000 or more."""

    openai_time_limit: Annotated[float, Field(gt=0, le=300)] = 28.0
    """How many seconds the model may take for a question, up to 300; then source sentences are shown instead. A slow
    model on your own machine needs more than the default. Rewriting a follow-up may use a quarter of the time; a judge,
    if there is one, has a quarter to itself."""

    openai_retries: Annotated[int, Field(ge=0, le=10)] = 2
    """How many times a request is repeated after a failure that may be temporary."""

    openai_embedding_price: Dollars | None = None
    """What the embedding model costs, in US dollars per million tokens, so that a build can announce its price.
    0: free. Empty: unknown."""

    openai_embedding_tokens_per_minute: Annotated[int, Field(gt=0)] | None = None
    """How many tokens a build may send to the embedding server in a minute. Empty: as many as the server accepts."""
