"""Writing texts of OpenDocument by hand: tables with spans over columns of any width."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from tests.documents.writing import filled_up, zipped
from tests.extract.rendering import Printed, Table

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


def odt(items: Iterable[str | Table], *, shift: Callable[[int, int], int] = lambda _row, _edge: 0) -> bytes:
    """A text of lines and tables. `shift` moves the edge left of a column in a row by twentieths of a point, as in
    `tests.documents.writing.spanned`.
    """
    body, widths = "", set[int]()
    for item in items:
        if isinstance(item, str):
            body += f"<text:p>{escape(item)}</text:p>"
        else:
            lines, rows = _edges(item, shift)
            columns = [right - left for left, right in itertools.pairwise(lines)]
            widths |= {sum(columns), *columns}
            body += f'<table:table table:style-name="t{sum(columns)}">'
            body += "".join(f'<table:table-column table:style-name="c{width}"/>' for width in columns)
            body += "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"
    return opendocument(body, styles="".join(map(_styles, sorted(widths))))


def _styles(width: int) -> str:
    points = f"{width / 20}pt"
    return (
        f'<style:style style:name="c{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{points}"/></style:style>'
        f'<style:style style:name="t{width}" style:family="table">'
        f'<style:table-properties style:width="{points}" table:align="left"/></style:style>'
    )


@dataclass(slots=True)
class _Placed:
    cell: Printed
    goes_on: bool
    left: int
    right: int


def _edges(rows: Table, shift: Callable[[int, int], int]) -> tuple[Sequence[int], Sequence[str]]:
    """All edges of columns, and the cells of each row. A cell that goes on downwards keeps its edges."""
    placed: list[list[_Placed]] = []
    above: dict[int, _Placed] = {}
    for number, row in enumerate(filled_up(rows)):
        at, own, cells = 0, dict[int, int](), list[tuple[int, Printed, bool]]()
        for printed, goes_on in row:
            cells.append((at, printed, goes_on))
            for edge in (at, at + printed.colspan):
                own.setdefault(edge, edge * 700 + shift(number, edge))
            if goes_on:
                own |= {at: above[at].left, at + printed.colspan: above[at].right}
            at += printed.colspan
        placed.append([_Placed(one, goes_on, own[at], own[at + one.colspan]) for at, one, goes_on in cells])
        above = {at: cell for (at, *_), cell in zip(cells, placed[-1], strict=True)}
    lines = sorted({edge for row in placed for cell in row for edge in (cell.left, cell.right)})
    return lines, ["".join(_written(cell, lines) for cell in row) for row in placed]


def _written(placed: _Placed, lines: Sequence[int]) -> str:
    across = lines.index(placed.right) - lines.index(placed.left)
    covered = "<table:covered-table-cell/>"
    if placed.goes_on:
        return covered * across
    spans = f'table:number-columns-spanned="{across}" table:number-rows-spanned="{placed.cell.rowspan}"'
    text = f"<text:p>{escape(placed.cell.text)}</text:p>"
    return f"<table:table-cell {spans}>{text}</table:table-cell>" + covered * (across - 1)
