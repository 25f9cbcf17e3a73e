"""Writing OFD by hand, as its writers do: every character at its place, every line of a table a path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from tests.documents.workbooks import placed
from tests.documents.writing import zipped
from tests.extract.rendering import Table

_NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_LEFT, _WIDE, _LINE, _SIZE = 10.0, 190.0, 4.0, 3.0  # millimetres
_HEIGHT = 420


def ofd(*pages: str, shared: str = "", parts: Mapping[str, bytes | str] | None = None) -> bytes:
    """A document of pages, each the XML of its objects. `shared` are resources, `parts` further files."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}/Content.xml"/>' for n, _ in enumerate(pages))
    area = f"<ofd:PhysicalBox>0 0 210 {_HEIGHT}</ofd:PhysicalBox>"
    contents = {
        f"Doc_0/Pages/{n}/Content.xml": f"<ofd:Page {_NAMES}><ofd:Content><ofd:Layer>{page}</ofd:Layer>"
        "</ofd:Content></ofd:Page>"
        for n, page in enumerate(pages)
    }
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {_NAMES}><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
            "</ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {_NAMES}><ofd:CommonData><ofd:PageArea>{area}</ofd:PageArea>"
            f"<ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
            "</ofd:Document>",
            "Doc_0/Res.xml": f'<ofd:Res {_NAMES} BaseLoc="Res">{shared}</ofd:Res>',
            **contents,
            **(parts or {}),
        }
    )


def text(
    x: float, y: float, said: str, *, size: float = _SIZE, attributes: str = "", inside: str = ""
) -> str:
    """A text whose line stands at `y`."""
    steps = " ".join(str(_advance(character, size)) for character in said[:-1])
    return (
        f'<ofd:TextObject Boundary="{x} {y - size} {_width(said, size)} {size * 1.3}" Size="{size}" {attributes}>'
        f'{inside}<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{escape(said)}</ofd:TextCode></ofd:TextObject>'
    )


def line(x: float, y: float, across: float, down: float) -> str:
    """A line to the right or downwards, in a box as narrow as it is thin."""
    return (
        f'<ofd:PathObject Boundary="{x} {y} {max(across, 0.3)} {max(down, 0.3)}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {across} {down}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def drawn(items: Iterable[str | Table]) -> list[str]:
    """Lines and tables below each other, as pages."""
    pages, page, down = list[str](), "", 20.0
    for item in items:
        body, high = (text(_LEFT, 0, item, size=4), 9.0) if isinstance(item, str) else _table(item)
        if down + high > _HEIGHT - 20:
            pages.append(page)
            page, down = "", 20.0
        # What is drawn lower down is drawn in a block of its own there: a composition of one object each.
        page += body.replace('Boundary="', f'CTM="1 0 0 1 0 {down}" Boundary="')
        down += high
    return [*pages, page]


def _table(table: Table) -> tuple[str, float]:
    cells = [(r, c, d, a, str(v)) for r, c, d, a, v in placed([table], 0)]
    columns = max(column + across - 1 for _, column, _, across, _ in cells)
    rows = max(row + deep - 1 for row, _, deep, _, _ in cells)
    wide = _WIDE / columns
    wrapped = {cell: _wrapped(cell[4], cell[3] * wide - 2) for cell in cells}
    high = [6.0] * rows
    for (row, _, deep, _, _), lines in wrapped.items():
        lacking = len(lines) * _LINE + 2 - sum(high[row - 1 : row - 1 + deep])
        high[row + deep - 2] += max(0.0, lacking)
    edges = [sum(high[:row]) for row in range(rows + 1)]
    body = ""
    for (row, column, deep, across, _), lines in wrapped.items():
        left, top = _LEFT + (column - 1) * wide, edges[row - 1]
        width, height = across * wide, edges[row + deep - 1] - top
        body += line(left, top, width, 0) + line(left, top + height, width, 0)
        body += line(left, top, 0, height) + line(left + width, top, 0, height)
        for number, said in enumerate(lines, start=1):
            if said:
                body += text(left + (width - _width(said, _SIZE)) / 2, top + number * _LINE, said)
    return body, edges[-1] + 6


def _wrapped(said: str, room: float) -> list[str]:
    lines = [""]
    for character in said:
        if lines[-1] and _width(lines[-1] + character, _SIZE) > room:
            lines.append("")
        lines[-1] += character
    return lines


def _width(said: str, size: float) -> float:
    return sum(_advance(character, size) for character in said)


def _advance(character: str, size: float) -> float:
    return size if ord(character) > 0xFF else size / 2
