"""Malicious and broken files: each is refused with one line, or read without its harmful part."""

from __future__ import annotations

import platform
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from sample_files import chapter, docx, epub, page, paragraph, pdf, pdf_file, pdf_of, zipped

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.building.reports import Skipped
from footnote_index.loaders import parser_process
from footnote_index.loaders.confinement import MAX_MEMORY
from footnote_index.loaders.folder import MAX_BYTES, find_articles, read_articles
from footnote_index.loaders.parser_process import ParserProcess

WORDS = "The valley fell on Monday after a week of fighting, said the governor."
HTML = f"<html><head><title>T</title></head><body><article><p>{WORDS}</p><p>{WORDS} Twice.</p></article></body></html>"
OUTSIDE_WORDS = "words-of-a-file-outside"
BILLION_LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a0 "lol">'
    + "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY out SYSTEM "file:///tmp/footnote-test-outside">]>'
OUTSIDE_DTD = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">'


def bomb() -> bytes:
    """101 MB of blanks as XML."""
    return b"<a>" + b" " * 101_000_000 + b"</a>"


def understated(archive: bytes, size: int) -> bytes:
    """An archive whose headers say that a part is small."""
    assert archive.count(struct.pack("<L", size)) >= 2
    return archive.replace(struct.pack("<L", size), struct.pack("<L", 1_000))


def of_many_parts(count: int) -> bytes:
    """A zip file that lists the same part over and over."""
    local = zipped({"word/document.xml": "<a/>"})
    start = local.index(b"PK\x01\x02")
    end = local.index(b"PK\x05\x06")
    directory = local[start:end] * count
    return (
        local[:start] + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(directory), start, 0)
    )


def with_password_bit(archive: bytes) -> bytes:
    """Marks every part as encrypted."""
    changed = bytearray(archive)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = archive.find(signature)
        while at >= 0:
            changed[at + offset] |= 1
            at = archive.find(signature, at + 1)
    return bytes(changed)


def tree_of(kids: bytes, *more: bytes) -> bytes:
    pages = b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % kids.count(b"R")
    return pdf_file([b"<< /Type /Catalog /Pages 2 0 R >>", pages, *more], "/Root 1 0 R")


def of_many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    return tree_of(kids, *[b"<< /Type /Page /Parent 2 0 R >>"] * count)


def locked_pdf(content: bytes) -> bytes:
    writer, stream = PdfWriter(clone_from=PdfReader(BytesIO(content))), BytesIO()
    writer.encrypt("a password", algorithm="RC4-128")
    writer.write(stream)
    return stream.getvalue()


def calling_itself() -> bytes:
    """A page whose form draws itself twice."""
    form = b"/F Do /F Do BT /F1 9 Tf (" + WORDS.encode() + b") Tj ET"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    resources = b"/Resources << /XObject << /F 4 0 R >> /Font << /F1 " + font + b" >> >>"
    return tree_of(
        b"3 0 R",
        b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R " + resources + b" >>",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length %d " % len(form)
        + resources
        + b" >>\nstream\n"
        + form
        + b"\nendstream",
        b"<< /Length 5 >>\nstream\n/F Do\nendstream",
    )


def without_letters() -> bytes:
    """A page whose font maps letters to the private use area."""
    codes = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <41> <5A> <E001> endbfrange"
    cmap = b"begincmap " + codes + b" endcmap"
    drawn = b"BT /F1 9 Tf (ABCDEFGHIJKLMNOPQRSTUVWXYZ) Tj ET"
    return tree_of(
        b"3 0 R",
        b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Unknown /ToUnicode 6 0 R >>",
        *(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream" for stream in (drawn, cmap)),
    )


def with_object_stream(count: int) -> bytes:
    """Its pages are said to be in a stream of a billion objects."""
    stream = zlib.compress(b"2 0 " * 100_000)
    return pdf_file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\nstream\n"
            % (count, count, len(stream))
            + stream
            + b"\nendstream",
        ],
        "/Root 1 0 R",
    )


SOUND_PDF = pdf([page(WORDS, "", "Another paragraph stands here.")])
SOUND_DOCX = docx(paragraph(WORDS))
SOUND_EPUB = epub({"a.xhtml": chapter(f"<p>{WORDS}</p>")})

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    # zip bombs
    "bomb.docx": (lambda: zipped({"word/document.xml": bomb()}), "unpacks to more than 100 MB"),
    "bomb.epub": (lambda: epub({"a.xhtml": ""}, more={"OEBPS/a.xhtml": bomb()}), "unpacks to more than 100 MB"),
    "understated.docx": (lambda: understated(zipped({"word/document.xml": bomb()}), len(bomb())), "damaged"),
    "parts.docx": (lambda: of_many_parts(100_000), "100,000 files, more than 20,000"),
    "password.docx": (lambda: with_password_bit(SOUND_DOCX), "missing, damaged or encrypted"),
    # paths that lead elsewhere
    "dots.epub": (lambda: epub({"../../../../../../etc/hostname": "x"}, more={}), "hostname' is missing"),
    "rooted.docx": (
        lambda: docx("", more={"_rels/.rels": '<R><r Type="x/officeDocument" Target="/etc/passwd"/></R>'}),
        "'etc/passwd' is missing",
    ),
    # entities
    "laughs.docx": (lambda: docx("&a9;", doctype=BILLION_LAUGHS), "no text"),
    "outside.docx": (lambda: docx("&out;", doctype=OUTSIDE), "no text"),
    # PDFs
    "pages.pdf": (lambda: of_many_pages(10_000), "10,000 pages; an article can have at most 2,000"),
    "loop.pdf": (lambda: tree_of(b"2 0 R"), "it is damaged: "),
    "objects.pdf": (lambda: with_object_stream(10**9), "it has no text"),
    "inflated.pdf": (
        lambda: pdf_of([zlib.compress(b" " * 90_000_000)], stream_entries="/Filter /FlateDecode"),
        "it has no text",
    ),
    "locked.pdf": (lambda: locked_pdf(SOUND_PDF), "protected by a password"),
    "picture.pdf": (lambda: pdf([[]]), "it has no text .scanned text is not read."),
    "unmapped.pdf": (without_letters, "its fonts do not say which characters they show"),
    # cut short
    "cut.pdf": (lambda: SOUND_PDF[:300], "it is damaged: "),
    "cut.docx": (lambda: SOUND_DOCX[:-100], "damaged"),
    "cut.epub": (lambda: SOUND_EPUB[: len(SOUND_EPUB) // 2], "damaged"),
    "cut.html": (HTML[:10].encode, "no text"),
    "empty.pdf": (lambda: b"", "not a PDF"),
    "empty.docx": (lambda: b"", "damaged"),
    "empty.html": (lambda: b"", "no text"),
    # other than their names say
    "pdf.html": (lambda: SOUND_PDF + bytes(range(128, 256)), "encoding is not clear"),
    "pdf.docx": (lambda: SOUND_PDF[:], "its name has the wrong extension"),
    "html.pdf": (HTML.encode, "not a PDF"),
    "docx.epub": (lambda: SOUND_DOCX[:], "'META-INF/container.xml' is missing"),
    "epub.docx": (lambda: SOUND_EPUB, "'word/document.xml' is missing"),
    "docx.html": (lambda: SOUND_DOCX, "binary"),
    # no text
    "nul.html": (lambda: HTML.replace("week", "we\0ek").encode(), "binary"),
    "half.html": (lambda: HTML.encode().replace(b"week", b"we\xed\xa0\x80ek"), "UTF-8 except for"),
    "half.docx": (lambda: docx(paragraph(WORDS), properties="<dc:title>&#xD800;</dc:title>"), "damaged"),
    # deeply nested
    "deep.html": (lambda: b"<html><body>" + b"<div>" * 100_000 + WORDS.encode(), "no text"),
    "deepest.html": (lambda: (b"<div><p>" * 2_400_000)[:19_000_000], "no text"),
    "deep.docx": (lambda: docx("<w:sdt>" * 100_000 + paragraph(WORDS) + "</w:sdt>" * 100_000), "no text"),
    "deep.epub": (lambda: epub({"a.xhtml": chapter("<div>" * 100_000)}), "no text"),
}
"""Name -> the file, and a part of the reason."""


SURVIVED: dict[str, Callable[[], bytes]] = {
    "nested.docx": lambda: docx(paragraph(WORDS), more={"word/media/a.zip": zipped({"b": b"\0" * 1_000_000})}),
    "paths.docx": lambda: docx(paragraph(WORDS), more={"../../evil.txt": "x", "/etc/footnote-evil": "x"}),
    "paths.epub": lambda: epub({"a.xhtml": chapter(f"<p>{WORDS}</p>")}, more={"../../evil.txt": "x"}),
    "repeated.epub": lambda: epub({"a.xhtml": chapter(f"<p>{WORDS}</p>")}, spine=["a.xhtml"] * 10_000),
    "laughs.docx": lambda: docx(paragraph(f"{WORDS} &a9;"), doctype=BILLION_LAUGHS),
    "laughs.epub": lambda: epub({"a.xhtml": chapter(f"<p>{WORDS} &a9;</p>", BILLION_LAUGHS)}),
    "outside.epub": lambda: epub({"a.xhtml": chapter(f"<p>{WORDS} &out;</p>", OUTSIDE)}),
    "laughs.html": (BILLION_LAUGHS + HTML.replace("week", "week &a9;")).encode,
    "outside.html": (OUTSIDE + HTML.replace("week", "week &out;")).encode,
    "dtd.epub": lambda: epub({"a.xhtml": chapter(f"<p>{WORDS}</p>", OUTSIDE_DTD)}),
    "title.docx": lambda: docx(paragraph(WORDS), properties="<dc:title>a&#10;b</dc:title>", doctype=OUTSIDE),
    "table.pdf": lambda: SOUND_PDF.replace(b"startxref\n", b"startxref\n9"),
    "itself.pdf": lambda: SOUND_PDF.replace(b"/Parent 2 0 R", b"/Parent 4 0 R"),
    "half.html": lambda: HTML.replace("week", "we&#xD800;ek").encode(),
    "cut.html": HTML[:-40].encode,
}
"""Read, with its words and without anything else."""


start_process = parser_process.start_process  # before conftest.py has it forked


@pytest.fixture(scope="module", autouse=True)
def started_as_users_do() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser_process, "start_process", start_process)
        yield


@pytest.fixture(scope="module")
def apart() -> Iterator[ParserProcess]:
    with ParserProcess(time_limit=20) as process:
        yield process


@pytest.fixture(autouse=True)
def file_outside() -> Iterator[None]:
    file = Path("/tmp/footnote-test-outside")  # noqa: S108 - its place stands in the hostile files
    file.write_text(OUTSIDE_WORDS)
    yield
    file.unlink(missing_ok=True)  # other tests may run at the same time


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_its_reason(name: str, apart: ParserProcess) -> None:
    make, reason = REFUSED[name]
    with pytest.raises(ArticleError, match=reason):
        apart.parse(name, make())


@pytest.mark.parametrize("name", SURVIVED)
def test_a_hostile_file_comes_to_nothing(name: str, apart: ParserProcess) -> None:
    article = apart.parse(name, SURVIVED[name]())
    assert "The valley fell on Monday" in article.text
    assert OUTSIDE_WORDS not in repr(article)
    assert len(repr(article)) < 1_000


def endless() -> bytes:
    return pdf_of([zlib.compress(b"BT /F1 9 Tf (x) Tj ET\n" * 500_000)], stream_entries="/Filter /FlateDecode")


@pytest.mark.parametrize("make", [endless, calling_itself])
def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(make: Callable[[], bytes]) -> None:
    with ParserProcess(time_limit=0.5) as process:
        with pytest.raises(ArticleError, match="it takes too long to read"):
            process.parse("endless.pdf", make())
        process._time_limit = 20
        assert process.parse("sound.pdf", SOUND_PDF).text.startswith(WORDS)


def test_a_file_that_its_reader_does_not_survive_is_named_and_the_next_one_is_read(apart: ParserProcess) -> None:
    apart.parse("sound.pdf", SOUND_PDF)
    assert apart._process
    apart._process.kill()
    with pytest.raises(ArticleError, match="its parser ran out of memory or crashed"):
        apart.parse("sound.pdf", SOUND_PDF)
    assert apart.parse("sound.pdf", SOUND_PDF).text.startswith(WORDS)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_an_attacker_in_the_parser_process_finds_no_secret_and_no_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secrets = ("DISCORD_TOKEN", "OPENAI_API_KEY", "DATABASE_URL", "CHROMA_TOKEN", "ANYTHING_ELSE")
    for name in secrets:
        monkeypatch.setenv(name, "of-nobody-else")
    with ParserProcess() as process:
        process.parse("sound.pdf", SOUND_PDF)
        assert process._process
        about = Path(f"/proc/{process._process.pid}")
        assert b"of-nobody-else" not in (about / "environ").read_bytes()
        assert re.search(rf"Max address space +{MAX_MEMORY} +{MAX_MEMORY} ", (about / "limits").read_text())
        assert re.search(r"^Seccomp:\s+2$", (about / "status").read_text(), re.MULTILINE)


@pytest.mark.skipif(platform.machine() not in {"x86_64", "aarch64"}, reason="the filter is for these machines")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems offer no such filter")
def test_a_confined_process_cannot_connect_to_anything_nor_can_its_children() -> None:
    connect = "import socket; socket.socket(getattr(socket, 'AF_UNIX'))"
    lines = f"""
import subprocess, sys
from footnote_index.loaders.confinement import confine
confine()
print(subprocess.run([sys.executable, "-c", {connect!r}], capture_output=True, text=True).stderr.splitlines()[-1])
{connect}
"""
    ran = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=False)  # noqa: S603 - our own
    refused = "PermissionError: [Errno 1] Operation not permitted"
    assert (ran.stdout.strip(), ran.stderr.splitlines()[-1]) == (refused, refused)


def test_a_folder_of_hostile_files_is_built_without_them(tmp_path: Path) -> None:
    quick = ["loop.pdf", "locked.pdf", "cut.docx", "docx.html", "nul.html", "rooted.docx", "empty.pdf"]
    for name in quick:
        (tmp_path / name).write_bytes(REFUSED[name][0]())
    (tmp_path / "sound.docx").write_bytes(SOUND_DOCX)
    (tmp_path / "sound.txt").write_text("Title\nText.")
    (tmp_path / "long.txt").write_text("Title\n" + "Text. " * 1_000_000)
    with (tmp_path / "huge.html").open("wb") as stream:
        stream.truncate(100_000_000)
    read = [*read_articles(find_articles(tmp_path), tmp_path)]
    assert [one.id for one in read if isinstance(one, Article)] == ["sound.docx", "sound.txt"]
    reasons = {one.article_id: one.reason for one in read if isinstance(one, Skipped)}
    assert reasons.keys() == {*quick, "long.txt", "huge.html"}
    assert reasons["huge.html"] == f"it is too large (100 MB): an article can have at most {MAX_BYTES // 1_000_000} MB"
    assert reasons["long.txt"] == "its text has 5,999,999 characters, more than 5,000,000"
    assert not [reason for reason in reasons.values() if "\n" in reason or len(reason) > 200]
