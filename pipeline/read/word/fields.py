"""Fields: of a field its result is shown, not its code. Both stand between marks, over any number of runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

UNKNOWN = "\ufffd"  # stands for something printed whose meaning is not known
_COMPUTED = re.compile(
    r"\s*(?:=|(?:date|time|createdate|savedate|printdate|edittime|page|numpages|sectionpages|numwords|numchars"
    r"|filesize|revnum|seq|if|compare|quote|docproperty|docvariable|autonum\w*|formula)\b)",
    re.IGNORECASE,
)
_DRAWING = re.compile(r"\s*(?:symbol|eq|listnum|autonum\w*)\b", re.IGNORECASE)  # show what their code says
_DEEPEST = 50  # fields inside one another; more were never closed


@dataclass(slots=True)
class _Field:
    code: str = ""
    has_begun: bool = False  # its result
    is_hidden: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open. Where `is_recalculated`, the document was written by a program that computes fields
    anew when it opens a file: what they show is not what was printed, and UNKNOWN stands for it.
    """

    is_recalculated: bool = False
    _open: list[_Field] = field(default_factory=list)

    @property
    def is_shown(self) -> bool:
        """Whether text here is shown."""
        return all(one.has_begun and not one.is_hidden for one in self._open)

    def code(self, text: str) -> None:
        """Take up code of the innermost field."""
        if self._open and not self._open[-1].has_begun:
            self._open[-1].code += text[:100]

    def mark(self, kind: str | None) -> str:
        """Take up a mark: `begin`, `separate` or `end`. What is to be shown for it."""
        if kind == "begin":
            self._open.append(_Field())
            del self._open[:-_DEEPEST]
        elif kind == "separate" and self._open:
            innermost = self._open[-1]
            innermost.has_begun = True
            if self.is_computed(innermost.code):
                shown = UNKNOWN if self.is_shown else ""
                innermost.is_hidden = True
                return shown
        elif kind == "end" and self._open:
            closed = self._open.pop()
            if not closed.has_begun and _DRAWING.match(closed.code) and self.is_shown:
                return UNKNOWN
        return ""

    def is_computed(self, code: str) -> bool:
        """Whether the result of a field with this code is not what was printed."""
        return self.is_recalculated and _COMPUTED.match(code) is not None

    def end_paragraph(self) -> None:
        """The code of a field does not go on over a paragraph's end: one that was never told apart hides nothing."""
        self._open = [one for one in self._open[-_DEEPEST:] if one.has_begun]
