"""Whether two documents are one report: the same figures and the same words, however their pages are dressed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from sqlite3 import Connection

from pipeline.tables.met import Noted, on_disk
from pipeline.tables.rows import ReportRows, Row

_PUNCTUATION = re.compile(r"[\W_]+")
_LEAST = 200  # characters of prose by which a report without figures is told
_READ = frozenset({"reported", "blank", "not_applicable"})


def content_mark(rows: ReportRows) -> bytes | None:
    """The same for the same figures, as values of cells, and the same prose, but for punctuation and white space.

    Where a cell stands and how its number is written tells nothing. None where there is too little to tell by.
    """
    prose = "".join(_PUNCTUATION.sub("", row["title"] + row["text"]) for row in rows.sections)
    if not rows.figures and len(prose) < _LEAST:
        return None
    digest = sha256(prose.encode())
    for line in sorted(_lines(rows.figures)):
        digest.update(line.encode())
    return digest.digest()[:16]


def _lines(figures: Iterable[Row]) -> Iterable[str]:
    for row in figures:
        said = [
            row["cell"],
            row["status"],
            row["value"],
            row["unit"],
            row["corrected_value"],
            row["corrected_unit"],
        ]
        if row["status"] not in _READ:
            said.append(row["raw"])
        yield f"\n{said!r}"


class Twins:
    """Meets reports in the order of the archive, and knows of each which earlier one it is.

    Two are one where organ, year, scope and content are the same. `met` is where they are noted.
    """

    def __init__(self, met: Connection | None = None) -> None:
        met = met or on_disk()
        self._first = Noted(met, "first")
        self._same = Noted(met, "same")

    def meet(self, row: Row, mark: bytes | None) -> bool:
        """Take up a report; whether it is an earlier one again."""
        if mark is None or row["organ_id"] is None or row["report_year"] is None:
            return False
        of = f"{row['organ_id']}/{row['report_year']}/{row['scope']}"
        identity: str = row["report_id"]
        what = sha256(of.encode() + mark).hexdigest()[:32]
        first = identity if self._first.add(what, identity) else self._first.get(what)
        if first is not None and first != identity:
            self._same.put(identity, first)
        return first != identity

    def first(self, report_id: str) -> str:
        """The report that one of this id is: itself, or the earlier one with the same content."""
        return self._same.get(report_id) or report_id
