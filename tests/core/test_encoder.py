"""The encoder that the embedder and the reader run on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from footnote.adapters.bert import encoder

VARIABLE = "CT2_FORCE_CPU_ISA"
ALL = "fpu sse2 avx avx2 avx512f avx512dq avx512cd avx512bw avx512vl avx512_vnni"


@pytest.mark.parametrize(
    ("described", "has"),
    [
        (f"processor\t: 0\nflags\t\t: {ALL}\n", True),
        (f"processor\t: 0\nflags\t\t: {ALL.replace('avx512bw ', '')}\n", False),
        ("processor\t: 0\nFeatures\t: fp asimd\n", False),
        ("", False),
    ],
)
def test_avx_512_is_asked_for_only_where_all_of_it_is_there(tmp_path: Path, described: str, has: bool) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text(described)
    assert encoder.has_avx512(file) is has


@pytest.mark.parametrize(
    ("has", "chosen", "asked_for"), [(True, None, "AVX512"), (True, "AVX2", "AVX2"), (False, None, None)]
)
def test_what_somebody_chose_for_ctranslate2_stays(
    monkeypatch: pytest.MonkeyPatch, *, has: bool, chosen: str | None, asked_for: str | None
) -> None:
    monkeypatch.setattr(encoder, "has_avx512", lambda: has)
    monkeypatch.setattr("ctranslate2.Encoder", lambda *_, **__: os.environ.get(VARIABLE))
    monkeypatch.setenv(VARIABLE, "")  # what is set below is gone after the test
    monkeypatch.delenv(VARIABLE) if chosen is None else monkeypatch.setenv(VARIABLE, chosen)
    assert encoder.opened(Path("model"), cores=1) == asked_for


def test_a_system_that_does_not_describe_its_processor_is_left_alone(tmp_path: Path) -> None:
    assert encoder.has_avx512(tmp_path / "cpuinfo") is False
