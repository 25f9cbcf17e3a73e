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
        *(("draw", "drawing"), ("svg", "svg-compatible"), ("script", "script"), ("fo", "xsl-fo-compatible")),
    )
)
_NAMES = (
    f'{_OWN} xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" '
    'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" '
    'xmlns:dom="http://www.w3.org/2001/xml-events" xmlns:ooo="http://openoffice.org/2004/office"'
)


def opendocument(
    body: str, *, styles: str = "", beside: Mapping[str, str] = MappingProxyType({}), kind: str = TEXT
) -> bytes:
    """A text with this body; `styles` are automatic ones. Both are XML."""
    before = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return packed(kind, f"<office:text>{body}</office:text>", before=before, beside=beside)


def common_styles(styles: str) -> Mapping[str, str]:
    """The part of a document that holds its common styles, as XML."""
    part = f"<office:styles>{styles}</office:styles>"
    return {"styles.xml": f"<office:document-styles {_NAMES}>{part}</office:document-styles>"}


def cell(text: str, *, style: str = "", across: int = 1, down: int = 1) -> str:
    """A cell of a table, with those that it covers in its row."""
    spans = f'table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
    covered = "<table:covered-table-cell/>" * (across - 1)
    return f'<table:table-cell table:style-name="{style}" {spans}><text:p>{text}</text:p></table:table-cell>{covered}'


def table(*rows: Sequence[str], widths: Sequence[int] = ()) -> str:
    """A table of rows of cells, all XML. There must be a style for each width: see `column_styles`."""
    columns = "".join(f'<table:table-column table:style-name="c{width}"/>' for width in widths)
    drawn = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    return f"<table:table>{columns}{drawn}</table:table>"


def column_styles(widths: Iterable[int]) -> str:
    """Of columns and tables of these widths, in twentieths of a point."""
    return "".join(map(_styles, sorted(set(widths))))


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
    return opendocument(body, styles=column_styles(widths))


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
    if placed.goes_on:
        return "<table:covered-table-cell/>" * across
    return cell(escape(placed.cell.text), across=across, down=placed.cell.rowspan)
