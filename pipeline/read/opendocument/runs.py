"""The text of one paragraph as it is printed: spans, fields, and what hangs on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.read.given import Unreadable
from pipeline.read.opendocument.names import DRAW, FIELD, OFFICE, TEXT, XLINK, times
from pipeline.read.opendocument.styles import Look, Styles
from pipeline.read.word.fields import UNKNOWN
from pipeline.read.word.names import number
from pipeline.read.word.runs import FIGURE
from pipeline.read.xml import Element

_BLANKS = re.compile(r"[ \t\r\n]+")
_OF_SYMBOL_FONTS = re.compile("[\ue000-\uf8ff]")  # what they print depends on the font
_MOST_BLANKS = 200
_DEEPEST = 150
_SKIPPED = frozenset(
    (
        *(OFFICE + name for name in ("annotation", "annotation-end", "event-listeners", "forms")),
        *(TEXT + name for name in ("note-body", "number", "ruby-text", "script", "tracked-changes", "meta")),
    )
)
# What programs compute anew when they open a file: what stands there is not what was printed.
_COMPUTED = frozenset(
    TEXT + name
    for name in (
        *("date", "time", "creation-date", "creation-time", "modification-date", "modification-time"),
        *("print-date", "print-time", "editing-duration", "editing-cycles", "expression", "table-formula"),
        *("page-number", "page-count", "paragraph-count", "word-count", "character-count", "table-count"),
        *("image-count", "object-count", "sequence", "conditional-text", "user-defined", "measure"),
        *("variable-set", "variable-get", "variable-input", "user-field-get", "user-field-input"),
        *("page-variable-get", "database-display", "chapter", "file-name", "sheet-name", "dde-connection"),
    )
)
_SHAPES = frozenset(
    DRAW + name
    for name in (
        *("custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon", "regular-polygon"),
        *("path", "connector", "caption", "text-box"),
    )
)
_SHOWN = frozenset(DRAW + name for name in ("image", "object", "object-ole", "control"))


_PARAMETER, _DROP_DOWN = FIELD + "param", "FORMDROPDOWN"


@dataclass(slots=True)
class Runs:
    """The text of a paragraph, taken up element by element.

    `boxes` hold further paragraphs, `pictures` are the names of pictures in the file, empty of one that is elsewhere.
    `is_hidden` tells that the paragraph says it is not shown.
    """

    styles: Styles
    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    is_hidden: bool = False
    has_ground: bool = False  # of a colour, behind what is read
    _is_white: bool = False
    _hides: bool = False  # what stands where the walk is
    _depth: int = 0

    def read(self, paragraph: Element) -> str:
        """The text of a paragraph, or of what stands in its place. Raises Unreadable where it is nested too deep."""
        if paragraph.tag in (TEXT + "p", TEXT + "h"):
            self._looking(paragraph, self.styles.look("paragraph", paragraph.get(TEXT + "style-name")))
        else:
            self._child(paragraph)
        return "" if self.is_hidden else "".join(self.parts)

    def _walk(self, parent: Element) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable("too_complex", "The document's parts are nested beyond what people write.")
        self._say(_plain(parent.text))
        for child in parent:
            self._child(child)
            self._say(_plain(child.tail))
        self._depth -= 1

    def _say(self, text: str) -> None:
        if text and not self._hides:
            unseen = self._is_white and not self.has_ground and text.strip() and FIGURE.fullmatch(text)
            self.parts.append(UNKNOWN + text if unseen else text)

    def _looking(self, element: Element, look: Look) -> None:
        """Take up an element that has a look of its own."""
        around, before = (self._hides, self._is_white, self.has_ground), len(self.parts)
        self._hides, self._is_white, self.has_ground = (
            was if told is None else told
            for was, told in zip(around, (look.hidden, look.white, look.ground), strict=True)
        )
        self._walk(element)
        self._hides, self._is_white, self.has_ground = around
        mark = "~" if look.struck else look.mark
        if mark and any(part.strip() for part in self.parts[before:]):
            self.parts.insert(before, mark)
            self.parts.append("~" if look.struck else "")

    def _child(self, child: Element) -> None:
        tag = child.tag
        if tag in _SKIPPED:
            return
        if tag == TEXT + "span":
            self._looking(child, self.styles.look("text", child.get(TEXT + "style-name")))
        elif tag in (TEXT + "s", TEXT + "tab", TEXT + "line-break", TEXT + "note"):
            self._say(_special(child))
        elif tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph"):
            is_hidden = child.get(TEXT + "is-hidden") == "true"
            self.is_hidden = self.is_hidden or (is_hidden and tag == TEXT + "hidden-paragraph")
            if not is_hidden:
                self._walk(child)
        elif (shown := _field(child)) is not None:
            self._say(shown)
        elif not tag.startswith(DRAW):
            self._walk(child)
        elif not self._hides:
            for one in drawings(child):
                self._drawn(one)

    def _drawn(self, drawn: Element) -> None:
        if drawn.tag in _SHAPES:
            self.boxes.append(drawn)
        elif drawn.tag == DRAW + "image":
            self.pictures.append(drawn.get(XLINK + "href") or "")
        else:
            self._say(UNKNOWN)


def drawings(drawn: Element, depth: int = 0) -> Iterator[Element]:
    """The pictures, shapes, objects and controls that a frame or group shows. Raises Unreadable where it is nested too
    deep.
    """
    if depth > _DEEPEST:
        raise Unreadable("too_complex", "The document's parts are nested beyond what people write.")
    if drawn.get(DRAW + "display") == "none":
        return
    if drawn.tag in _SHAPES or drawn.tag in _SHOWN:
        yield drawn
        return
    inside = [one for one in drawn if one.tag.startswith(DRAW)]
    if drawn.tag == DRAW + "frame":
        # What follows in a frame stands in for what a program cannot show: a drawing that is no picture.
        while len(inside) > 1 and inside[0].tag == inside[1].tag == DRAW + "image":
            inside.pop(0)
        del inside[1:]
    for one in inside:
        yield from drawings(one, depth + 1)


def _field(element: Element) -> str | None:
    """What a field shows that is not the text in it; None of all else."""
    if element.tag in _COMPUTED and element.get(TEXT + "fixed") != "true":
        return "" if element.get(TEXT + "display") == "none" else UNKNOWN
    return _chosen(element) if (element.get(FIELD + "type") or "").endswith(_DROP_DOWN) else None


def _chosen(field_mark: Element) -> str:
    """What a drop-down field shows that a program took over from Word, which stands in no text."""
    told = [
        (one.get(FIELD + "name") or "", one.get(FIELD + "value") or "") for one in field_mark.iter(_PARAMETER)
    ]
    entries = [value for name, value in told if name.endswith("ListEntry")]
    at = number(next((value for name, value in told if name.endswith(("Selected", "Result"))), "0"), -1)
    return entries[at] if 0 <= at < len(entries) else UNKNOWN


def _plain(text: str | None) -> str:
    return _OF_SYMBOL_FONTS.sub(UNKNOWN, _BLANKS.sub(" ", text)) if text else ""


def _special(element: Element) -> str:
    if element.tag == TEXT + "s":
        return " " * min(times(element, TEXT + "c"), _MOST_BLANKS)
    return {TEXT + "tab": "\t", TEXT + "line-break": "\n"}.get(element.tag, "^注")
