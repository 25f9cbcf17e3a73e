"""The hours of a day in which portals are asked, where a person has named them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone

from pipeline.problem import InputProblem

CHINA = timezone(timedelta(hours=8), "UTC+8")
"""China time. It has had no summer time since 1991, so that no zone data is needed on the machine."""

_TIME = r"(\d{1,2}):(\d\d)(?::(\d\d))?"
_WRITTEN = re.compile(rf"{_TIME}\s*[-–~]\s*{_TIME}")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OffPeak:
    """From `begins` to `ends`, each day, China time; over midnight where it ends before it begins."""

    begins: time
    ends: time

    @classmethod
    def parse(cls, text: str) -> OffPeak:
        """The hours written as 22:00-06:00, to the second if need be. Raises InputProblem for anything else, and for
        no hours at all.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is not None:
            hour, minute, second, *until = (int(number or 0) for number in found.groups())
            try:
                begins, ends = time(hour, minute, second), time(until[0], until[1], until[2])
            except ValueError:
                begins = ends = time()
            if begins != ends:
                return cls(begins, ends)
        raise InputProblem(f"The hours {text!r} cannot be kept. Write them as 22:00-06:00, in China time.")

    def __str__(self) -> str:
        finest = "seconds" if self.begins.second or self.ends.second else "minutes"
        return f"{self.begins.isoformat(finest)}-{self.ends.isoformat(finest)}"

    def opens(self, now: datetime) -> datetime | None:
        """When portals may be asked again, None where they may now. `now` is aware."""
        here = now.astimezone(CHINA)
        clock = here.time()
        if self.begins < self.ends:
            is_open = self.begins <= clock < self.ends
        else:
            is_open = clock >= self.begins or clock < self.ends
        if is_open:
            return None
        today = datetime.combine(here.date(), self.begins, CHINA)
        return today if today > here else today + _DAY
