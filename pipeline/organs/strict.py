"""Taking reviewed data apart strictly: what is missing, unknown or of another type is said by its name. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Entry = Mapping[str, Any]


def entries(data: Entry, name: str) -> Iterator[Entry]:
    """The tables `[[name]]` of a file. Raises ValueError where they are none."""
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise ValueError(f"{name} must be tables, each begun with [[{name}]]")
    yield from found


def only(data: Entry, *names: str) -> None:
    """Raise ValueError where there is an entry of another name."""
    odd = sorted(data.keys() - set(names))
    if odd:
        raise ValueError(f"{', '.join(odd)} is not known in {dict(data)}; known are {', '.join(names)}")


def text(entry: Entry, name: str) -> str:
    """A text that is not empty."""
    value = entry.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} must be a text in {dict(entry)}")
    return value


def texts(entry: Entry, name: str) -> tuple[str, ...]:
    """A list of texts with at least one in it, each once."""
    value = entry.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one for one in value):
        raise ValueError(f"{name} must be a list of texts in {dict(entry)}")
    if len(set(value)) < len(value):
        raise ValueError(f"{name} names something twice in {dict(entry)}")
    return tuple(value)
