"""A converted model, ready to run on the CPU."""

from __future__ import annotations

import os
from pathlib import Path

import ctranslate2

_AVX512 = frozenset(("avx512f", "avx512cd", "avx512vl", "avx512bw", "avx512dq"))
"""The CPU flags, as Linux names them, that CTranslate2's AVX-512 code needs."""


def opened(model: Path, *, cores: int) -> ctranslate2.Encoder:
    """Runs up to `cores` batches at the same time."""
    if has_avx512():  # CTranslate2 only uses it on request, and is a tenth faster with it (docs/decisions.md)
        os.environ.setdefault("CT2_FORCE_CPU_ISA", "AVX512")
    return ctranslate2.Encoder(str(model), device="cpu", compute_type="int8", inter_threads=cores, intra_threads=1)


def has_avx512(described: Path = Path("/proc/cpuinfo")) -> bool:
    """False where the system does not describe the processor, as on a Mac."""
    try:
        with described.open(encoding="utf-8", errors="replace") as lines:
            flags = next((line for line in lines if line.startswith("flags")), "")
    except OSError:
        return False
    return _AVX512.issubset(flags.split())
