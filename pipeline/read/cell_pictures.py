"""A cell of a document as a person sees it, wherever its page is: a PDF, pictures, or pictures inside other files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.read import opendocument, word
from pipeline.read.given import Given, Unreadable
from pipeline.read.ofd import as_pdf
from pipeline.read.office import as_docx
from pipeline.read.packs.members import in_zip, scans_among
from pipeline.read.packs.scans import name_of
from pipeline.read.pdf import apart as pdf
from pipeline.read.scan import apart as scan
from pipeline.read.sniff import DOCX, IMAGES, ODT, OFD, PDF, RAR, ZIP, sniff

_Bodies = Sequence[bytes | None]


def cell_picture(
    data: bytes, page: int, box: str, *, name: str | None = None, member: str | None = None
) -> bytes:
    """A PNG of a cell and of what stands around it. `page` and `box` are as in table figure, `name` is the file's,
    `member` the document inside a packed file. Raises Unreadable.
    """
    kind = sniff(data, name=name)
    if kind in (ZIP, RAR) and member is not None:
        bodies = _inside(data, kind, member)
        if len(bodies) == 1 and bodies[0] is not None:
            return cell_picture(bodies[0], page, box, name=member)
        return scan.cell_picture(bodies, page, box)
    if kind == PDF:
        return pdf.cell_picture(data, page, box)
    if kind == OFD:
        return pdf.cell_picture(as_pdf(data), page, box)
    return scan.cell_picture([data] if kind in IMAGES else _in_text(data, kind), page, box)


def _in_text(data: bytes, kind: str) -> _Bodies:
    """The pictures of a document of Word, or of one that is read as one."""
    if kind == ODT:
        return opendocument.pictures_of(data)
    return word.pictures_of(data if kind == DOCX else as_docx(Given(data, kind, prose=False)))


def _inside(data: bytes, kind: str, member: str) -> _Bodies:
    """The file of that name inside, or the pages that have it together."""
    members = list(_members(data, kind))
    bodies = dict(members)
    if member in bodies:
        return [bodies[member]]
    for pages in scans_among(members).values():
        if pages and name_of(pages) == member:
            return [bodies[name] if name is not None else None for name in pages]
    for name, body in members:
        if member.startswith(name + "/"):
            return _inside(body, sniff(body, name=name), member.removeprefix(name + "/"))
    raise Unreadable("damaged_document", f"The file lacks its part {member}.")


def _members(data: bytes, kind: str) -> Iterable[tuple[str, bytes]]:
    if kind == ZIP:
        return in_zip(data)
    from pipeline.read.packs.rar import in_rar  # noqa: PLC0415 - its library may be missing

    return in_rar(data)
