"""Whether a page can be parsed in bounded time and memory, told before it is parsed.

An HTML5 parser looks through all open elements at many tags, reopens every formatting element that was left
open in every block after it, and compares each attribute of a tag with those before it. Pages made so (and
broken generators) would take minutes or all memory. The estimate follows the tags without building a tree
and never falls short by much: where it is unsure it takes an element as still open. Ordinary pages pass by
counting alone.
"""

from __future__ import annotations

import re

from pipeline.read.elements import BARRIERS, FLAT, FORMATTING, STRONG

MAX_TAGS = 400_000  # real pages stay under 100 000
MAX_LOOKS = 400_000_000  # about two seconds of looking through open elements
MAX_REOPENED = 3_000_000  # elements, of some 200 bytes each
MAX_ATTRIBUTES = 10_000

_SMALL = 100_000  # characters; fewer cannot hold enough attributes to matter
_SCAN_BACK = 64
_FORMATTING_TAG = re.compile(rf"<(?:{'|'.join(sorted(FORMATTING))})[\s/>]", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)")
_ATTRIBUTE = r"""[\s/]++[^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_WITH_ATTRIBUTES = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE})*+")


def excess(text: str) -> str | None:
    """Why the page is too much to parse, None where it is not."""
    tags = text.count("<")
    if tags > MAX_TAGS:
        return f"The page has {tags} tags; at most {MAX_TAGS} are read."
    if len(text) > _SMALL and _has_endless_tag(text):
        return f"A tag of the page has more than {MAX_ATTRIBUTES} attributes."
    formatting = len(_FORMATTING_TAG.findall(text))
    if tags * tags <= 2 * MAX_LOOKS and tags * formatting <= MAX_REOPENED:
        return None
    return _Pile().follow(text)


def _has_endless_tag(text: str) -> bool:
    for tag in _WITH_ATTRIBUTES.finditer(text):
        if tag.end() - tag.start() > 2 * MAX_ATTRIBUTES:
            attributes = sum(1 for _ in _ONE_ATTRIBUTE.finditer(tag[0].removeprefix("<")))
            if attributes > MAX_ATTRIBUTES:
                return True
    return False


class _Pile:
    """The elements that a parser would hold open, and the formatting elements it would reopen."""

    def __init__(self) -> None:
        self.open: list[tuple[str, str]] = []  # name and, of formatting elements, the tag as written
        self.active: dict[str, int] = {}  # formatting elements to reopen, by the tag as written
        self.to_reopen = 0
        self.roots = 0

    def follow(self, text: str) -> str | None:
        looks = reopened = 0
        for tag in _TAG.finditer(text):
            name = tag[2].lower()
            looks += len(self.open)
            reopened += self.to_reopen
            if tag[1]:
                self.end(name)
            elif name not in FLAT:
                self.start(name, tag[0])
            if looks > MAX_LOOKS or self.roots > 1000:
                return "The page's elements are nested or left open beyond what can be read in bounded time."
            if reopened > MAX_REOPENED:
                return (
                    "The page leaves so many formatting elements open that reading it would take all memory."
                )
        return None

    def start(self, name: str, written: str) -> None:
        if name in {"html", "body"}:
            self.roots += 1
        elif name in FORMATTING:
            self.open.append((name, written))
            count = self.active[written] = self.active.get(written, 0) + 1
            self.to_reopen += count <= 3  # the standard keeps three that are alike
        else:
            self.open.append((name, ""))

    def end(self, name: str) -> None:
        stops = BARRIERS if name in STRONG else STRONG
        for back in range(1, min(_SCAN_BACK, len(self.open)) + 1):
            candidate, written = self.open[-back]
            if candidate == name:
                if written:
                    self.forget(written)
                if written or name == "form":  # only these two leave open what was opened inside them
                    del self.open[-back]
                else:
                    del self.open[-back:]
                return
            if candidate in stops:
                return

    def forget(self, written: str) -> None:
        self.active[written] -= 1
        self.to_reopen -= self.active[written] < 3
