"""Writing documents of Word by hand, so that a test knows every byte of what is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

from tests.extract.rendering import Printed, Table

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A document with this body, as XML. `parts` are further files below word/, without .xml: styles, numbering."""
    beside = {
        f"word/{name}.xml": f"<w:{name} {_NAMESPACES}>{part}</w:{name}>" for name, part in parts.items()
    }
    document = f'<?xml version="1.0"?><w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>'
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": document,
            **beside,
        }
    )


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph; a line end in the text is a break in it."""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{lines}</w:r></w:p>"


def cell(content: str, properties: str = "") -> str:
    """A cell of a table; `content` is XML."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: Sequence[str], widths: Sequence[int] = ()) -> str:
    """A table of rows of cells, all XML."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    drawn = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{drawn}</w:tbl>'


def spanned(rows: Table, *, width: int = 700) -> str:
    """A table with the spans of its cells, as Word writes it: a cell merged downwards is there in each of its rows."""
    open_cells: dict[int, tuple[int, int]] = {}  # by column, columns covered and rows still to come
    drawn, widest = [], 0
    for row in rows:
        cells: list[str] = []
        waiting = list(row)
        at = 0
        below: dict[int, tuple[int, int]] = {}
        while waiting or at in open_cells:
            if at in open_cells:
                across, left = open_cells[at]
                cells.append(_merged(paragraph(""), across, "<w:vMerge/>"))
            else:
                printed = waiting.pop(0)
                across, left = printed.colspan, printed.rowspan
                opens = '<w:vMerge w:val="restart"/>' if left > 1 else ""
                cells.append(_merged(paragraph(printed.text), across, opens))
            if left > 1:
                below[at] = (across, left - 1)
            at += across
        open_cells, widest = below, max(widest, at)
        drawn.append(cells)
    return table(*drawn, widths=[width] * widest)


def _merged(content: str, across: int, downwards: str) -> str:
    return cell(content, (f'<w:gridSpan w:val="{across}"/>' if across > 1 else "") + downwards)


def plain(*rows: Sequence[str]) -> Table:
    """Rows of texts as a table without spans."""
    return [[Printed(text) for text in row] for row in rows]
