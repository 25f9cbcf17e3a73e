"""Whether a page can be parsed in bounded time and memory, told before it is parsed."""

from __future__ import annotations


def excess(text: str) -> str | None:
    """Why the page is too much to parse, None where it is not."""
    del text
    return None
