"""Writing texts of OpenDocument by hand: tables with spans over columns of any width."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from types import MappingProxyType

from tests.documents.edges import Drawn, Shift, drawn, straight
from tests.documents.writing import zipped
from tests.extract.rendering import Table

TEXT = "application/vnd.oasis.opendocument.text"
_OWN = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
        *(("draw", "drawing"), ("svg", "svg-compatible"), ("script", "script")),
    )
)
_NAMES = (
    f'{_OWN} xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" '
    'xmlns:dom="http://www.w3.org/2001/xml-events" xmlns:ooo="http://openoffice.org/2004/office"'
)


def opendocument(body: str, *, styles: str = "") -> bytes:
    """A text with this body; `styles` are automatic ones. Both are XML."""
    before = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return packed(TEXT, f"<office:text>{body}</office:text>", before=before)


def packed(
    kind: str, body: str, *, before: str = "", beside: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """A document of this kind, with other files `beside` its content."""
    content = (
        f'<office:document-content {_NAMES} office:version="1.2">{before}'
        f"<office:body>{body}</office:body></office:document-content>"
    )
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    entries = entry.format("/", kind) + "".join(
        entry.format(name, "text/xml") for name in ("content.xml", *beside)
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entries}'
    )
    return zipped(
        {
            "mimetype": kind,
            "content.xml": content,
            **beside,
            "META-INF/manifest.xml": f"{manifest}</manifest:manifest>",
        }
    )


def odt(items: Iterable[str | Table], *, shift: Shift = straight) -> bytes:
    """A text of lines and tables."""
    body, widths = "", set[int]()
    for item in items:
        if isinstance(item, str):
            body += f"<text:p>{escape(item)}</text:p>"
        else:
            lines, rows = drawn(item, shift)
            columns = [right - left for left, right in itertools.pairwise(lines)]
            widths |= {sum(columns), *columns}
            body += f'<table:table table:style-name="t{sum(columns)}">'
            body += "".join(f'<table:table-column table:style-name="c{width}"/>' for width in columns)
            written = ("".join(_written(cell, lines) for cell in row) for row in rows)
            body += "".join(f"<table:table-row>{row}</table:table-row>" for row in written) + "</table:table>"
    return opendocument(body, styles="".join(map(_styles, sorted(widths))))


def _styles(width: int) -> str:
    points = f"{width / 20}pt"
    return (
        f'<style:style style:name="c{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{points}"/></style:style>'
        f'<style:style style:name="t{width}" style:family="table">'
        f'<style:table-properties style:width="{points}" table:align="left"/></style:style>'
    )


def _written(placed: Drawn, lines: Sequence[int]) -> str:
    across = lines.index(placed.right) - lines.index(placed.left)
    covered = "<table:covered-table-cell/>"
    if placed.goes_on:
        return covered * across
    spans = f'table:number-columns-spanned="{across}" table:number-rows-spanned="{placed.cell.rowspan}"'
    text = f"<text:p>{escape(placed.cell.text)}</text:p>"
    return f"<table:table-cell {spans}>{text}</table:table-cell>" + covered * (across - 1)
