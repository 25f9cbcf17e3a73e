"""The prose of a report, by its numbered sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.labels import Kind, LabelIndex
from pipeline.extract.normalise import plain
from pipeline.extract.record import Section

_HEADING = re.compile(
    r"^\s*[*#]*\s*第?([一二三四五六七八九十]{1,2})(?:、|部分)\s*[:：]?\s*(\S.*?)\s*[*]*\s*$"
)
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_LONGEST_TITLE = 40


def split_sections(paragraphs: Sequence[str], index: LabelIndex) -> tuple[Section, ...]:
    """The sections of `paragraphs`, in order; what stands before the first heading is section 0.

    A heading is a short line numbered 一、 and so on in rising order that is no label of a form's row. Text behind a
    heading that is no sentence end belongs to its title.
    """
    sections: list[tuple[int, str, list[str]]] = [(0, "", [])]
    for paragraph in paragraphs:
        found = _heading(paragraph, index)
        if found is not None and found[0] > sections[-1][0]:
            sections.append((*found, []))
        elif paragraph.strip():
            sections[-1][2].append(paragraph.strip())
    return tuple(
        Section(number, title, "\n".join(lines)) for number, title, lines in sections if number or lines
    )


def _heading(paragraph: str, index: LabelIndex) -> tuple[int, str] | None:
    match = _HEADING.match(paragraph)
    if match is None or len(match[2]) > _LONGEST_TITLE or "。" in match[2] or match[1] not in _NUMBERS:
        return None
    if any(label.kind in (Kind.ITEM, Kind.HEADING) for label in index.find(paragraph)):
        return None
    return _NUMBERS[match[1]], plain(match[2]).strip() if match[2].isascii() else match[2]
