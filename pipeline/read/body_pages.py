"""The further pages of a text that a site spreads over several addresses (正文分页), as its pages lead to them. Pure.

Such addresses differ from that of the first page in the number of the page alone: t2024_1.html has t2024_1_1.html and
t2024_1_2.html behind it (TRS), or t2024_1_2.html alone (dedecms); ?id=5 has ?id=5&pageNum=2. A pager of a list looks
the same. So a page that is named as lists are has none, and where the number is a parameter, which a list beside the
text may have as well, the pager must stand right behind a text, not behind links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from pipeline.read.charset import decode
from pipeline.read.guard import excess

_MOST = 40
"""Pages of one text; a report of a province has about ten."""

_PARAMETERS = "pageNum|pageNo|pageNumber|pageIndex|page|curPage|currentPage|pageno|pagenum|p"
_NUMBERED = re.compile(rf"(?:^|(?<=&))(?:{_PARAMETERS})=(\d{{1,3}})(?=&|$)", re.IGNORECASE)
_NUMBERED_BYTES = re.compile(rf"[?&;](?:{_PARAMETERS})=\d".encode(), re.IGNORECASE)
_NAME = re.compile(r"(?P<stem>[^/]+)(?P<extension>\.(?:s?html?|jsp|aspx?|php|jhtml))", re.IGNORECASE)
_LIST = re.compile(
    r"(?:index|default|page|more|[a-z_]*list|col\d*|column|node)(?:[_-]?\d+)?|zfxxgk_[a-z]+", re.IGNORECASE
)
# createPageHTML(total,current,"t2024_1","html") of TRS counts from 0, createPageHTML('id',total,current,'5','shtml') of
# UCAP from 1
_DRAWN = re.compile(
    r"""createPage(?:HTML)?\w*\(\s*(?:["'][^"'\d][^"']*["']\s*,\s*)?["']?(?P<total>\d{1,3})["']?\s*,"""
    r"""\s*["']?(?P<current>\d{1,3})["']?\s*,\s*["'](?P<stem>[\w-]+)["']\s*,\s*["']\.?(?P<extension>\w+)["']"""
)
_WORDS = re.compile(
    r"\W*(?:第?\s*(?P<number>\d{1,3})\s*页?|下一?页|后一?页|下一頁|next(?: ?page)?|[尾末最]后?一?页|last)\W*",
    re.IGNORECASE,
)
_SIGNS = (">", "›", "»", ">>")
_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar|7z|jpe?g|png|tiff?)(?:[?#]|$)", re.IGNORECASE)
_NOWHERE = re.compile(r"\s*(?:$|#|javascript:|mailto:)", re.IGNORECASE)
_TEXT = 150  # characters of a text, right before its pager


def page_number(url: str, first: str) -> int | None:
    """The number in the address of a further page of the text that begins at `first`; None where it is of none."""
    named = _apart(url, first)
    return named.number if named is not None else None


def may_go_on(data: bytes, url: str) -> bool:
    """Whether the bytes of a page hold an address that may be a further page of its text: of most they do not, and
    nothing of them need be read.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if _NUMBERED_BYTES.search(data):
        return True
    name = _NAME.fullmatch(_split(url).path.rpartition("/")[2])
    if name is None:
        return False
    stem = re.escape(name["stem"].encode())
    return re.search(rb"%s(?:[_-]\d{1,3}\.|[\"']\s*,\s*[\"'])" % stem, data) is not None


def body_pages(data: bytes, url: str, charset: str | None, first: str) -> tuple[str, ...]:
    """As `further_pages`, of the bytes of a page; `charset` is what was declared. Nothing raises."""
    if not may_go_on(data, first):
        return ()
    text, _ = decode(data, declared=charset)
    if excess(text) is not None:
        return ()
    try:
        tree = LexborHTMLParser(text)
    except SelectolaxError:
        return ()
    node = tree.css_first("base[href]")
    base = _joined(url, (node.attributes.get("href") or "") if node is not None else "") or url
    return further_pages(tree, url, first, base)


def further_pages(tree: LexborHTMLParser, url: str, first: str, base: str) -> tuple[str, ...]:
    """The addresses of the pages behind this one, in their order, as far as it leads to them; `first` is the address of
    the text's first page, which may be its own.
    """
    drawn = _drawn(tree, first)
    found = drawn or {one.number: one for one in _linked(tree, first, base)}
    own = page_number(url, first)
    start = min(found, default=0) if own is None else own + 1
    if not found or start > max(found) or (own is None and start not in (1, 2)):
        return ()
    in_doubt = own is None and any(one.is_parameter for one in found.values())
    if in_doubt and not _stands_behind_text(tree, first, base):
        return ()
    pattern = found[max(found)]
    return tuple(pattern.at(number) for number in range(start, max(found) + 1))[:_MOST]


@dataclass(frozen=True, slots=True)
class _Numbered:
    """An address with the number of a page in it."""

    before: str
    number: int
    behind: str
    is_parameter: bool

    def at(self, number: int) -> str:
        return f"{self.before}{number}{self.behind}"


def _apart(url: str, first: str) -> _Numbered | None:
    """An address taken apart at the number of its page, where it is a further page of the text at `first`."""
    here, there = _split(url), _split(first)
    if here.netloc.removeprefix("www.") != there.netloc.removeprefix("www."):
        return None
    origin = f"{here.scheme}://{here.netloc}"
    found = _NUMBERED.search(here.query)
    if found is not None and here.path == there.path and _rest(here.query) == _rest(there.query):
        asked = f"{origin}{here.path}?"
        before, behind = here.query[: found.start(1)], here.query[found.end(1) :]
        number = int(found[1])
        known = _NUMBERED.search(there.query)
        is_first = number == (int(known[1]) if known is not None else 0)
        return None if is_first else _Numbered(asked + before, number, behind, is_parameter=True)
    folder, _, name = there.path.rpartition("/")
    own = _NAME.fullmatch(name)
    if own is None or _LIST.fullmatch(own["stem"]) or here.query != there.query:
        return None
    shape = rf"({re.escape(own['stem'])}[_-])([1-9]\d{{0,2}})({re.escape(own['extension'])})"
    at = re.fullmatch(f"({re.escape(folder)}/){shape}", here.path)
    if at is None:
        return None
    behind = at[4] + (f"?{here.query}" if here.query else "")
    return _Numbered(origin + at[1] + at[2], int(at[3]), behind, is_parameter=False)


def _rest(query: str) -> list[str]:
    """A query without the number of the page."""
    return sorted(part for part in query.split("&") if part and not _NUMBERED.fullmatch(part))


def _drawn(tree: LexborHTMLParser, first: str) -> dict[int, _Numbered] | None:
    """The pages behind the first that a script draws a pager for; None where none does for this text."""
    name = _NAME.fullmatch(_split(first).path.rpartition("/")[2])
    for node in tree.css("script") if name is not None else ():
        for call in _DRAWN.finditer(node.text(deep=True)):
            if name is None or call["stem"] != name["stem"]:
                continue
            counted_from = int(_names_a_place(call[0]))
            folder = first.partition("?")[0].rpartition("/")[0]
            numbers = range(1 + counted_from, int(call["total"]) + counted_from)
            return {
                number: _Numbered(
                    f"{folder}/{call['stem']}_", number, f".{call['extension']}", is_parameter=False
                )
                for number in numbers
            }
    return None


def _names_a_place(call: str) -> bool:
    """Whether the first argument of a call is the name of the place to draw in, as in UCAP, which counts from 1."""
    return re.match(r"\w+\(\s*[\"'][^\"'\d]", call) is not None


def _linked(tree: LexborHTMLParser, first: str, base: str) -> Iterator[_Numbered]:
    """The pages that links say to lead to by a number or as the next or the last."""
    for node in tree.css("a[href]"):
        words = node.text(deep=True).strip()
        said = _WORDS.fullmatch(words)
        if (said is None and words not in _SIGNS) or (said is not None and said["number"] == "1"):
            continue
        one = _target(node, first, base)
        if one is not None:
            yield one


def _target(node: LexborNode, first: str, base: str) -> _Numbered | None:
    address = _joined(base, node.attributes.get("href") or "")
    return _apart(address, first) if address else None


def _stands_behind_text(tree: LexborHTMLParser, first: str, base: str) -> bool:
    """Whether a text stands right before the pager: more than stands between the entries of a list."""
    root, length = tree.body, 0
    for node in root.traverse(include_text=True) if root is not None else ():
        if node.tag == "-text":
            hidden = node.parent is not None and node.parent.tag in ("script", "style", "noscript")
            length += 0 if hidden else len((node.text_content or "").strip())
        elif node.tag == "a":
            href = node.attributes.get("href") or ""
            if _target(node, first, base) is not None:
                return length >= _TEXT
            if not _NOWHERE.match(href) and not _FILE.search(href):
                length = 0
    return False


def _joined(base: str, href: str) -> str | None:
    try:
        return urljoin(base, href.strip()).partition("#")[0]
    except ValueError:
        return None


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
