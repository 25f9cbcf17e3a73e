"""Links that announce a report or a list of them, as list pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.archive.fields import Fields, line_of


@dataclass(frozen=True, slots=True)
class Sighting:
    """One link on one list page. `verdict` is `report`, `list` for a part of the column (that of an organ or a year),
    or the reason why the link is left alone.
    """

    portal: str
    run: str
    listed_on: str
    url: str
    text: str
    organ_hint: str | None
    year_hint: int | None
    seen_at: datetime
    verdict: str

    def to_line(self) -> dict[str, object]:
        """The sighting as a JSON object; what is None is left out."""
        return line_of(self)

    @classmethod
    def from_line(cls, line: Mapping[str, object]) -> Sighting:
        """The sighting of a line. Raises ValueError where the line is not one."""
        read = Fields(line)
        sighting = cls(
            portal=read.often("portal"),
            run=read.often("run"),
            listed_on=read.often("listed_on"),
            url=read.text("url"),
            text=read.text("text"),
            organ_hint=read.maybe_often("organ_hint"),
            year_hint=read.maybe_number("year_hint"),
            seen_at=read.time("seen_at"),
            verdict=read.often("verdict"),
        )
        read.finish()
        return sighting
