"""What the rules in a page's own style elements say of its tables, written into the elements they are about.

So rules by class and styles of an element itself are told by one mechanism (see `shown`). Only rules that bear on
what is seen count. What stands in files beside the page, or holds for print or narrow screens alone, is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from pipeline.read.pale import has_pale
from pipeline.read.shown import tells

_MOST_SHEET = 400_000  # characters of all style elements; real ones have a few thousand
_MOST_RULES = 2_000
_SHEETS = ("<style", "<STYLE")
_REMARK = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_AT_RULE = re.compile(r"@[^{;@]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_BEARS = re.compile(
    r"none|hidden|collapse|white|transparent|#f|255|super|sub|through|opacity|size|-\d{3}|clip", re.IGNORECASE
)
_GIVES = re.compile(
    r"(?<![\w-])(?:display|visibility|color|background|background-color|font-size)\s*:", re.IGNORECASE
)
_NAME = re.compile(r"[.#]([\w-]+)")
_BORNE = re.compile(r"""(?:class|CLASS|id|ID)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")
_OTHER_STATE = re.compile(r":(?!(?:first|last|nth|only)-|not\()", re.IGNORECASE)  # :hover and the like
_Weight = tuple[bool, int, int]


@dataclass(frozen=True, slots=True)
class _Rule:
    selectors: tuple[str, ...]
    declarations: str
    order: int


def write_in(tree: LexborHTMLParser, text: str) -> None:
    """Give the elements of `tree`, which is of the page `text`, the styles that rules of the page give them."""
    if not any(one in text for one in _SHEETS):
        return
    rules = list(_rules(tree))
    telling = [rule for rule in rules if _BEARS.search(rule.declarations) and tells(rule.declarations)]
    is_white = bool(rules) and has_pale(text)
    if not telling and not is_white:
        return
    borne = {name for found in _BORNE.findall(text) for names in found for name in names.split()}
    if not is_white and not any(True for _ in _given(tree, telling, borne)):
        return
    styles: dict[int, tuple[LexborNode, list[tuple[_Weight, str]]]] = {}
    for node, weight, declarations in _given(tree, rules[:_MOST_RULES], borne):
        styles.setdefault(node.mem_id, (node, []))[1].append((weight, declarations))
    for node, given in styles.values():
        own = node.attributes.get("style") or ""
        given.append(((False, 1_000_000, 0), own))
        node.attrs["style"] = ";".join(said for _, said in sorted(given))


def _rules(tree: LexborHTMLParser) -> Iterator[_Rule]:
    sheet = "\n".join(node.text() for node in tree.css("style"))[:_MOST_SHEET]
    sheet = _AT_RULE.sub("", _REMARK.sub("", sheet))
    for order, chunk in enumerate(sheet.split("}")):
        selector, _, declarations = chunk.rpartition("{")
        if selector and (_BEARS.search(declarations) or _GIVES.search(declarations)):
            yield _Rule(tuple(one.strip() for one in selector.split(",")), declarations.strip(), order)


def _given(
    tree: LexborHTMLParser, rules: Iterable[_Rule], borne: set[str]
) -> Iterator[tuple[LexborNode, _Weight, str]]:
    """The elements in tables that rules are about, and how much each rule counts for them. `borne` are the names of
    classes and elements that the page gives any element.
    """
    for rule in rules:
        for selector in rule.selectors:
            names = _NAME.findall(selector)
            if not borne.issuperset(names) or _OTHER_STATE.search(selector):
                continue
            try:
                nodes = tree.css(selector)
            except SelectolaxError:
                continue
            weight = ("!important" in rule.declarations, 10 * len(names) + len(selector.split()), rule.order)
            for node in nodes:
                if _is_in_table(node):
                    yield node, weight, rule.declarations


def _is_in_table(node: LexborNode) -> bool:
    around: LexborNode | None = node
    while around is not None:
        if around.tag == "table":
            return True
        around = around.parent
    return False
