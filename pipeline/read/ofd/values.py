"""The values that OFD writes in attributes (GB/T 33190, 7.3): numbers, boxes, matrices, places of other parts."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Sequence

from pipeline.read.xml import Element

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MOST = 1e6  # millimetres; no page has more


def local(element: Element) -> str:
    """The name of an element; the namespace differs between writers."""
    return str(element.tag).rpartition("}")[2]


def child(parent: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    return None if parent is None else next((one for one in parent if local(one) == name), None)


def children(parent: Element | None, name: str) -> list[Element]:
    """The children of that name."""
    return [] if parent is None else [one for one in parent if local(one) == name]


def text_of(parent: Element | None, name: str) -> str:
    """The text of the first child of that name, without blanks around it."""
    found = child(parent, name)
    return (found.text or "").strip() if found is not None else ""


def numbers(written: str | None) -> list[float]:
    """The numbers of a list; empty where one is none, or beyond all pages."""
    try:
        found = [float(one) for one in (written or "").split()]
    except ValueError:
        return []
    return found if all(math.isfinite(one) and abs(one) < _MOST for one in found) else []


def number(written: str | None, default: float) -> float:
    """One number, `default` where there is none."""
    found = numbers(written)
    return found[0] if len(found) == 1 else default


def steps(written: str | None) -> list[float]:
    """Distances from character to character, in which `g 3 5.2` stands for three times 5.2."""
    words = (written or "").split()
    found: list[float] = []
    place = 0
    while place < len(words):
        if words[place] == "g" and place + 2 < len(words):
            times = int(number(words[place + 1], 0))
            found += [number(words[place + 2], 0)] * max(0, min(times, 10_000 - len(found)))
            place += 3
        else:
            found.append(number(words[place], 0))
            place += 1
    return found


def matrix(written: str | None) -> Matrix:
    """A matrix; that which changes nothing where there is none."""
    found = numbers(written)
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) == 6 else IDENTITY


def after(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does what `first` does, and then what `second` does."""
    a, b, c, d, e, f = first
    k, m, n, p, q, r = second
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r


def beside(part: str, place: str) -> str:
    """The name of a part by the place that another part tells: from the root, or from its own folder."""
    if place.startswith("/"):
        return posixpath.normpath(place.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), place))


def written(values: Sequence[float]) -> str:
    """Numbers as a PDF writes them."""
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values)
