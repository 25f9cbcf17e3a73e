"""广东 gkmlpt: a tree of columns in the script of its index page, and the entries of each as JSON.

The site's id (SID) and the tree are read from the page; the nodes wanted are those named 年报 or 年度报告.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from crawler.families.family import Family
from crawler.families.listing import Call, Listing, Page, Way
from crawler.families.pager import ways_on
from crawler.urls import origin_of

NAME = "gkmlpt"
_SID = re.compile(r"""["']?\bSID["']?\s*[:=]\s*["']?(\w+)""")
_TREE = re.compile(r"""["']?\bTREE["']?\s*[:=]\s*(?=[\[{])""")
_BARE_NAME = re.compile(r"""([{,]\s*)([A-Za-z_]\w*)\s*:""")
_SINGLE = re.compile(r"'([^'\"\\]*)'")
_LAST_COMMA = re.compile(r",\s*([\]}])")
# A node of a tree that cannot be read as a whole.
_NODE = re.compile(
    r"""\{[^{}]*?\bid["']?\s*:\s*["']?(\d+)[^{}]*?\bname["']?\s*:\s*["']([^"'{}]*(?:年报|年度报告)[^"'{}]*)"""
)
_WANTED = re.compile(r"年报|年度报告")
_OTHER = re.compile(r"网站|法治|统计|解读")
_A_CALL = 100  # records that the product gives at once

Node = dict[str, object]


def _read(page: Page, way: Way | None, above: str) -> Listing:
    sid = _SID.search(page.source)
    tree = _tree(page.source)
    if sid is None or tree is None:
        prefix, inside, rest = page.url.partition("/gkmlpt/")
        index = (Way(1, f"{prefix}/gkmlpt/index"),) if inside and not rest.startswith("index") else ()
        return Listing(NAME, (*ways_on(page, way, above, base=1), *(index if way is None else ())))
    lists = tuple(
        (str(node.get("name") or ""), _way(page.url, node, sid[1]))
        for top in _wanted(tree)
        for node in _asked(top)
    )
    return Listing(NAME, (), None, (), lists)


def _tree(source: str) -> object:
    """The tree as the script gives it: JSON, or an object as scripts write it."""
    found = _TREE.search(source)
    if found is None:
        return None
    rest = source[found.end() :]
    bare = _SINGLE.sub(r'"\1"', rest)
    for text in (rest, bare, _LAST_COMMA.sub(r"\1", _BARE_NAME.sub(r'\1"\2":', bare))):
        try:
            value: object = json.JSONDecoder().raw_decode(text)[0]
        except (ValueError, RecursionError):
            continue
        return value
    return [{"id": number, "name": name} for number, name in _NODE.findall(rest)] or None


def _wanted(tree: object) -> Iterator[Node]:
    """The topmost nodes that hold yearly reports."""
    for node in tree if isinstance(tree, list) else [tree]:
        if not isinstance(node, dict):
            continue
        name = str(node.get("name") or "")
        if _WANTED.search(name) and not _OTHER.search(name):
            yield node
        else:
            yield from _wanted(_children(node))


def _asked(node: Node) -> Iterator[Node]:
    """The nodes to ask for: the parts of a node, and itself where it may hold more than they do."""
    parts = _children(node)
    counts = [part.get("post_count") for part in parts]
    own = node.get("post_count")
    sure = isinstance(own, int) and all(isinstance(count, int) for count in counts)
    if not parts or not sure or own != sum(count for count in counts if isinstance(count, int)):
        yield node
    for part in parts:
        yield from _asked(part)


def _children(node: Node) -> list[Node]:
    children = node.get("children")
    return [child for child in children if isinstance(child, dict)] if isinstance(children, list) else []


def _way(url: str, node: Node, sid: str) -> Way:
    jump = str(node.get("jump_url") or "")
    if jump:
        return Way(1, urljoin(url, jump))
    prefix = urlsplit(url).path.partition("/gkmlpt/")[0]
    address = f"{origin_of(url)}{prefix}/gkmlpt/api/all/{node.get('id')}"
    return Way(1, call=Call(address, (("page", "{page}"), ("sid", sid)), None, _A_CALL))


FAMILY = Family(
    NAME,
    _read,
    marks=re.compile(r"""\b_CONFIG\b[^;]{0,400}?\b(?:SID|TREE)\b|/gkmlpt/api/""", re.DOTALL),
    clues=("_config", "/gkmlpt/api/"),
    columns=re.compile(r"/gkmlpt/(?:index|annualreport|guide|policy)"),
    articles=re.compile(r"/gkmlpt/content/"),
)
