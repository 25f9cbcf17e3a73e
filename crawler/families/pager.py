"""Further pages of a list, as the page itself states them: by links, or by the numbers in its script. Pure."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from crawler.families.forms import asked_by_form
from crawler.families.listing import Way
from crawler.families.posted_back import sent_back
from crawler.families.shapes import file_of, is_below, is_document
from crawler.families.written import written_ways
from crawler.pages import Link, Page
from crawler.urls import page_key

_NEXT = re.compile(r"\W*(?:下一?页|后一?页|[下后]翻页?|下一頁|next(?: ?page)?)\W*", re.IGNORECASE)
_BACK = {
    "back": re.compile(r"(?:[上前]一?页|[上前]翻页?|prev\w*)\W*|[<‹«]", re.IGNORECASE),
    "first": re.compile(r"首页|第一页|\W*1\W*|first\W*", re.IGNORECASE),
}
_NEXT_CALLED = re.compile(
    r"""(?:javascript:|onclick\s*=\s*["'])[^<>()]{0,60}\(\s*['"]?(\d{1,4})['"]?\s*\)[^<>]{0,200}>\s*(?:<[^<>]{0,100}>\s*){0,3}下一?页"""
)
_NEXT_SIGN = (">", "›", "»")
_NUMBER = re.compile(r"^(?P<stem>.*?)(?:_(?P<number>\d+))?(?P<extension>\.[a-z]+)$", re.IGNORECASE)
_BARE = re.compile(r"(\d{1,4})(\.[a-z]+)", re.IGNORECASE)  # 2.html in the folder of the list (延安)
# createPageHTML(total,current,"index","html") of TRS; createPageHTML('id',total,current,'list','shtml',records)
# of UCAP; 重庆 createPage(; the current page is counted from 0 or from 1.
_CREATE_PAGE = re.compile(
    r"""createPage(?:HTML)?\w*\(\s*(?:["'][^"'\d][^"']*["']\s*,\s*)?["']?(?P<total>\d+)["']?\s*,\s*["']?(?P<current>\d+)["']?"""
    r"""(?:\s*,\s*["'](?P<stem>[\w-]+)["']\s*,\s*["']\.?(?P<extension>\w+)["'](?:\s*,\s*["']?(?P<records>\d+))?)?"""
)
_DATE = re.compile(r"\d{4}-\d{1,2}")  # a calendar's
_COUNT = re.compile(
    r"\b(?:countPage|totalPages?|pageCount|page_count|pages)[\"']?\s*[=:]\s*[\"']?(\d{1,4})\b"
    r"|\.value\s*>=?\s*(\d{1,4})\b",  # a field for the number, held against the last (昆明)
    re.IGNORECASE,
)
# laypage counts the pages itself, from the entries; without a limit there are 10 on each.
_LAID = re.compile(
    r"(?:\blaypage\b[\s\S]{0,300}?|\b(?:pagination|paging|paginator|pager)\s*\(\s*\{[^{}]{0,300}?)"
    r"\b(?:count|total(?:_?(?:count|records?|num))?|recordcount|datacount)[\"']?\s*:\s*[\"']?(\d{1,5})\b"
    r"(?:[^{}]{0,300}?\b(?:limit|page_?size|per_?page|items_per_page)[\"']?\s*:\s*[\"']?(\d{1,3})\b)?"
    r"|\.pagination\s*\(\s*(\d{1,5})\s*,\s*\{[^{}]{0,300}?\bitems_per_page[\"']?\s*:\s*[\"']?(\d{1,3})\b",
    re.IGNORECASE,
)
_MAY_BE_LAID = re.compile(r"laypage|pag(?:ination|ing|inator|er)\s*\(", re.IGNORECASE)
_LAID_SIZE = 10
_SAID = re.compile(
    r"共\s*(\d{1,4})\s*页|总页数\D{0,3}(\d{1,4})|(?:第|\b)\s*\d{1,4}\s*页?\s*/\s*(?:共\s*)?(\d{1,4})\s*页|\b1/(\d{1,4})\s*页"
)
_RECORDS = re.compile(
    r"共\s*(\d{1,5})\s*(?:条|篇)(?:记录|信息|数据)?(?=[\s\S]{0,40}?页)|页[^。；]{0,40}?共\s*(\d{1,5})\s*(?:条|篇)(?:记录|信息|数据)?"
)

_RECORDS_ALONE = re.compile(r"共有?\s*(\d{1,5})\s*(?:条|篇)(?:记录|信息|数据)?(?!\w)")


def pages_stated(source: str) -> int | None:
    """How many pages a list says that it has."""
    found = _CREATE_PAGE.search(source)
    if found:
        return int(found["total"])
    laid = _laid(source)
    if laid:
        return -(-int(laid[1] or laid[3]) // (int(laid[2] or laid[4] or 0) or _LAID_SIZE))
    count = _COUNT.search(source) or _SAID.search(re.sub(r"<[^<>]*>", "", source))
    return next((int(group) for group in count.groups() if group), None) if count else None


def _laid(source: str) -> re.Match[str] | None:
    return _LAID.search(source) if _MAY_BE_LAID.search(source) else None


def pages_said(page: Page, number: int = 1) -> int | None:
    """How many pages a list says that it has, where its pager says so; a number in another script may be of else. On
    page `number`, a 下一页 that calls a function with the next number says at least of that one.
    """
    found = _CREATE_PAGE.search(page.source) or _laid(page.source) or _SAID.search(page.visible)
    if found:
        return pages_stated(found[0])
    if (pages_stated(page.source) or number + 1) <= number:
        return None  # one that calls for a page behind the last all the same
    called = _NEXT_CALLED.search(page.source) if "下" in page.source else None
    return number + 1 if called and int(called[1]) == number + 1 else None


def records_stated(page: Page) -> int | None:
    """How many entries a list says that it has, where it says so in its pager."""
    found = _CREATE_PAGE.search(page.source)
    if found and found["records"]:
        return int(found["records"])
    laid = _laid(page.source)
    if laid:
        return int(laid[1] or laid[3])
    said = _RECORDS.search(page.visible) if "共" in page.visible else None
    if said is None and found:  # the pager is drawn by its script: the number stands alone
        alone = set(_RECORDS_ALONE.findall(page.source))
        return int(alone.pop()) if len(alone) == 1 else None
    return int(said[1] or said[2]) if said else None


def linked_next(page: Page, above: str, number: int) -> str | None:
    """The page that a link 下一页 leads to from page `number` of a list, or else one named by the number."""
    onward = _onward(page)
    for link in onward:
        if is_next(link, page.url, above):
            return link.url
    days = _days(page)
    wanted = str(number + 1)
    for link in onward:
        if _numberless(link.url) in days:
            continue
        if (
            wanted in link.text
            and _is_numbered(link.text, number + 1)
            and _is_same_list(link.url, page.url, above)
        ):
            return link.url
    return None


def _onward(page: Page) -> list[Link]:
    own = page_key(page.url)
    return [link for link in page.links if page_key(link.url) != own]


def _is_numbered(text: str, number: int) -> bool:
    """Whether the words of a link are the number of a page."""
    return re.fullmatch(rf"\W*(?:第\s*)?{number}\s*页?\W*", text) is not None


def first_page(page: Page, above: str) -> str | None:
    """The first page of the list that this page continues; None where it is the first itself."""
    onward = _onward(page)
    named = {
        kind: link.url
        for link in reversed(onward)
        for kind, words in _BACK.items()
        if words.fullmatch(link.text.strip()) and _is_same_list(link.url, page.url, above)
    }
    return named.get("first", named["back"]) if "back" in named else None


def is_next(link: Link, at: str, above: str) -> bool:
    """Whether a link says that it leads to the next page of the list at this address."""
    text = link.text.strip()
    if is_document(link.url):
        return False
    if _NEXT.fullmatch(text):
        beside = urlsplit(at).path.rpartition("/")[0] + "/"
        return is_below(link.url, above) or urlsplit(link.url).path.startswith(beside)
    return text in _NEXT_SIGN and _is_same_list(link.url, at, above)


def _is_same_list(url: str, at: str, above: str) -> bool:
    """Whether an address may be another page of the list at this address: below it, or named like it."""
    if is_document(url) or _DATE.search(urlsplit(url).query):
        return False
    return is_below(url, above) or _stem(url) == _stem(at)


def _stem(url: str) -> str:
    """What the addresses of the pages of one list have in common: all before the number and the extension."""
    path = re.sub(r"\.\w+$", "", urlsplit(url).path)
    return re.sub(r"[_-]?\d+$", "", path).rstrip("/")


def _days(page: Page) -> frozenset[str]:
    """The addresses behind the days of a calendar, without their numbers, if there is one on a page: links named by
    the numbers of a whole month.
    """
    named = {link.text.strip(): link.url for link in page.links}
    if not all(str(day) in named for day in (9, 10, 11, 26, 27, 28)) or "32" in named:
        return frozenset()
    return frozenset(_numberless(named[day]) for day in ("9", "28"))


def _numberless(url: str) -> str:
    return re.sub(r"\d+", "#", url)


def ways_on(page: Page, way: Way | None, above: str, *, base: int) -> tuple[Way, ...]:
    """The ways to the next page of a static list; the likeliest first.

    `base` is what the second page's number is expected to be, less one: 0 where pages are counted from zero.
    A page that says where it stands overrules it.
    """
    number = way.number if way else 1
    linked = linked_next(page, above, number)
    if linked is not None:
        return (Way(number + 1, linked),)
    posted = sent_back(
        page, number + 1, lambda text: bool(_NEXT.fullmatch(text)) or _is_numbered(text, number + 1)
    )
    if posted is not None:
        return (Way(number + 1, posted[0], form=posted[1]),)
    pages = pages_stated(page.source)
    if pages is None or number >= pages:
        return ()
    asked = asked_by_form(page, number + 1)
    if asked is not None:
        return (Way(number + 1, asked[0], form=asked[1]),)
    found = _CREATE_PAGE.search(page.source)
    written = () if found else written_ways(page, way)
    return written or _guessed(page, way, found, base)


def _guessed(page: Page, way: Way | None, found: re.Match[str] | None, base: int) -> tuple[Way, ...]:
    """The ways to the next page of a list by the names that its pages may have; `found` is what draws its pager."""
    number = way.number if way else 1
    parts = urlsplit(page.url)
    head = f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}"
    bare = _BARE.fullmatch(file_of(page.url))
    if bare and way is not None and way.base is not None and int(bare[1]) == number - 1 + way.base:
        return (Way(number + 1, f"{head}/{number + way.base}{bare[2]}", base=way.base),)
    shape = _NUMBER.match(file_of(page.url) or "")
    inside = int(shape["number"]) if shape and shape["number"] else None
    if way is not None and way.base is not None:
        bases: tuple[int, ...] = (way.base,)
    elif found and inside is None and int(found["current"]) <= 1:
        bases = (int(found["current"]), 1 - int(found["current"]))
    elif found and inside is not None:
        bases = (inside - number + 1,) if number > 1 else (0, 1)
    else:
        bases = (base, 1 - base)
    stem, extension = _named(page, found, shape)
    names = [(f"{stem}_{number + one}{extension}", one) for one in bases]
    if way is None and not found and (shape is None or stem == "index"):
        names += [(f"{number + one}{extension}", one) for one in (0, 1)]
    return tuple(Way(number + 1, f"{head}/{name}", base=one) for name, one in names)


def _named(page: Page, found: re.Match[str] | None, shape: re.Match[str] | None) -> tuple[str, str]:
    """The name of the list's pages without number, and its end."""
    if found and found["stem"]:
        return found["stem"], f".{found['extension']}"
    if shape:
        return shape["stem"], shape["extension"]
    printed = re.search(r"""["'](index|list)_?["']?\s*\+.{0,80}?["'](\.s?html?)["']""", page.source)
    return (printed[1], printed[2]) if printed else ("index", _usual_extension(page))


def _usual_extension(page: Page) -> str:
    """The end of most addresses in the folder of a page, which has no name of its own."""
    beside = page.url.rpartition("/")[0] + "/"
    ends = Counter(
        found[0]
        for link in page.links
        if link.url.startswith(beside) and (found := re.search(r"(?<=\d)\.s?html?$", link.url))
    )
    return ends.most_common(1)[0][0] if ends else ".html"
