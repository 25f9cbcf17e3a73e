"""Runs of the crawler: begun with settings, worked on in one session or more, and finished with a summary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.archive.fields import Fields, time_text


@dataclass(frozen=True, slots=True)
class RunSession:
    """One process at work on a run: when it began, and what it worked with."""

    begun_at: datetime
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `finished_at` and `summary` are None while it is not finished."""

    id: str
    begun_at: datetime
    settings: Mapping[str, object]
    finished_at: datetime | None = None
    summary: Mapping[str, object] | None = None
    sessions: tuple[RunSession, ...] = ()


@dataclass(frozen=True, slots=True)
class RunEvent:
    """One line of the log of runs: `details` are the settings of a run that begins, what a session works with,
    the summary of a run that ends.
    """

    event: str
    run: str
    at: datetime
    details: Mapping[str, object]

    def to_line(self) -> dict[str, object]:
        return {"event": self.event, "run": self.run, "at": time_text(self.at), "details": dict(self.details)}

    @classmethod
    def from_line(cls, line: Mapping[str, object]) -> RunEvent:
        """The event of a line. Raises ValueError where the line is not one."""
        read = Fields(line)
        event = cls(read.text("event"), read.text("run"), read.time("at"), read.mapping("details"))
        read.finish()
        if event.event not in ("begun", "session", "finished"):
            raise ValueError(f"unknown event {event.event}")
        return event


def fold(events: Iterable[RunEvent]) -> dict[str, Run]:
    """The runs that the events tell of, by id, in the order in which they began."""
    runs: dict[str, Run] = {}
    for event in events:
        if event.event == "begun":
            runs[event.run] = Run(event.run, event.at, event.details)
        elif event.run in runs and event.event == "session":
            sessions = (*runs[event.run].sessions, RunSession(event.at, event.details))
            runs[event.run] = replace(runs[event.run], sessions=sessions)
        elif event.run in runs:
            runs[event.run] = replace(runs[event.run], finished_at=event.at, summary=event.details)
    return runs
