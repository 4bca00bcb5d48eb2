"""The base class of a section of settings."""

from __future__ import annotations

from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsSection(BaseSettings):
    """A section of docs/settings.md. The text below a setting is its documentation."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)


def variable(section: type[BaseSettings], field: str) -> str:
    """The environment variable that a setting is read from."""
    return str(section.model_fields[field].validation_alias or field).upper()
