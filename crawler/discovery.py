"""What a link of a portal leads to, judged by its words and the shape of its address. Pure.

The words are those of research on some 3,200 portals: 首页 -> 政务公开 | 政府信息公开 -> 政府信息公开年报 -> year or
agency -> report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from crawler.families.shapes import (
    folder,
    is_below,
    is_column,
    is_document,
    is_numbered,
    may_be_column,
)
from crawler.judged import identity_of, is_cut, key_of, names_group, names_organ, organ_of_year, says_nothing
from crawler.pages import Link, Page
from crawler.urls import split
from crawler.words import (
    BARE_COLUMN,
    COLUMN,
    COLUMNS,
    CUT_SUBJECT,
    LEFT,
    NO_WAY,
    OF_PART,
    ORGANS,
    PAGER,
    SLUG,
    SURE,
    WAY_SLUGS,
    WAYS,
    YEAR,
)
from pipeline.identify import MAY_BE_REPORT, Identity, Reason


class Step(StrEnum):
    """What to do with a link."""

    REPORT = "report"  # fetch it: a report by its title, or to be settled by its body
    LIST = "list"  # a column of reports, or a part of one
    LOOK = "look"  # a page on the way to the column
    LEAVE = "leave"  # noted, and left alone
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Judged:
    """A link judged. `verdict` is `report` or the reason it is left alone, None where there is nothing to note;
    `worth` orders pages to look at; of a part of a column, and of a report, 0 where its name says nothing.
    """

    step: Step
    verdict: str | None = None
    organ: str | None = None
    year: int | None = None  # printed in the link's own words
    worth: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """The column of reports that a list page belongs to: the folder of its root, and what its parts say."""

    root: str
    organ: str | None = None
    year: int | None = None

    def part(self, judged: Judged) -> Column:
        """The column as it is below a link to one of its parts."""
        return Column(self.root, judged.organ or self.organ, judged.year or self.year)


_IGNORED = Judged(Step.IGNORE)
_REMARK = re.compile(r"[(（【\[][^()（）【】\[\]]{1,20}[)）】\]]\s*$")
_SLUGS_OF_PART = re.compile(rf"{SLUG.pattern}|(?:xxgk)?nd?b(?:g|ao)?|nianbao", re.IGNORECASE)
_SEVERAL = 4  # organs named on one page are gathered there


@lru_cache(maxsize=4096)
def column_worth(link: Link, *, disclosing: bool) -> int:
    """How surely a link leads to the column of reports, 0 if it does not seem to. `disclosing` tells whether
    the link stands on a page about disclosure, where 年报 alone is enough.
    """
    key = re.sub(r"\W+", "", key_of(_REMARK.sub("", link.text) or link.text))
    named = SLUG.fullmatch(_last_segment(link.url)) is not None
    for rank, words in enumerate(COLUMNS):
        if key.endswith((words, words + "专栏", words + "专题", words + "专区")):
            return 110 - rank
    if len(key) <= 30 and COLUMN.search(key):
        return 100
    if BARE_COLUMN.fullmatch(key) and (disclosing or named):
        return SURE
    return 90 if named and len(key) <= 30 and (not key or "年报" in key or "报告" in key) else 0


def is_the_column(page: Page, *, given: bool = False) -> bool:
    """Whether a page says by its standard meta tags that it is the column of reports; a page that was `given` as
    the one to begin with, which may be the column itself, by its heading too.
    """
    names = (page.column_name, *((page.heading, _own_title(page)) if given else ()))
    return "年报" in page.column_type or any(
        bool(name)
        and not identity_of(name).is_report
        and column_worth(Link(page.url, name), disclosing=False) >= (SURE if given else 100)
        for name in names
    )


def is_a_report(page: Page) -> bool:
    """Whether a page is a report, by its heading or title."""
    named = [identity_of(name) for name in (page.heading, _own_title(page)) if name]
    return any(one.is_report and one.organ and one.year for one in named)


def may_lead_on(link: Link, at: str) -> bool:
    """Whether a page beside this one may be a column, though its words do not say of what."""
    key = key_of(link.text)
    tops = [split(url).path.split("/")[1:2] for url in (link.url, at)]
    return is_column(link.url) and tops[0] == tops[1] and len(key) <= 12 and NO_WAY.search(key) is None


def may_lead_in(link: Link) -> bool:
    """Whether a link on a page that has next to none may lead to the portal behind it: 简体版, 进入首页."""
    key = key_of(link.text)
    return len(key) <= 12 and (key.endswith("首页") or NO_WAY.search(key) is None) and may_be_column(link.url)


def _own_title(page: Page) -> str:
    """The title of a page without that of its site."""
    return re.split(r"[_|]|[-–—]{1,2}", page.title)[0].strip()


def about_disclosure(anchor: str | None, page: Page) -> bool:
    """Whether a page is about disclosure, by the words that led there and its own."""
    return "公开" in f"{anchor}{page.column_name}{page.title}"


def organs_are_named(anchor: str | None, page: Page) -> bool:
    """Whether a page gathers the organs of a portal, each of which may have a column of its own."""
    if ORGANS.search(f"{anchor} {page.title} {page.heading}"):
        return True
    organs = {link.url for link in page.links if names_organ(key_of(link.text)) and may_be_column(link.url)}
    return len(organs) >= _SEVERAL and about_disclosure(anchor, page)


def judge_on_the_way(link: Link, *, disclosing: bool, among_organs: bool = False) -> Judged:
    """What a link leads to, on a page that is not of the column; `among_organs` on one that gathers organs."""
    identity = identity_of(link.text)
    worth = column_worth(link, disclosing=disclosing)
    single = _is_certain(link, identity) or (identity.is_report and identity.year and not is_column(link.url))
    column = may_be_column(link.url) and not single
    if not column and (identity.is_report or is_document(link.url) or not _leads_on(link, worth)):
        return _report(identity) if identity.is_report else _IGNORED
    if worth and (identity.is_report or identity.reason in MAY_BE_REPORT):
        return Judged(Step.LIST, organ=identity.organ, year=identity.year, worth=worth)
    key = key_of(link.text)
    for pattern, promise in WAYS:
        if pattern.fullmatch(key) or (names_organ(key) and key.endswith("政府信息公开")):
            return Judged(Step.LOOK, worth=promise)
    if among_organs and names_organ(key) and column:
        return Judged(Step.LOOK, worth=35)
    if len(key) <= 12 and "公开" in key and WAY_SLUGS.search(split(link.url).path) and "申请" not in key:
        return Judged(Step.LOOK, worth=30)
    return _IGNORED


@lru_cache(maxsize=4096)
def judge_in_column(link: Link, column: Column, *, listed: bool = False) -> Judged:
    """What a link leads to, on a list page of the column; `listed` if it is surely an entry of the list."""
    if PAGER.fullmatch(link.text.strip()):
        return _IGNORED
    identity = identity_of(link.text)
    inside = is_below(link.url, column.root)
    if _is_certain(link, identity):
        return _report(identity)
    if is_column(link.url) or (not identity.is_report and _is_part(link, column, inside=inside or listed)):
        return _part(link, identity, column, inside=inside or listed)
    return _article(link, identity, column, inside=inside or listed)


def _leads_on(link: Link, worth: int) -> bool:
    """Whether a page with the address of an article is a column or a page on the way, by its words."""
    key = key_of(link.text)
    return worth >= SURE or (may_be_column(link.url) and any(way.fullmatch(key) for way, _ in WAYS))


def _is_part(link: Link, column: Column, *, inside: bool) -> bool:
    """Whether a page with the address of an article is a part of the column by its words and its place."""
    key = key_of(link.text)
    if link.chosen and inside and (YEAR.fullmatch(key) or names_organ(key)):
        return True
    if is_document(link.url) or not may_be_column(link.url):
        return False
    if inside and names_organ(key) and _SLUGS_OF_PART.fullmatch(_last_segment(link.url)):
        return True
    return inside and (bool(column.year is None and YEAR.fullmatch(key)) or names_group(key))


def _article(link: Link, identity: Identity, column: Column, *, inside: bool) -> Judged:
    """A link with the address of a single page or file."""
    if identity.is_report:
        return _report(identity)
    key = key_of(link.text)
    if identity.reason not in MAY_BE_REPORT:
        return _left(identity) if inside else _IGNORED
    if inside:
        if identity.reason in LEFT and not says_nothing(key) and not is_cut(link.text):
            return _left(identity)
        return _candidate(key, identity)
    if identity.reason in (Reason.CUT_SHORT, Reason.COVER_NOTICE) or CUT_SUBJECT.search(link.text):
        return _candidate(key, identity)
    if column.year and (names_organ(key) or identity.reason == Reason.SUBJECT_NOT_PRINTED):
        return _candidate(key, identity)
    return _IGNORED


def _part(link: Link, identity: Identity, column: Column, *, inside: bool) -> Judged:
    """A link with the address of a column: a part of this one, another like it, or elsewhere."""
    key = key_of(link.text)
    if not identity.is_report and identity.reason not in MAY_BE_REPORT:
        return _left(identity) if inside else _IGNORED
    organ = identity.organ or (link.text.strip() if names_organ(key) else organ_of_year(key))
    organ = None if names_part(key) else organ
    year = identity.year or (int(key[:4]) if YEAR.fullmatch(key) and key[:4].isdecimal() else None)
    named = bool(names_part(key) or organ or column_worth(link, disclosing=True))
    judged = Judged(Step.LIST, organ=organ, year=year, worth=int(named))
    if identity.is_report and identity.organ is not None and identity.year is not None:
        return _report(identity)
    beside = is_below(link.url, column.root[: column.root.rstrip("/").rfind("/") + 1])
    slug = SLUG.fullmatch(_last_segment(link.url)) is not None
    if inside or column_worth(link, disclosing=True):
        return judged
    if (named and slug) or (beside and (YEAR.fullmatch(key) or (named and OF_PART.fullmatch(key)))):
        return judged
    return _IGNORED


def _report(identity: Identity) -> Judged:
    return Judged(Step.REPORT, "report", identity.organ, identity.year, worth=1)


def _is_certain(link: Link, identity: Identity) -> bool:
    """Whether a folder is a report: named as one with organ and year, and its address by an id alone."""
    return bool(identity.is_report and identity.organ and identity.year and is_numbered(link.url))


def names_part(key: str) -> bool:
    """Whether words name a part of a column: a year or a group of organs, by itself or with 年报 behind it."""
    of_part = OF_PART.fullmatch(key)
    return any(YEAR.fullmatch(one) or names_group(one) for one in (key, of_part[1] if of_part else key))


def _candidate(key: str, identity: Identity) -> Judged:
    """A link whose words do not settle it: the page behind it does."""
    organ = identity.organ or (key if names_organ(key) and not names_group(key) else organ_of_year(key))
    return Judged(Step.REPORT, "report", organ, identity.year)


def _left(identity: Identity) -> Judged:
    return Judged(Step.LEAVE, str(identity.reason), identity.organ, identity.year)


def _last_segment(url: str) -> str:
    """The last name in the path of a column, without index page and extension."""
    return folder(url).rstrip("/").rpartition("/")[2]
