"""Small files in the formats of articles, made by hand with the content that a test defines."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

Drawn = tuple[float, float, float, str]
"""x, y, size of letters, text."""

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = f"""<w:styles {_W}>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Liste"><w:name w:val="List Bullet"/></w:style>
<w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style></w:styles>"""
_CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"""


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx(body: str, *, properties: str = "", doctype: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """`body` and `properties` are the XML inside `w:body` and `cp:coreProperties`."""
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{properties}</cp:coreProperties>"
    )
    document = f"{doctype}<w:document {_W}><w:body>{body}</w:body></w:document>"
    parts = {"word/document.xml": document, "word/styles.xml": _STYLES, "docProps/core.xml": core}
    return zipped({**parts, **(more or {})})


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of Word's XML."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def epub(
    chapters: Mapping[str, str],
    *,
    metadata: str = "",
    spine: Sequence[str] | None = None,
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """`chapters`: file names -> documents, read in the order of `spine`."""
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>'
        for name in dict.fromkeys([*chapters, *(spine or ())])
    )
    refs = "".join(f'<itemref idref="{name}"/>' for name in spine or chapters)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    parts = {"META-INF/container.xml": _CONTAINER, "OEBPS/book.opf": package}
    return zipped({**parts, **{f"OEBPS/{name}": text for name, text in chapters.items()}, **(more or {})})


def chapter(body: str, doctype: str = "") -> str:
    """An XHTML document."""
    return (
        f'{doctype}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>{body}</body></html>'
    )


def pdf(pages: Sequence[Sequence[Drawn]], *, info: str = "") -> bytes:
    """`info`: entries of the dictionary of properties."""
    drawn = [
        "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, size, text in page)
        for page in pages
    ]
    return pdf_of([stream.encode("cp1252") for stream in drawn], info=info)


def pdf_of(streams: Sequence[bytes], *, info: str = "", stream_entries: str = "") -> bytes:
    """A page for each stream of content."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {5 + 2 * number} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} {stream_entries} >>\nstream\n".encode() + stream + b"\nendstream")
    objects.append(f"<< {info} >>".encode())
    return pdf_file(objects, f"/Root 1 0 R /Info {len(objects)} 0 R")


def pdf_file(objects: Sequence[bytes], trailer: str) -> bytes:
    """Objects are numbered from 1."""
    content, offsets = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} {trailer} >>\n"
    return content + f"{end}startxref\n{len(content)}\n%%EOF\n".encode()


def page(*lines: str, top: float = 760, size: float = 11) -> list[Drawn]:
    """Lines as a typesetter sets them; an empty one makes a new paragraph."""
    return [(72, top - 1.2 * size * number, size, line) for number, line in enumerate(lines) if line]


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
