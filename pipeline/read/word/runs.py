"""The text of one paragraph as it is printed: runs, fields, symbols, and the text boxes that hang on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pipeline.read.word.fields import UNKNOWN, Fields
from pipeline.read.word.names import MC, OFF, VAL, M, R, W, chosen, is_on, is_shaded, number, value
from pipeline.read.word.styles import Styles, seen
from pipeline.read.xml import Element

PICTURE = "\ufffc"
_MARKS = {"superscript": "^", "subscript": "_"}  # keep a raised figure from its neighbour, as in pages
_SKIPPED = frozenset(
    W + name
    for name in (
        *("pPr", "rPr", "del", "moveFrom", "delText", "delInstrText", "rt", "sdtPr", "sdtEndPr"),
        *("annotationRef", "commentReference", "softHyphen", "lastRenderedPageBreak"),
    )
)
_OF_FIELDS = frozenset((W + "fldChar", W + "instrText", W + "fldSimple"))
_DRAWN = frozenset((W + "drawing", W + "pict", W + "object"))
_PICTURES = ("{*}blip", "{*}imagedata", "{*}OLEObject")
_WHITE = "FFFFFF"
FIGURE = re.compile(r"[\s\d.,，%+-]+")
_RAISED = 6  # half points: more than lines that people straighten by hand, less than a note
_SYMBOL_DIGITS = re.compile("[0-9/.,+-]")


@dataclass(slots=True)
class Runs:
    """Gathers the text of paragraphs. Fields go on from one paragraph to the next, so one serves a document."""

    styles: Styles
    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    has_picture: bool = False
    pictures: list[str] = field(default_factory=list)  # the relations by which they are named
    fields: Fields = field(default_factory=Fields)
    is_shaded: bool = False  # the ground of what is read
    _height: int | None = None  # of the last run, in half points above the line

    def read(self, paragraph: Element) -> str:
        """The text of a paragraph. `boxes`, `has_picture` and `pictures` then tell what else hangs on it."""
        self.parts, self.boxes, self.has_picture, self.pictures = [], [], False, []
        self._height = None
        self._walk(paragraph)
        self.fields.end_paragraph()
        return "".join(self.parts)

    def _walk(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in _SAID:
                self._say(_SAID[tag](child))
            elif tag in _OF_FIELDS:
                self._field(child, tag)
            elif tag == W + "bdo" and child.get(VAL) == "rtl":
                self._say("\u202e")  # as the sign that turns text round, up to the one that ends it
                self._walk(child)
                self._say("\u202c")
            elif tag in _DRAWN:
                self._drawn(child)
            elif tag == MC + "AlternateContent":
                if (option := chosen(child)) is not None:
                    self._walk(option)
            elif tag not in _SKIPPED:
                self._walk(child)

    def _say(self, text: str) -> None:
        if self.fields.is_shown:
            self.parts.append(text)

    def _run(self, run: Element) -> None:
        properties = run.find(W + "rPr")
        if properties is None or not len(properties):
            before = len(self.parts)
            self._walk(run)
            self._stand(0, before)
            return
        style = self.styles.of(value(properties, "rStyle"))
        own = value(properties, "vanish")
        before = len(self.parts)
        self._walk(run)
        if is_on(properties, "vanish") or (own is None and style.hidden):
            del self.parts[before:]
        elif any(part.strip() for part in self.parts[before:]):
            self._dress(properties, {**style.run, **seen(properties)}, before)

    def _dress(self, properties: Element, dress: Mapping[str, str], before: int) -> None:
        """Mark what was said since `before` where it is raised, struck out, or a figure that nobody sees."""
        mark = _MARKS.get(dress.get("vertAlign", ""), "")
        struck = any(dress.get(name, "0") not in OFF for name in ("strike", "dstrike"))
        if mark or struck:
            self.parts.insert(before, "~" if struck else mark)
            self.parts.append("~" if struck else "")
        elif self._is_white(dress, properties) and FIGURE.fullmatch("".join(self.parts[before:])):
            self.parts.insert(before, UNKNOWN)
        self._stand(number(dress.get("position"), 0), before)

    def _is_white(self, dress: Mapping[str, str], properties: Element) -> bool:
        """Whether a run is white on white: on no ground of its own, which the styles of tables may give to heads."""
        return dress.get("color", "").upper() == _WHITE and not (self.is_shaded or is_shaded(properties))

    def _stand(self, height: int, before: int) -> None:
        """Keep a run from what stands before it in the line, where it stands higher or lower."""
        if any(part.strip() for part in self.parts[before:]):
            if self._height is not None and abs(height - self._height) >= _RAISED:
                self.parts.insert(before, "^" if height > self._height else "_")
            self._height = height

    def _field(self, part: Element, tag: str) -> None:
        if tag == W + "instrText":
            self.fields.code(part.text or "")
        elif tag == W + "fldSimple":
            if self.fields.is_computed(part.get(W + "instr") or ""):
                self._say(UNKNOWN)
            else:
                self._walk(part)
        else:
            kind = part.get(W + "fldCharType")
            if kind == "begin":
                self._say(_drop_down(part))
            self.parts.append(self.fields.mark(kind))

    def _drawn(self, drawing: Element) -> None:
        boxes = list(_boxes(drawing))
        self.boxes += boxes
        if not boxes and any(next(drawing.iter(name), None) is not None for name in _PICTURES):
            self.has_picture = True
            self.pictures += [one.get(R + "embed") or "" for one in drawing.iter("{*}blip")]
            self.pictures += [one.get(R + "id") or "" for one in drawing.iter("{*}imagedata")]


def _boxes(drawing: Element) -> Iterator[Element]:
    """The outermost text boxes of a drawing, each once: older copies of those that are read are left out."""
    for child in drawing:
        if child.tag == W + "txbxContent":
            yield child
        elif child.tag == MC + "AlternateContent":
            if (option := chosen(child)) is not None:
                yield from _boxes(option)
        else:
            yield from _boxes(child)


def _symbol(character: Element) -> str:
    """A character of a symbol font: those of the font Symbol are known, the pictures of others are not."""
    code = int(character.get(W + "char") or "0", 16) if _is_hex(character.get(W + "char")) else 0
    if 0xF020 <= code <= 0xF07E and (character.get(W + "font") or "").startswith("Symbol"):
        plain = chr(code - 0xF000)
        return plain if _SYMBOL_DIGITS.match(plain) else UNKNOWN
    return chr(code) if 0x20 < code < 0xD800 else UNKNOWN


def _is_hex(text: str | None) -> bool:
    return re.fullmatch("[0-9A-Fa-f]{1,6}", text or "") is not None


def _formula(formula: Element) -> str:
    """The text of a formula: one run of it as it stands, the parts of fractions and powers never joined."""
    texts = [text.text or "" for text in formula.iter(M + "t")]
    plain = all(child.tag in (M + "r", W + "ins") for child in formula)
    return "".join(texts) if plain else UNKNOWN.join(texts)


def _drop_down(character: Element) -> str:
    """What a drop-down field of a form shows, which stands in no run."""
    chooser = next(character.iter(W + "ddList"), None)
    if chooser is None:
        return ""
    entries = [one.get(VAL) or "" for one in chooser.iter(W + "listEntry")]
    at = number(value(chooser, "result"), number(value(chooser, "default"), 0))
    return entries[at] if 0 <= at < len(entries) else UNKNOWN


_SAID: Mapping[str, Callable[[Element], str]] = MappingProxyType(
    {
        W + "t": lambda text: text.text or "",
        W + "tab": lambda _: "\t",
        W + "ptab": lambda _: "\t",
        W + "br": lambda _: "\n",
        W + "cr": lambda _: "\n",
        W + "noBreakHyphen": lambda _: "-",
        W + "footnoteReference": lambda _: "^注",
        W + "endnoteReference": lambda _: "^注",
        W + "sym": _symbol,
        M + "oMath": _formula,
    }
)
