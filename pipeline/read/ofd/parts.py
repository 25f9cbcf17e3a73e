"""The parts of an OFD: its pages with their templates, and what they share, looked up by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.read.given import Unreadable
from pipeline.read.ofd.values import beside, child, children, local, numbers, text_of
from pipeline.read.packed import Package
from pipeline.read.xml import Element, parse_xml

_MOST = 40_000_000  # bytes of one part
_MOST_ALL = 150_000_000
_A4 = (0.0, 0.0, 210.0, 297.0)
_ROOT = "OFD.xml"
_BEHIND = "Background"

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Page:
    """The box of a page, in millimetres, and its layers from the lowest to the uppermost."""

    box: Box
    layers: tuple[Element, ...]


@dataclass(slots=True)
class Shared:
    """What pages name by number: the styles of drawing, pictures by their parts, and compositions."""

    styles: dict[str, Element] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    compositions: dict[str, Element] = field(default_factory=dict)


class Parts:
    """The first document of a file. Raises Unreadable where it is damaged, or holds none."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        self.shared = Shared()
        self._left = _MOST_ALL
        body = child(self._part(_ROOT), "DocBody")
        self._main = beside(_ROOT, text_of(body, "DocRoot"))
        self.title = text_of(child(body, "DocInfo"), "Title")
        self._document = self._part(self._main)
        common = child(self._document, "CommonData")
        self._box = _box(child(common, "PageArea")) or _A4
        self._templates = {
            one.get("ID"): one.get("BaseLoc") or "" for one in children(common, "TemplatePage")
        }
        for name in ("PublicRes", "DocumentRes"):
            for one in children(common, name):
                self._take(beside(self._main, (one.text or "").strip()))

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(children(child(self._document, "Pages"), "Page"))

    def pages(self, most: int) -> Iterator[Page]:
        """The first pages."""
        for one in children(child(self._document, "Pages"), "Page")[:most]:
            name = beside(self._main, one.get("BaseLoc") or "")
            page = self._part(name)
            for own in children(page, "PageRes"):
                self._take(beside(name, (own.text or "").strip()))
            behind: list[Element] = []
            before: list[Element] = []
            for used in children(page, "Template"):
                layers = self._template(used.get("TemplateID"))
                (behind if (used.get("ZOrder") or _BEHIND) == _BEHIND else before).extend(layers)
            box = _box(child(page, "Area")) or self._box
            yield Page(box, (*behind, *_layers(page), *before))

    def _template(self, number: str | None) -> list[Element]:
        place = self._templates.get(number)
        return _layers(self._part(beside(self._main, place))) if place else []

    def _take(self, name: str) -> None:
        """Take up what a part of shared things holds."""
        if name not in self.package.members:
            return
        root = self._part(name)
        folder = beside(name, (root.get("BaseLoc") or ".") + "/x")
        for group in root:
            for one in group:
                number, kind = one.get("ID") or "", local(one)
                if kind == "DrawParam":
                    self.shared.styles[number] = one
                elif kind == "MultiMedia":
                    self.shared.pictures[number] = beside(folder, text_of(one, "MediaFile"))
                elif kind == "CompositeGraphicUnit":
                    self.shared.compositions[number] = one

    def _part(self, name: str) -> Element:
        data = self.package.read(name, _MOST)
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable("too_large", f"The parts of the file unpack to more than {_MOST_ALL} bytes.")
        return parse_xml(data, name)


def _layers(page: Element) -> list[Element]:
    order = {_BEHIND: 0, "Foreground": 2}
    return sorted(
        children(child(page, "Content"), "Layer"), key=lambda layer: order.get(layer.get("Type") or "", 1)
    )


def _box(area: Element | None) -> Box | None:
    found = numbers(text_of(area, "PhysicalBox"))
    if len(found) != 4 or found[2] <= 0 or found[3] <= 0:
        return None
    return found[0], found[1], found[2], found[3]
