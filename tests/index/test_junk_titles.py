"""Titles of programs, templates and files are no titles of articles."""

from __future__ import annotations

import pytest

from footnote_index.loaders.junk_titles import is_junk


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - report.doc",
        "Microsoft Word",
        "Document1 - Microsoft Word",
        "Untitled - Notepad",
        "PowerPoint Presentation",
        "Untitled",
        "untitled 3",
        "Document1",
        "Slide 1",
        "Unbenannt",
        "Sans titre",
        "Layout_2",
        "Letter template",
        "None",
    ],
)
def test_programs_and_templates(title: str) -> None:
    assert is_junk(title)


@pytest.mark.parametrize(
    "title",
    [
        "report.pdf",
        "The annual report.docx",
        "report_2021_final",
        "C:\\files\\report",
        "/home/ann/report",
        "file:///report",
        "https://news.example/report",
        "annual-report-2021",
        "reports/2021",
        "home/ann/report",
        "chapter-12",
        "the-old-dam",
        "report-2021",
    ],
)
def test_files_and_addresses(title: str) -> None:
    assert is_junk(title)


@pytest.mark.parametrize("title", ["", " ", "2021", "12-34", "***", "2021/09/06", "¹²"])
def test_what_has_no_letters(title: str) -> None:
    assert is_junk(title)


@pytest.mark.parametrize("title", ["D:20210906120000", "(anonymous)", "Adobe Photoshop PDF", "LaTeX document"])
def test_what_programs_write(title: str) -> None:
    assert is_junk(title)


@pytest.mark.parametrize(
    "title",
    [
        "The dam",
        "Title deeds of the valley",
        "A word on tea",
        "Word of mouth",
        "The document that ended a war",
        "Print and paper in Norvik",
        "Well-known bridges",
        "Twenty-one bridges",
        "2021 in review",
        "Tea",
        "TCP/IP and its rivals",
        "TCP/IP",
        "Either/or",
        "Yes/No",
        "OS/2",
        "covid-19",
        "e-mail",
        "apollo-11",
        "Print - a history",
        "Title - a short guide",
        "Word - how language began",
        "Draft horses",
        "AC/DC in concert",
        "Ärger im Tal",
        "大坝",
        "A guide to Node.js",
    ],
)
def test_titles_of_articles_stay(title: str) -> None:
    assert not is_junk(title)


def test_long_titles_are_read_in_no_time() -> None:
    assert not is_junk(f"{'The dam ' * 5_000}holds")
    assert is_junk(f"{'a-' * 5_000}b")
