"""Plain text: one paragraph a line, as it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.read.blocks import Paragraph

LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE_END = re.compile(f"\r\n|[{LINE_ENDS}]")
_MOST_TITLES = 5
_ORGAN = re.compile(r"[\u3007\u4e00-\u9fff（）()·]{2,40}")
_REPORT = re.compile(r"年\s*(?:度|报)|报\s*告")


@dataclass(frozen=True, slots=True)
class Lines:
    """The parts of a document that plain text gives."""

    paragraphs: tuple[Paragraph, ...]
    titles: tuple[str, ...]
    prose: tuple[str, ...]


def read_lines(text: str) -> Lines:
    """One paragraph a line, blank lines too: tabs and blanks as they stand, only the line's end removed.

    `titles` are the first lines that are not blank; where the first holds only an organ's name and the
    second the words of a report, both joined come first.
    """
    lines = _LINE_END.split(text)
    if lines and not lines[-1]:
        lines.pop()
    paragraphs = tuple(Paragraph(line, number) for number, line in enumerate(lines, start=1))
    filled = tuple(stripped for line in lines if (stripped := line.strip()))
    return Lines(paragraphs, first_titles(filled), filled)


def first_titles(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The first of the lines that are not blank, as candidates for the title."""
    first = lines[:_MOST_TITLES]
    if (
        len(first) > 1
        and _ORGAN.fullmatch(first[0])
        and not _REPORT.search(first[0])
        and _REPORT.search(first[1])
    ):
        return (first[0] + first[1], *first)
    return first
