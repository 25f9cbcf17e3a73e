"""The documents inside a packed file, read one by one within bounds."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pipeline.read.blocks import Document, Packed, ReadIssue
from pipeline.read.given import Converted, Given, Unreadable
from pipeline.read.office import convert_together
from pipeline.read.packed import Package
from pipeline.read.packs.scans import name_of, numbered
from pipeline.read.sheaf import read_sheaf
from pipeline.read.sniff import IMAGES, sniff

MAX_READ = 40  # documents of one file; a portal packs the reports of its departments by the dozen
MAX_MEMBER = 60_000_000  # bytes
MAX_ALL = 200_000_000
_DEEPEST = 1  # packed files inside a packed file
_DEBRIS = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini", "~$", "._")

ReadOne = Callable[[Given], Document]


def read_zip(given: Given, read: ReadOne) -> Document:
    """Read every document of a zip. Raises Unreadable where it is damaged or packs nothing that is one."""
    return read_members(given, in_zip(given.data), read)


def in_zip(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files in a zip with their names, but for debris. Raises Unreadable."""
    package, left = Package(data), MAX_ALL
    for name in package.members:
        if not is_debris(name):
            body = package.read(name, min(MAX_MEMBER, left))
            left -= len(body)
            yield name, body


def read_members(given: Given, members: Iterable[tuple[str, bytes]], read: ReadOne) -> Document:
    """A document for each member, and one for pictures that are its pages; one that cannot be read has its issue, and
    so has what is left out.
    """
    if given.depth > _DEEPEST:
        raise Unreadable("too_complex", "Packed files are nested in it deeper than are opened.")
    documents: list[Packed] = []
    issues: list[ReadIssue] = []
    listed = list(islice(members, MAX_READ + 1))
    if len(listed) > MAX_READ:
        issues.append(ReadIssue("too_large", f"Of the packed files the first {MAX_READ} are read."))
        del listed[MAX_READ:]
    converted = _converted(listed, given)
    scans = scans_among(listed)
    for name, data in listed:
        kind = sniff(data, name=name)
        if (pages := scans.pop(name, None)) is not None:
            documents += _of_pages(pages, listed, given) if pages else []
            continue
        inner = replace(
            given,
            data=data,
            kind=kind,
            declared=None,
            name=name,
            slow=replace(given.slow, converted=converted),
            depth=given.depth + 1,
        )
        try:
            document = read(inner)
        except Unreadable as reason:
            document = Document(kind, issues=(ReadIssue(reason.code, reason.message),))
        if document.packed:
            documents += [replace(one, name=f"{name}/{one.name}") for one in document.packed]
        else:
            documents.append(Packed(name, document))
    if not documents:
        raise Unreadable("empty_document", "The file packs no document.")
    return Document(given.kind, packed=tuple(documents), issues=tuple(issues))


def scans_among(members: Iterable[tuple[str, bytes]]) -> dict[str, tuple[str | None, ...]]:
    """By name, the pictures that are pages of one document: all of them at the first, none at the others."""
    pictures = [name for name, data in members if sniff(data, name=name) in IMAGES]
    found: dict[str, tuple[str | None, ...]] = {}
    for pages in numbered(pictures):
        found.update((name, ()) for name in pages if name is not None)
        found[pages[0] or ""] = pages
    return found


def _of_pages(
    pages: Sequence[str | None], members: Iterable[tuple[str, bytes]], given: Given
) -> list[Packed]:
    bodies = dict(members)
    sheaf = read_sheaf([bodies[name] if name is not None else None for name in pages], given.slow)
    return [Packed(name_of(pages), sheaf.document)]


def _converted(members: Sequence[tuple[str, bytes]], given: Given) -> Converted:
    """What office programs made of the members, or make of them now, all together."""
    before = given.slow.converted
    known = {
        data: result for _, data in members if before is not None and (result := before(data)) is not None
    }
    known.update(
        convert_together(((data, name) for name, data in members if data not in known), given.slow.kept)
    )
    return known.get


def is_debris(name: str) -> bool:
    """Whether a member is what systems leave in packed files, and no document."""
    lowered = name.lower()
    return lowered.startswith(_DEBRIS[0]) or posixpath.basename(lowered).startswith(_DEBRIS[1:])
