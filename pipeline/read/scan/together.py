"""From the bytes of picture files that are pages of one document to that document.

Runs foreign code: call it in a process that may end (see `apart`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

import numpy as np

from pipeline.read.blocks import Document, ReadIssue, Sheaf
from pipeline.read.given import Unreadable
from pipeline.read.pdf.layout import Piece
from pipeline.read.pdf.reader import PageRead, document_of, titles_of
from pipeline.read.scan.colour import Coloured
from pipeline.read.scan.dress import is_coloured, is_page, is_small, is_upright
from pipeline.read.scan.frames import MAX_PIXELS, MAX_WORKED, frames, worked
from pipeline.read.scan.page import pieces
from pipeline.read.scan.pixels import POINT
from pipeline.read.scan.recognise import Recogniser
from pipeline.read.scan.strips import cut_apart, goes_on
from pipeline.read.sniff import sniff

MAX_PAGES = 40  # pictures of pages read in one document; a report has some five to thirty
Told = Callable[[], object]

_MAX_STRIP = 3 * MAX_WORKED  # pixels of slices put together, as they are worked on: some twelve pages


def read_runs(runs: Sequence[Sequence[bytes | None]], told: Told = lambda: None) -> list[Sheaf]:
    """Read picture files as `pipeline.read.sheaf.read_sheaves` has it; nothing raises.
    `told` is called after each page that was recognised.

    A picture that is given alone is the document, whatever it shows.
    """
    reading = _Reading(told, is_alone=sum(map(len, runs)) == 1)
    return [reading.run(pictures) for pictures in runs]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Page `number` of all, of the picture file at `place` of its run."""

    place: int
    number: int
    page: Coloured


@dataclass(frozen=True, slots=True)
class _Lost:
    """Why the picture at `place` of its run, or the rest of it, gives no page; it has a number all the same."""

    place: int
    number: int
    code: str
    message: str


@dataclass(slots=True)
class _Reading:
    """Reads run after run, and counts all pictures, pages or not: so it can be told without reading which is which."""

    told: Told
    is_alone: bool
    _recogniser: Recogniser | None = None
    _last: int = 0
    _looked: int = 0
    _found: list[PageRead] = field(default_factory=list)
    _lost: list[_Lost] = field(default_factory=list)
    _issues: list[ReadIssue] = field(default_factory=list)
    _numbers: dict[int, int] = field(default_factory=dict)  # by place in the run, of the first page

    def run(self, pictures: Sequence[bytes | None]) -> Sheaf:
        self._found, self._lost, self._issues, self._numbers = [], [], [], {}
        strip: list[_Frame] = []
        for one in self._frames(pictures):
            if isinstance(one, _Frame) and strip and self._is_slice(strip, one):
                strip.append(one)
                continue
            self._read(strip)
            strip = [one] if isinstance(one, _Frame) and self._may_be_page(one.page) else []
            if isinstance(one, _Lost):
                self._lose(one)
        self._read(strip)
        numbers = tuple(self._numbers.get(place) for place in range(len(pictures)))
        return Sheaf(self._document(pictures), numbers)

    def _frames(self, pictures: Sequence[bytes | None]) -> Iterator[_Frame | _Lost]:
        """Page by page, or why a picture gives none."""
        for place, data in enumerate(pictures):
            if data is None:
                yield _Lost(place, self._number(), "page_unreadable", "It was not got.")
                continue
            try:
                for page in frames(data):
                    if self._looked == MAX_PAGES:
                        message = f"There are more than {MAX_PAGES} pages; the first {MAX_PAGES} are read."
                        self._issues.append(ReadIssue("too_large", message))
                        return
                    if self.is_alone and is_small(page):
                        size = f"{page.shape[1]} x {page.shape[0]}"
                        yield _Lost(
                            place,
                            self._number(),
                            "too_large",
                            f"A picture of {size} pixels is no page of a report.",
                        )
                    else:
                        yield _Frame(place, self._number(), page)
            except Unreadable as reason:
                yield _Lost(place, self._number(), reason.code, reason.message)

    def _number(self) -> int:
        self._last += 1
        return self._last

    def _may_be_page(self, page: Coloured) -> bool:
        return self.is_alone or not (is_small(page) or is_coloured(page))

    def _is_slice(self, strip: Sequence[_Frame], one: _Frame) -> bool:
        """Whether a page goes on where a strip of slices is cut off."""
        size = sum(frame.page.size for frame in (*strip, one)) // 3
        is_next = one.place == strip[-1].place + 1
        return is_next and size <= MAX_PIXELS and goes_on(strip[-1].page, one.page)

    def _read(self, strip: Sequence[_Frame]) -> None:
        """Take up the page, or the slices of one, that were gathered."""
        if not strip:
            return
        self._looked += len(strip)
        first = strip[0].number
        whole = strip[0].page if len(strip) == 1 else np.concatenate([frame.page for frame in strip])
        self._recogniser = self._recogniser or Recogniser()
        try:
            tinted = worked(whole, MAX_WORKED if len(strip) == 1 else _MAX_STRIP)
        except Unreadable as reason:
            for frame in strip:
                self._lose(_Lost(frame.place, frame.number, reason.code, reason.message))
            return
        found: Sequence[Piece] = pieces(tinted, first, self._recogniser)
        self.told()
        if not self.is_alone and not is_page(found, is_upright=is_upright(whole)):
            self._found.append(PageRead(first))  # it may be one that was read badly: no table goes on over it
            return
        if len(strip) > 1:
            edges = list(accumulate((frame.page.shape[0] for frame in strip), initial=0))
            found = [cut_apart(piece, edges, first) for piece in found]
        self._found.append(PageRead(first, tuple(found), tinted.grey.shape[0] / POINT))
        for frame in strip:
            self._numbers.setdefault(frame.place, frame.number)

    def _lose(self, page: _Lost) -> None:
        """Take up a page that cannot be read."""
        self._lost.append(page)
        self._found.append(PageRead(page.number, told=page.message))
        self._numbers.setdefault(page.place, page.number)

    def _document(self, pictures: Sequence[bytes | None]) -> Document:
        first = next((data for place, data in enumerate(pictures) if place in self._numbers and data), None)
        kind = sniff(first or next((data for data in pictures if data), b""))
        if self._lost and not any(page.pieces for page in self._found):
            reason = self._lost[0]
            return Document(kind, issues=(ReadIssue(reason.code, reason.message),))
        told = [
            ReadIssue("page_unreadable", f"Picture {page.number}: {page.told}")
            for page in self._found
            if page.told
        ]
        document = document_of(kind, "", self._found, [*self._issues, *told])
        pages = [page for page in self._found if page.pieces]
        titles = tuple(titles_of([page], "") for page in pages) if len(pages) > 1 else ()
        return replace(document, page_titles=titles)
