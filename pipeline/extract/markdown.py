"""Taking off the marks of Markdown, which some converters leave around cells and between head and body of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.read.blocks import Paragraph

_SEPARATOR = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|){2,}(?:\s*:?-{3,}:?\s*)?|\|\s*:?-{3,}:?\s*\|")
# A mark of emphasis stands around the whole of a cell; the asterisks behind `12*` are a footnote's.
_STRONG = re.compile(r"(?:(?<=[\s|])|^)(\*\*|__)(?=\S)([^*_|\t]+?)(?<=\S)\1(?=[\s|]|$)")
_HEADING = re.compile(r"^#{1,6}\s+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([.()*_+\-#])")


def unmarked(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """`lines` without Markdown's marks; lines that only part head and body are left empty, and none is lost."""
    markdown = any(_SEPARATOR.fullmatch(line.text.strip()) for line in lines)
    return [_cleaned(line, escapes=markdown) for line in lines]


def _cleaned(line: Paragraph, *, escapes: bool) -> Paragraph:
    text = line.text
    if escapes:
        if _SEPARATOR.fullmatch(text.strip()):
            return replace(line, text="")
        text = _ESCAPE.sub(r"\1", _BREAK.sub(" ", _HEADING.sub("", text)))
    text = _STRONG.sub(r"\2", text) if "**" in text or "__" in text else text
    return line if text == line.text else replace(line, text=text)
