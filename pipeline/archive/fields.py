"""Checked access to the fields of one JSON line, and the one way in which times are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from sys import intern
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def time_text(moment: datetime) -> str:
    """An aware time as `2026-01-31T08:00:00.000000Z`: in UTC, always with microseconds, so that text sorts as
    time.

    Raises ValueError for a time without zone: which moment it means cannot be known.
    """
    if moment.tzinfo is None:
        raise ValueError(f"The time {moment} has no zone.")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def line_of(record: DataclassInstance) -> dict[str, object]:
    """The fields of a record as a JSON object: times as text; what is None or false is left out."""
    line: dict[str, object] = {}
    for field in fields(record):
        value: object = getattr(record, field.name)
        if isinstance(value, datetime):
            line[field.name] = time_text(value)
        elif value is not None and value is not False:
            line[field.name] = value
    return line


class Fields:
    """The fields of one line. Every getter raises ValueError where the field is not as promised.

    A field that is None is left out of the line, so an absent field reads as None where None is allowed.
    """

    def __init__(self, line: Mapping[str, object]) -> None:
        self._left = dict(line)

    def text(self, name: str) -> str:
        value = self.maybe_text(name)
        if value is None:
            raise ValueError(f"{name} is missing")
        return value

    def maybe_text(self, name: str) -> str | None:
        value = self._left.pop(name, None)
        if value is None or isinstance(value, str):
            return value
        raise ValueError(f"{name} is not a text: {value!r}")

    def often(self, name: str) -> str:
        """A text that stands in many lines: one in memory for all of them."""
        return intern(self.text(name))

    def maybe_often(self, name: str) -> str | None:
        value = self.maybe_text(name)
        return None if value is None else intern(value)

    def number(self, name: str) -> int:
        value = self.maybe_number(name)
        if value is None:
            raise ValueError(f"{name} is missing")
        return value

    def maybe_number(self, name: str) -> int | None:
        value = self._left.pop(name, None)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise ValueError(f"{name} is not a whole number: {value!r}")

    def flag(self, name: str) -> bool:
        """True where the field stands; it is never written as false."""
        value = self._left.pop(name, None)
        if value is None or value is True:
            return value is True
        raise ValueError(f"{name} is not true: {value!r}")

    def mapping(self, name: str) -> dict[str, object]:
        value = self._left.pop(name, None)
        if isinstance(value, dict):
            return value
        raise ValueError(f"{name} is not an object: {value!r}")

    def time(self, name: str) -> datetime:
        moment = self.maybe_time(name)
        if moment is None:
            raise ValueError(f"{name} is missing")
        return moment

    def maybe_time(self, name: str) -> datetime | None:
        value = self.maybe_text(name)
        if value is None:
            return None
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError(f"{name} has no zone")
        return moment.astimezone(UTC)

    def finish(self) -> None:
        """Raises ValueError where the line has fields nobody asked for."""
        if self._left:
            raise ValueError(f"unknown fields: {', '.join(sorted(self._left))}")
