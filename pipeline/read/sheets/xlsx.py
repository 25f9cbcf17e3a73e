"""Workbooks in OOXML (xlsx, xlsm): what each sheet shows. Macros and links are never looked at."""

from __future__ import annotations

import posixpath
import re
from decimal import Decimal, InvalidOperation
from itertools import islice

from pipeline.read.blocks import Document
from pipeline.read.given import Given, Unreadable
from pipeline.read.packed import Package
from pipeline.read.sheets.dress import CellStyle, S, cell_styles, is_struck, whole
from pipeline.read.sheets.formats import UNKNOWN, shown
from pipeline.read.sheets.sheet import MAX_COLUMNS, Place, Sheet, as_document
from pipeline.read.xml import Element, parse_xml

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST = 30_000_000  # bytes of one part unpacked
_MAX_SHEETS = 100
_MAX_CELLS = 1_000_000  # and rows
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MARKS = {"superscript": "^", "subscript": "_"}
_OFF = frozenset(("0", "false"))
_ON = frozenset(("1", "true"))
_PLAIN = CellStyle()


def read_xlsx(given: Given) -> Document:
    """Read a workbook: numbers as their formats show them, of formulas the value that was saved with them."""
    return as_document(given, _Workbook(Package(given.data)).sheets())


class _Workbook:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._book = self._part("xl/workbook.xml")
        self._left = _MAX_CELLS
        properties = self._book.find(S + "workbookPr")
        self._from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        self._strings = [_string(one) for one in self._beside("xl/sharedStrings.xml", S + "si")]
        styles = self._beside("xl/styles.xml", S + "styleSheet")
        self._styles = cell_styles(styles[0]) if styles else []

    def sheets(self) -> list[Sheet]:
        targets = {
            relation.get("Id"): relation.get("Target") or ""
            for relation in self._part("xl/_rels/workbook.xml.rels")
        }
        listed = list(self._book.iter(S + "sheet"))
        if len(listed) > _MAX_SHEETS:
            raise Unreadable(
                "too_complex", f"The workbook has {len(listed)} sheets; at most {_MAX_SHEETS} are read."
            )
        found = []
        for one in listed:
            target = targets.get(one.get(_RELATION), "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            sheet = self._sheet(self._part(path))
            sheet.hidden = (one.get("state") or "visible") != "visible"
            found.append(sheet)
        return found

    def _part(self, name: str) -> Element:
        return parse_xml(self._package.read(name, _MOST), name)

    def _beside(self, name: str, tag: str) -> list[Element]:
        return list(self._part(name).iter(tag)) if name in self._package.members else []

    def _sheet(self, root: Element) -> Sheet:
        sheet = Sheet(drawn=set() if any(style.is_bordered for style in self._styles) else None)
        view = root.find(f"{S}sheetViews/{S}sheetView")
        shows_zeros = view is None or view.get("showZeros") not in _OFF
        for column in islice(root.iter(S + "col"), MAX_COLUMNS):
            if column.get("hidden") in _ON or _is_nothing(column.get("width")):
                last = min(whole(column.get("max"), 0), MAX_COLUMNS)
                sheet.hidden_columns |= set(range(whole(column.get("min"), 1), last + 1))
        at = 0
        for row in root.iter(S + "row"):
            at = whole(row.get("r"), at + 1)
            self._left -= 1
            if row.get("hidden") in _ON or _is_nothing(row.get("ht")):
                sheet.hidden_rows.add(at)
            self._row(row, at, sheet, shows_zeros=shows_zeros)
        for merged in root.iter(S + "mergeCell"):
            begin, _, end = (merged.get("ref") or "").partition(":")
            ends = (_place(begin), _place(end or begin))
            if ends[0] is not None and ends[1] is not None:
                sheet.merged.append((ends[0], ends[1]))
        return sheet

    def _row(self, row: Element, at: int, sheet: Sheet, *, shows_zeros: bool) -> None:
        column = 0
        for cell in row:
            if cell.tag != S + "c":
                continue
            place = _place(cell.get("r") or "") or (at, column + 1)
            column = place[1]
            number = whole(cell.get("s"), 0)
            style = self._styles[number] if number < len(self._styles) else _PLAIN
            text = style.dressed(self._text(cell, style.code))
            if text == "0" and not shows_zeros and (cell.get("t") or "n") == "n":
                text = UNKNOWN + text
            self._left -= 1
            if text:
                sheet.texts[place] = text
            elif sheet.drawn is not None and style.is_bordered:
                sheet.drawn.add(place)
        if self._left < 0:
            raise Unreadable("too_large", f"The workbook has more than {_MAX_CELLS} cells.")

    def _text(self, cell: Element, code: str) -> str:
        kind, value = cell.get("t") or "n", cell.find(S + "v")
        written = (value.text or "") if value is not None else ""
        if kind == "inlineStr":
            inside = cell.find(S + "is")
            return _string(inside) if inside is not None else ""
        if not written:
            is_uncounted = kind != "str" and cell.find(S + "f") is not None
            return UNKNOWN if is_uncounted else ""
        if kind == "s":
            index = whole(written, -1)
            return self._strings[index] if 0 <= index < len(self._strings) else UNKNOWN
        if kind == "b":
            return "TRUE" if written == "1" else "FALSE"
        return self._number(written, code) if kind == "n" else _unescaped(written)

    def _number(self, written: str, code: str) -> str:
        try:
            number = Decimal(written.strip())
        except InvalidOperation:
            return UNKNOWN + written
        if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
            return UNKNOWN + written
        return shown(number, code, from_1904=self._from_1904)


def _string(parent: Element) -> str:
    """A string with its runs; raised and struck ones stay apart from their neighbours, readings are left out."""
    parts = []
    for child in parent:
        if child.tag == S + "t":
            parts.append(child.text or "")
        elif child.tag == S + "r":
            text, dress = child.find(S + "t"), child.find(S + "rPr")
            raised = dress.find(S + "vertAlign") if dress is not None else None
            mark = _MARKS.get((raised.get("val") or "") if raised is not None else "", "")
            body = (text.text or "") if text is not None else ""
            parts.append(f"~{body}~" if dress is not None and is_struck(dress) else mark + body)
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _is_nothing(size: str | None) -> bool:
    """Whether a row has no height, or a column no width: it is not seen, whether said to be hidden or not."""
    return size is not None and re.fullmatch(r"0+(?:\.0*)?", size.strip()) is not None


def _place(reference: str) -> Place | None:
    found = _PLACE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
