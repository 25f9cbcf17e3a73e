"""What a reader is given, and how it says that it cannot read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class Unreadable(Exception):
    """Raised by a reader where nothing can be read: the code of the issue and a sentence for a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


Converted = Callable[[bytes], bytes | Unreadable | None]


@dataclass(frozen=True, slots=True)
class Given:
    """The bytes of one document. `kind` is what they are by the bytes themselves.

    `declared` is what the server said of them, a charset's name or a whole Content-Type; `name` the file's name.
    Without `prose` the main text of pages is not looked for. `converted` tells what an office program made of a
    document before, or why it could not; None of one that it has not met. `depth` is how many files it is packed in.
    """

    data: bytes
    kind: str
    declared: str | None = None
    name: str | None = None
    prose: bool = True
    converted: Converted | None = None
    depth: int = 0
