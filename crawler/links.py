"""The links of a page, however they are made: anchors, things that are clicked, choices, what scripts write. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.choices import choices_sent
from crawler.data import records_written
from crawler.leads import Leads
from crawler.urls import absolute

_CUT = re.compile(r"(?:…+|\.{2,}|···*)$")
# A date that a list prints inside the link, behind the title.
_DATE = re.compile(r"[\s\[(（【]*20\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?[\])）】]?$")
_WRITTEN_LINK = re.compile(r"<a\s([^<>]{0,600})>(.{0,400}?)</a", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = r"""\b{name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))"""
_WRITTEN_HREF = re.compile(_ATTRIBUTE.format(name="href"), re.IGNORECASE)
_WRITTEN_TITLE = re.compile(_ATTRIBUTE.format(name="title"), re.IGNORECASE)
_GOES_ON = re.compile(r"\s*\+")  # behind a quote that ended a part of the address, not the address
_BLANK = re.compile(r"\$\{|\{\{")  # of a pattern that the page fills in itself
_JOINED = re.compile(r"""(?<!\\)['"]\s*\+\s*['"]""")
_TAG = re.compile(r"<[^<>]*>")
_MORE = re.compile(r"(?:查看)?更多\W*|more\W*", re.IGNORECASE)
_CLICKED = "[onclick]:not(a):not(area), [data-href], [data-url]"
_CHOSEN = re.compile(r"this\.(?:value|options\[\s*this\.selectedIndex\s*\]\.value)|\bvalue\b")
_ADDRESS = re.compile(r"(?:https?:)?/|\.{1,2}/|\?|[\w-]+(?:/|\.(?:s?html?|jsp|aspx?|php|jhtml|action|do)\b)")
_LONGEST_TEXT = 300  # characters; more is a page inside a link, not the words of one
_LONGEST_HEADING = 30
_SHORTEST_TITLE = 8


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a web page: canonical address and whole text (the title attribute, where the text is cut). `chosen`
    tells that it is one of the choices of a box.
    """

    url: str
    text: str
    chosen: bool = False


def links_of(
    tree: LexborHTMLParser, scripts: Sequence[str], leads: Leads, base: str, charset: str
) -> tuple[Link, ...]:
    """All links of a page, in the order of their kinds; `scripts` are the texts of its script elements, `leads` what
    their functions do.
    """
    found = [link for node in tree.css("a, area[href]") if (link := _anchor(node, leads, base, charset))]
    found += [link for node in tree.css(_CLICKED) if (link := _clicked(node, leads, base, charset))]
    found += [link for node in tree.css("select") for link in _choices(node, leads, base, charset)]
    found += [Link(url, _whole(text, ""), chosen=True) for url, text in choices_sent(tree, base, charset)]
    found += [
        link for script in scripts if "<a" in script.lower() for link in _written(script, base, charset)
    ]
    found += [
        Link(url, link_text(title))
        for script in scripts
        for address, title in records_written(script)
        if (url := absolute(address, base, charset))
    ]
    return tuple(found)


def clicked(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """What is to be clicked and runs code: the code and its words."""
    for node in tree.css("[onclick], a[href^='javascript:' i]"):
        attributes = node.attributes
        href = attributes.get("href") or ""
        code = f"{attributes.get('onclick') or ''};{href if href.lower().startswith('javascript:') else ''}"
        words = words_of(node) or attributes.get("title") or ""
        if words and len(words) <= _LONGEST_HEADING:
            yield code, words


def link_text(text: str) -> str:
    """The words of a link given as text that may hold tags, entities and a date at its end."""
    return _whole(html.unescape(_TAG.sub("", text)), "")


def words_of(node: LexborNode | None) -> str:
    """The text in a node, with single blanks."""
    return "" if node is None else _single_blanks(node.text(deep=True))


def _single_blanks(text: str) -> str:
    return " ".join(text.split())


def _anchor(node: LexborNode, leads: Leads, base: str, charset: str) -> Link | None:
    attributes = node.attributes  # read from the tree each time
    href = attributes.get("href") or ""
    if href.strip() in ("", "#") or href.lstrip().lower().startswith("javascript:"):
        href = leads.to(f"{attributes.get('onclick') or ''};{href}") or href
    url = absolute(href, base, charset) if _BLANK.search(href) is None else None
    if url is None:
        return None
    said = _titled(node) or words_of(node) or _pictured(node)
    said = said or attributes.get("alt") or ""  # an area of a map has its own
    return Link(url, _headed(node, _whole(said, attributes.get("title") or "")))


def _titled(node: LexborNode) -> str:
    """The heading in a node that holds one above further words, such as how a report begins."""
    headings = node.css("h1, h2, h3, h4, h5, h6, [class*=title], [class*=tit]")
    title = words_of(headings[0]) if headings else ""
    return title if len(title) >= _SHORTEST_TITLE else ""


def _pictured(node: LexborNode) -> str:
    """What a picture in a node says instead of words."""
    picture = node.css_first("img[alt]")
    return (picture is not None and picture.attributes.get("alt")) or ""


def _headed(node: LexborNode, text: str) -> str:
    """The words of a link; one that says 更多 and no more says more of what it stands beside."""
    if node.parent is None or not _MORE.fullmatch(text):
        return text
    heading = words_of(node.parent).replace(text, "").strip()
    return heading if 1 < len(heading) <= _LONGEST_HEADING else text


def _clicked(node: LexborNode, leads: Leads, base: str, charset: str) -> Link | None:
    """Something else than an anchor that leads somewhere when it is clicked."""
    attributes = node.attributes
    if "disabled" in attributes:
        return None
    named = attributes.get("data-href") or attributes.get("data-url") or ""
    target = named if _ADDRESS.match(named) else leads.to(attributes.get("onclick") or "")
    url = absolute(target, base, charset) if target else None
    if url is None:
        return None
    said = _titled(node) or words_of(node) or attributes.get("value") or _pictured(node)
    return Link(url, _whole(said, attributes.get("title") or "")) if len(said) <= _LONGEST_TEXT else None


def _choices(node: LexborNode, leads: Leads, base: str, charset: str) -> Iterator[Link]:
    """The pages that the options of a select box lead to."""
    code = node.attributes.get("onchange") or ""
    for option in node.css("option[value]"):
        value = (option.attributes.get("value") or "").strip()
        if not value or "'" in value:
            continue
        target = leads.to(_CHOSEN.sub(f"'{value}'", code), value) or (
            value if _ADDRESS.match(value) else None
        )
        url = absolute(target, base, charset) if target else None
        if url is not None:
            yield Link(url, _whole(words_of(option), ""), chosen=True)


def _written(script: str, base: str, charset: str) -> Iterator[Link]:
    """The links that a script writes into the page as they stand; one that it puts together is left out."""
    markup = re.sub(r"\\(['\"/])", r"\1", _JOINED.sub("", script))
    for attributes, inside in _WRITTEN_LINK.findall(markup):
        href = _WRITTEN_HREF.search(attributes)
        if href and _GOES_ON.match(attributes, href.end()):
            continue
        target = html.unescape(next((part for part in href.groups() if part), "")) if href else ""
        is_whole = target and not re.search(r"[\"'+]", target) and not _BLANK.search(target)
        url = absolute(target, base, charset) if is_whole else None
        if url is not None:
            title = _WRITTEN_TITLE.search(attributes)
            whole = html.unescape(next((part for part in title.groups() if part), "") if title else "")
            yield Link(url, _whole(html.unescape(_TAG.sub("", inside)), whole))


def _whole(text: str, title: str) -> str:
    """The words of a link as a whole: the title attribute where the text is blank or a cut of it."""
    text, title = _single_blanks(text)[:_LONGEST_TEXT], _single_blanks(title)[:_LONGEST_TEXT]
    if not title:
        return _DATE.sub("", text)
    start = _CUT.sub("", _DATE.sub("", text)).strip()
    if not start or start != text or title.startswith(start):
        return _DATE.sub("", title)
    return _DATE.sub("", text)
