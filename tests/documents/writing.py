"""Writing documents of Word by hand, so that a test knows every byte of what is read."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

from tests.documents.edges import Drawn, Shift, drawn, straight
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


def with_pictures(body: str, pictures: Sequence[bytes]) -> bytes:
    """A document whose body shows these pictures, each where `picture` names it by its number, from 1."""
    numbers = range(1, len(pictures) + 1)
    relations = "".join(
        f'<Relationship Id="p{n}" Type="x/image" Target="media/image{n}.png"/>' for n in numbers
    )
    with zipfile.ZipFile(io.BytesIO(docx(body))) as package:
        parts: dict[str, bytes | str] = {name: package.read(name) for name in package.namelist()}
    spaces = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{spaces}">{relations}</Relationships>'
    parts |= {f"word/media/image{n}.png": data for n, data in zip(numbers, pictures, strict=True)}
    return zipped(parts)


def picture(number: int) -> str:
    """A paragraph that is a picture."""
    return f'<w:p><w:r><w:drawing><a:blip r:embed="p{number}"/></w:drawing></w:r></w:p>'


def cell(content: str, properties: str = "") -> str:
    """A cell of a table; `content` is XML."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: Sequence[str], widths: Sequence[int] = ()) -> str:
    """A table of rows of cells, all XML."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    drawn = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{drawn}</w:tbl>'


def spanned(rows: Table, *, width: int = 700, shift: Shift = straight, lines: bool = False) -> str:
    """A table with the spans of its cells, as Word writes it: a cell merged downwards is there in each of its rows, and
    a row that begins behind others or ends before them says so. `lines` are drawn around all cells, or none.
    """
    edges, placed = drawn(rows, shift, width)
    between = [right - left for left, right in itertools.pairwise(edges)]
    written = (
        f"<w:tr>{_ends(row, edges)}{''.join(_merged(one, edges) for one in row)}</w:tr>" for row in placed
    )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV") if lines else ()
    borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in sides)
    properties = f'<w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders>'
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in between)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl>"


def _ends(row: Sequence[Drawn], edges: Sequence[int]) -> str:
    before, after = edges.index(row[0].left), len(edges) - 1 - edges.index(row[-1].right)
    told = "".join(
        f'<w:grid{side} w:val="{columns}"/><w:w{side} w:w="{width}" w:type="dxa"/>'
        for side, columns, width in (
            ("Before", before, row[0].left - edges[0]),
            ("After", after, edges[-1] - row[-1].right),
        )
        if columns
    )
    return f"<w:trPr>{told}</w:trPr>" if told else ""


def _merged(one: Drawn, edges: Sequence[int]) -> str:
    across = edges.index(one.right) - edges.index(one.left)
    opens = '<w:vMerge w:val="restart"/>' if one.cell.rowspan > 1 else ""
    properties = (
        f'<w:tcW w:w="{one.right - one.left}" w:type="dxa"/>',
        f'<w:gridSpan w:val="{across}"/>' if across > 1 else "",
        "<w:vMerge/>" if one.goes_on else opens,
    )
    return cell(paragraph("" if one.goes_on else one.cell.text), "".join(properties))


def plain(*rows: Sequence[str]) -> Table:
    """Rows of texts as a table without spans."""
    return [[Printed(text) for text in row] for row in rows]
