"""What a reader is given, and how it says that it cannot read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol


class Unreadable(Exception):
    """Raised by a reader where nothing can be read: the code of the issue and a sentence for a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


Converted = Callable[[bytes], bytes | Unreadable | None]
OnPage = Callable[[], None]


class Kept(Protocol):
    """What slow readers made of documents, by the bytes of the document and the name of the reader."""

    def take(self, data: bytes, reader: str) -> bytes | None:
        """What this reader, as it is now, made of a document before; None where that is not known."""

    def keep(self, data: bytes, reader: str, made: bytes) -> None:
        """Keep what the reader made of a document. Nothing is promised but that it is kept whole or not at all."""


@dataclass(frozen=True, slots=True)
class Slow:
    """What saves readers that are slow their work, and tells of it.

    `converted` tells what an office program made of a document before, or why it could not; None of one that it has not
    met. `kept` is asked before slow work, and given what came of it. `on_page` is called, from any thread, after each
    page of which the characters were recognised.
    """

    converted: Converted | None = None
    kept: Kept | None = None
    on_page: OnPage | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """The bytes of one document. `kind` is what they are by the bytes themselves.

    `declared` is what the server said of them, a charset's name or a whole Content-Type; `name` the file's name.
    Without `prose` the main text of pages is not looked for. `slow` is for readers that are. `depth` is how many files
    it is packed in.
    """

    data: bytes
    kind: str
    declared: str | None = None
    name: str | None = None
    prose: bool = True
    slow: Slow = field(default_factory=Slow)
    depth: int = 0
