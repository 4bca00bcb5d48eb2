"""The deployment files: they refer to what exists, and request no more rights than needed."""

from __future__ import annotations

import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
import without_tests
import yaml
from sqlalchemy import make_url

from footnote_bot.settings import Settings
from footnote_bot.settings_fields import SECTIONS, variable

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
UNIT = (ROOT / "deploy" / "footnote.service").read_text(encoding="utf-8")
KNOWN = {variable(section, name) for section in SECTIONS for name in section.model_fields}


def test_the_image_copies_what_there_is_and_nothing_else_reaches_its_build() -> None:
    allowed = [
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    ]
    copied = [
        path for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE) for path in line.split()[:-1]
    ]
    assert copied
    for path in copied:
        assert (ROOT / path).exists(), path
        assert any(fnmatch(path, pattern) for pattern in allowed), path
    assert not {".env", "var", "articles", ".git"} & set(allowed)


def test_the_image_runs_without_root_and_can_be_asked_whether_it_lives() -> None:
    assert re.search(r"^USER footnote$", DOCKERFILE, re.MULTILINE)
    assert "HEALTHCHECK" in DOCKERFILE
    assert "/healthz" in DOCKERFILE


@pytest.mark.parametrize("text", [DOCKERFILE, UNIT, str(COMPOSE)], ids=["Dockerfile", "unit", "compose"])
def test_every_setting_that_they_name_exists(text: str) -> None:
    named = set(re.findall(r"\b(?:FOOTNOTE|DISCORD|OPENAI)_[A-Z_]+|\b(?:DATABASE|CHROMA)_URL\b", text))
    assert named
    assert named <= KNOWN


def test_compose_runs_a_database_a_vector_server_and_a_bot_that_can_write_to_its_data_only() -> None:
    services = COMPOSE["services"]
    assert services.keys() == {"footnote", "postgres", "chroma"}
    bot = services["footnote"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert [volume.rpartition(":/")[2] for volume in bot["volumes"]] == ["articles:ro", "data"]
    assert all(port.startswith("127.0.0.1:") for port in bot["ports"])
    database = bot["environment"]["DATABASE_URL"].replace("${POSTGRES_PASSWORD:?set it in .env}", "x")
    assert make_url(database).host in services
    named = {volume.split(":")[0] for one in services.values() for volume in one["volumes"]} - {"${ARTICLES_FOLDER"}
    assert named == COMPOSE["volumes"].keys()
    assert "ports" not in services["chroma"]
    assert "ports" not in services["postgres"]


def test_the_vector_server_is_of_the_version_that_the_bot_has() -> None:
    (version,) = re.findall(r"^chromadb==(\S+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert COMPOSE["services"]["chroma"]["image"] == f"chromadb/chroma:{version}"


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("there is no systemd-analyze here")
    unit = tmp_path / "footnote.service"
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT, flags=re.MULTILINE), encoding="utf-8")
    ran = subprocess.run([program, "verify", str(unit)], capture_output=True, text=True, check=False)  # noqa: S603
    assert (ran.returncode, ran.stderr) == (0, "")


def test_what_only_tests_need_leaves_the_image_and_what_others_ask_for_stays() -> None:
    installed = [
        ("chromadb", ["jsonschema>=4", "posthog ; extra == 'x'"]),
        ("pytest", ["pluggy"]),
        ("pip", []),
        ("footnote", ["pytest>=8.4 ; extra == 'dev'"]),
    ]
    leaves = without_tests.only_for_tests(ROOT / "pyproject.toml", installed)
    assert {"pytest", "playwright", "mypy"} <= set(leaves)
    assert "jsonschema" not in leaves


def test_settings_are_read_as_the_image_sets_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in re.findall(r"(FOOTNOTE_[A-Z_]+)=(\S+)", DOCKERFILE):
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert (settings.web_host, settings.web_port, str(settings.data)) == ("0.0.0.0", 8080, "/data")  # noqa: S104 - inside
