"""From the blocks of a document of text, in whatever package, to the document: its pictures read, its titles found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.read.blocks import Block, Document, Grid, Paragraph, ReadIssue
from pipeline.read.given import Given, Slow, Unreadable
from pipeline.read.laid_out import LaidOut
from pipeline.read.packed import Package
from pipeline.read.sniff import IMAGES, sniff
from pipeline.read.text import first_titles
from pipeline.read.word.pictures import WithPictures, with_pictures, without_marks

_LONGEST_TITLE = 120
_MOST_PICTURES = 100_000_000  # bytes of all pictures
_LEAST = 400  # bytes of a picture that may show a table, or a slice of one
_SMALL = 10_000  # bytes; a smaller picture is a sign or a line


class Pictures:
    """The pictures of a package, in folders named `folder`; `path` tells the part that a mark names. `read` are the
    names of those that were given.
    """

    def __init__(self, package: Package, folder: str, path: Callable[[str], str]) -> None:
        self.read: set[str] = set()
        self._package = package
        self._folder = folder
        self._path = path
        self._known: dict[str, bytes | None] = {}
        self._left = _MOST_PICTURES

    def picture(self, mark: str) -> bytes | None:
        """A picture of a kind that is read; None of a sign or line, and beyond what is read. Raises Unreadable."""
        path = self._path(mark)
        if path not in self._known:
            self._known[path] = self._picture(path)
        return self._known[path]

    def unread(self) -> int:
        """How many pictures, not counting signs and lines, were not given."""
        return sum(
            self._folder in one.name and one.size > _SMALL and one.name not in self.read
            for one in self._package.members.values()
        )

    def _picture(self, path: str) -> bytes | None:
        member = self._package.members.get(path)
        if member is None or not _LEAST <= member.size <= self._left:
            return None
        data = self._package.read(path, self._left)
        if sniff(data) not in IMAGES:
            return None
        self._left -= len(data)
        self.read.add(path)
        return data


def printed(given: Given, laid_out: LaidOut, pictures: Pictures, title: str, inside: int) -> Document:
    """The document. `title` is what the file says of itself, `inside` counts the files that it holds as objects. Raises
    Unreadable where it shows nothing that is read.
    """
    read, why = _with_pictures(laid_out.blocks, pictures, given.slow)
    blocks = tuple(read.blocks)
    unread = pictures.unread()
    if not blocks and why is not None:
        raise why
    if not blocks and unread:
        raise Unreadable("reader_missing", "The document is pictures of a kind for which there is no reader.")
    if not blocks:
        raise Unreadable("empty_document", "The document shows no text.")
    lines = tuple(text for block in blocks if isinstance(block, Paragraph) and (text := block.text.strip()))
    own = title.strip()
    titles = (*first_titles(lines), *read.titles, *([own] if 0 < len(own) <= _LONGEST_TITLE else []))
    return Document(
        given.kind,
        titles=tuple(dict.fromkeys(titles)),
        blocks=blocks,
        prose=lines if given.prose else (),
        issues=(*laid_out.issues, *read.issues, *_unseen(blocks, unread, inside)),
        page_titles=(first_titles(lines), *read.page_titles) if read.page_titles else (),
    )


def _with_pictures(
    blocks: Sequence[Block], pictures: Pictures, slow: Slow
) -> tuple[WithPictures, Unreadable | None]:
    """The text with its pictures read; without them, and why, where they cannot be."""
    try:
        read = with_pictures(blocks, pictures.picture, slow)
    except Unreadable as reason:
        pictures.read.clear()
        return WithPictures(without_marks(blocks)), reason
    return read or WithPictures(without_marks(blocks)), None


def _unseen(blocks: Sequence[Block], pictures: int, inside: int) -> Iterator[ReadIssue]:
    """What may hold tables and is not read."""
    if pictures and not any(isinstance(block, Grid) for block in blocks):
        message = f"The document has no table but {pictures} pictures, which are not read: a table may be among them."
        yield ReadIssue("pictures_not_read", message)
    if inside:
        yield ReadIssue("files_inside", f"The document holds {inside} files as objects, which are not read.")
