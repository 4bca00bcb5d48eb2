from pathlib import Path

import check_sizes
import pytest


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("x = 1\n" * 250, []),
        ("x = 1\n" * 251, [(1, "251 lines")]),
        ("def small():\n" + "    x = 1\n" * 39, []),
        ("async def large():\n" + "    x = 1\n" * 40, [(1, "large has 41 lines")]),
        ("class A:\n    def __init__(self, a, b, c, d, *, e, f, g, h): ...\n", []),
        ("class A:\n    def __init__(self, a, b, c, d, *, e, f, g, h, i): ...\n", [(2, "a constructor with 9")]),
        ("def many(a, b, c, d, e, f, g, h, i, j): ...\n", []),
    ],
)
def test_what_is_too_large_is_found(source: str, found: list[tuple[int, str]]) -> None:
    assert [
        (one.line, one.what[: len(what)]) for one, (_, what) in zip(check_sizes.findings(source), found, strict=True)
    ] == found


def test_migrations_may_be_as_long_as_their_tables(tmp_path: Path) -> None:
    for folder in ("versions", "other"):
        (tmp_path / "src" / folder).mkdir(parents=True)
        (tmp_path / "src" / folder / "tables.py").write_text("x = 1\n" * 300, encoding="utf-8")
    assert [finding.partition(":")[0] for finding in check_sizes.all_findings(tmp_path)] == ["src/other/tables.py"]
