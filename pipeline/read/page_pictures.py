"""The pictures that a page shows as part of what it says, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from pipeline.read.charset import decode
from pipeline.read.guard import excess

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|tiff?|webp)(?:[?#]|$)", re.IGNORECASE)
_SCRIPT = ("javascript:", "#")
_LEAST = 100  # pixels that a page gives to what is to be read; an icon has less
_PIXELS = re.compile(r"\s*(\d+)(?:\.\d+)?\s*(?:px)?\s*$")


def page_pictures(data: bytes, url: str, charset: str | None) -> tuple[str, ...]:
    """The addresses of the pictures of a page's text, each once. `url` is the page's own address, `charset` what was
    declared. Nothing raises.
    """
    text, _ = decode(data, declared=charset)
    if excess(text) is not None:
        return ()
    try:
        tree = LexborHTMLParser(text)
    except SelectolaxError:
        return ()
    node = tree.css_first("base[href]")
    base = urljoin(url, (node.attributes.get("href") or "") if node is not None else "")
    return tuple(dict.fromkeys(_addresses(tree, base)))


def _addresses(tree: LexborHTMLParser, base: str) -> Iterator[str]:
    for node in tree.css("img[src]"):
        source = (node.attributes.get("src") or "").strip()
        if not source or source.startswith("data:") or not is_of_text(node):
            continue
        try:
            yield urljoin(base, source)
        except ValueError:
            continue


def is_of_text(picture: LexborNode) -> bool:
    """Whether a picture may be part of what its page says: it leads to no other page, and is not shown as an icon."""
    return not _is_icon(picture) and not _leads_away(picture)


def _is_icon(node: LexborNode) -> bool:
    given = (_PIXELS.match(node.attributes.get(side) or "") for side in ("width", "height"))
    sizes = [int(size[1]) for size in given if size]
    return len(sizes) == 2 and max(sizes) < _LEAST


def _leads_away(node: LexborNode) -> bool:
    """Whether a click on the picture opens something else than a picture."""
    parent = node.parent
    while parent is not None and parent.tag != "a":
        parent = parent.parent
    target = (parent.attributes.get("href") or "").strip() if parent is not None else ""
    return bool(target) and not target.lower().startswith(_SCRIPT) and _PICTURE.search(target) is None
