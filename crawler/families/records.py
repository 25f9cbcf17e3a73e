"""The answers of calls, read: JSON, JSONP, XML with records, or a piece of HTML. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from crawler.data import address_in, title_in
from crawler.families.listing import Link, Records
from crawler.families.pager import pages_stated
from crawler.families.script import values
from crawler.pages import Page, link_text
from crawler.urls import absolute
from pipeline.read import decode

_JSONP = re.compile(r"^\s*(?:/\*.*?\*/)?[\w$.]+\s*\((.*)\)\s*;?\s*$", re.DOTALL)
_SCRIPT = re.compile(r"javascript|ecmascript", re.IGNORECASE)
_RECORD = re.compile(r"<record\b[^>]*>(.*?)</record>", re.IGNORECASE | re.DOTALL)
_TOTALS = (
    "total",
    "totalrecord",
    "totalrecords",
    "totalcount",
    "allrow",
    "post_count",
    "recordcount",
    "totalelements",
)
_PAGES = ("totalpage", "totalpages", "pagecount", "pages")
_ITEM = re.compile(
    r"<(item|row|doc|document|info|article|entry|news)\b[^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL
)
_COUNT = re.compile(r"<?\b(total(?:_?(?:records?|counts?|pages?))?|recordcount)\b\W{1,6}(\d+)", re.IGNORECASE)
_DEEPEST = 12


def read_records(
    url: str, body: bytes, content_type: str | None, link: tuple[str, str, str] | None = None
) -> Records | None:
    """The records in an answer; None where it is nothing that can hold any. `link` as in `Call`."""
    text, _ = decode(body, declared=content_type)
    value = _json(text)
    if value is not None:
        return _of_json(url, value, link)
    if _SCRIPT.search(content_type or "") and "<record" not in text and "<a " not in text:
        return Records((), named=values(text), code=text)
    if "<" in text and re.search(r"<html\b|<body\b", text[:2000], re.IGNORECASE) is None:
        return records_in(url, text)
    return None


def _json(text: str) -> object:
    for candidate in (text, *_JSONP.findall(text[:10_000_000])):
        try:
            value: object = json.loads(candidate.strip("\ufeff \r\n\t"))
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict | list):
            return value
    return None


def _of_json(url: str, value: object, template: tuple[str, str, str] | None) -> Records:
    links: list[Link] = []
    counts: dict[str, int] = {}
    within = Records(())
    for item in _walked(value):
        if isinstance(item, str):
            held = records_in(url, item)
            links += held.links
            within = within if within.total is not None else held
            continue
        lower = {str(key).lower(): given for key, given in item.items()}
        link = _link(url, lower, template)
        if link is not None:
            links.append(link)
        for key in (*_TOTALS, *_PAGES):
            number = _number(lower.get(key))
            if number is not None:
                counts.setdefault(key, number)
    total = next((counts[key] for key in _TOTALS if key in counts), within.total)
    pages = next((counts[key] for key in _PAGES if key in counts), within.pages)
    return Records(tuple(dict.fromkeys(links)), total, pages)


def _walked(value: object, depth: int = 0) -> Iterator[dict[object, object] | str]:
    """The objects of an answer from the outside in, those of records aside, and the strings with markup."""
    if isinstance(value, str):
        if "<a " in value or "<record" in value:
            yield value
    elif depth < _DEEPEST:
        if isinstance(value, dict):
            yield value
            inside = [] if _is_record(value) else list(value.values())
        else:
            inside = value if isinstance(value, list) else []
        for item in inside:
            yield from _walked(item, depth + 1)


def _is_record(item: dict[object, object]) -> bool:
    lower = {str(key).lower(): given for key, given in item.items()}
    return address_in(lower) is not None and title_in(lower) is not None


def _link(
    base: str, lower: Mapping[str, object], template: tuple[str, str, str] | None = None
) -> Link | None:
    title, href = title_in(lower), address_in(lower)
    if href is None and template is not None and isinstance(key := lower.get(template[1]), str | int):
        href = f"{template[0]}{key}{template[2]}"
    if title is None or href is None:
        return None
    url = absolute(href, base)
    return Link(url, link_text(title)) if url is not None else None


def _number(value: object) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def records_in(url: str, text: str) -> Records:
    """The links in a piece of HTML, or in the records of XML, whatever they are called; in these, one a record."""
    found = _RECORD.findall(text)
    if not found and text.lstrip().startswith("<?xml"):
        found = [inside for _, inside in _ITEM.findall(text)]
    inner = [re.sub(r"^\s*<!\[CDATA\[|\]\]>\s*$", "", one) for one in found]
    counts = {name.lower().replace("_", ""): int(number) for name, number in _COUNT.findall(text)}
    pages = counts.get("totalpage", counts.get("totalpages")) or pages_stated(text)
    total = next((counts[name] for name in _TOTALS if name in counts), None)
    if not inner:
        return Records(Page(url, text.encode(), "text/html; charset=utf-8").links, total, pages)
    links: list[Link] = []
    for record in inner:
        if "&lt;a" in record:
            record = record.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')  # noqa: PLW2901
        held = Page(url, record.encode(), "text/html; charset=utf-8").links
        named = _named(url, record)
        links += held[:1] or ((named,) if named else ())
    return Records(tuple(links), total, pages)


def _named(url: str, record: str) -> Link | None:
    """A record that has its address and title in elements of their own."""
    fields = re.findall(r"<(\w+)>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</\1>", record, re.DOTALL)
    return _link(url, {name.lower(): text for name, text in fields})
