"""Is this the title of a report, and whose, of which year."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.identify import wording
from pipeline.identify.clean import clean_title, split_title
from pipeline.identify.group import names_group
from pipeline.identify.identity import Identity
from pipeline.identify.kinds import before_reason, kind_of, opening_reason, other_report_at, tail_reason
from pipeline.identify.normalise import Folded, fold
from pipeline.identify.organ import (
    is_organ,
    leads_nowhere,
    names_area,
    organ_before,
    organ_beside,
)
from pipeline.identify.period import period_year
from pipeline.identify.reason import Reason
from pipeline.identify.year import DATE, DOCUMENT_NUMBER, blank, find_years, title_year

# A list has cut the beginning of the title, and with it that of the name it begins with.
_BEHEADED = re.compile(r"(?:…+|\.{2,})(?=[\u3400-\u9fff])")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def _nothing(reason: Reason, title: str | None = None) -> Identity:
    return Identity(
        is_report=False, reason=reason, title=title, organ=None, year=None, scope=None, published_on=None
    )


def _without_organ(segment: Folded, organ: str | None) -> str:
    """The words of a title without its organ's name, whose own words (法治, 八月) say nothing about the paper."""
    place = segment.printed.find(organ) if organ else -1
    return segment.key[:place] + segment.key[place + len(organ) :] if organ and place >= 0 else segment.key


def _regime(organ: str | None) -> Reason | None:
    return wording.other_regime(fold(organ).key) if organ else None


def _year(key: str) -> int | None:
    """The year a folded title reports on: one that it prints, or the one of a period."""
    return title_year(key) or period_year(key)


def _time_reason(clear: str, *, yearly: bool) -> Reason | None:
    part = wording.PART_OF_YEAR.search(clear) or (not yearly and wording.MONTH.search(clear))
    return Reason.HALF_YEAR if part else None


def _report_like(segment: Folded) -> Identity | None:
    """The judgement on a part that names a report; None where it does not."""
    match = wording.PHRASE.search(segment.key)
    if match is None:
        return None
    start = match.start()
    if segment.key[:start].endswith("人民") and match["subject"].startswith("政府"):
        start += 2
    before, tail = segment.cut(0, start), segment.cut(match.end())
    apart = 0 in tail.gaps or re.match(r"[^\u3400-\u9fff]", tail.key)
    if 0 in tail.gaps and not find_years(before.key):
        behind = _report_like(tail)
        if behind is not None and behind.is_report and behind.organ and behind.year:
            return behind  # the first was the name of the column, or of the site with it
    organ = organ_before(before) or (organ_beside(tail) if apart else None)
    organ = None if organ and names_group(fold(organ).key) else organ
    year = _year(segment.key)
    named = Identity(
        is_report=True,
        reason=None,
        title=segment.printed,
        organ=organ,
        year=year,
        scope="area" if names_area(before.key) or "汇总" in match["fill"] else None,
        published_on=None,
    )
    yearly = "年报" in match["kind"] or re.search(r"年度|年底|年", match["fill"]) is not None
    clear = _without_organ(segment, organ)
    other, place = other_report_at(clear)
    if organ is None and other:
        named = replace(named, organ=organ_before(segment.cut(0, place)))
    reason = (
        opening_reason(before.key)
        or tail_reason(before.key, tail)
        or before_reason(before.key)
        or other
        or _regime(organ)
        or _time_reason(clear, yearly=yearly)
    )
    if reason is None and organ is None and match["subject"].startswith("信息") and leads_nowhere(before.key):
        reason = Reason.OTHER_DISCLOSURE
    if reason is None and not yearly:
        weak = wording.WEAK_SUBJECTS.fullmatch(match["subject"]) or not find_years(segment.key)
        reason = Reason.SUMMARY if weak else None
    if reason is None and (
        names_group(before.key)
        or (organ is None and names_group(tail.key))
        or (organ is None and year is None and not find_years(segment.key))
    ):
        reason = Reason.COLUMN_PAGE
    return replace(named, is_report=reason is None, reason=reason)


def _other(segment: Folded, beside: list[Folded]) -> Identity:
    """The judgement on a part that names no report on disclosure."""
    key = DOCUMENT_NUMBER.sub("", segment.key)
    subject = wording.TOPIC.search(key)
    year = _year(segment.key)
    other, place = other_report_at(segment.key)
    starts = [segment.key.find(subject.group())] if subject else []
    starts += [place] if other else []
    organ = organ_before(segment.cut(0, min(starts))) if starts else None
    named = replace(_nothing(Reason.OTHER_DISCLOSURE, segment.printed), organ=organ, year=year)
    if other:
        return replace(named, reason=other)
    if subject:
        if re.fullmatch(rf"(?:{wording.SUBJECT.pattern})(?:工作|网|平台|专栏)?", key):
            return replace(named, reason=Reason.COLUMN_PAGE)
        if wording.CUT.search(key):
            whole = year is not None and "年" in key[subject.end() :]
            return replace(named, is_report=whole, reason=None if whole else Reason.CUT_SHORT)
        if wording.INTERPRETATION.search(key):
            return replace(named, reason=Reason.INTERPRETATION)
        if wording.PART_OF_YEAR.search(key) or wording.MONTH.search(blank(key, DATE)):
            return replace(named, reason=Reason.HALF_YEAR)
        return replace(
            named, reason=kind_of(key[subject.start() :]) or before_reason(key) or Reason.OTHER_DISCLOSURE
        )
    annual = wording.ANNUAL.search(segment.key)
    if annual is None:
        return replace(named, reason=Reason.NOT_ABOUT_DISCLOSURE)
    return _bare_annual(segment, annual, beside, named)


def _bare_annual(segment: Folded, annual: re.Match[str], beside: list[Folded], named: Identity) -> Identity:
    """The judgement on 2020年报: of a government organ and a year, and of nothing else, it is the report."""
    before, tail = segment.cut(0, annual.start()), segment.cut(annual.end())
    organ = organ_before(before)
    left = "".join(part for part in re.split(r"[\W\d年度_]+", before.key) if part)
    harmless = wording.HARMLESS_TAIL.fullmatch(tail.key) or not tail.key
    alone = not left or is_organ(left)
    if not organ and not left:
        organ = next((name for name in map(organ_beside, beside) if name), None)
    year = title_year(segment.key)
    if year is None and annual.group().startswith("年"):
        year = title_year(segment.key[: annual.start() + 1])
    named = replace(named, organ=organ, year=year)
    if not harmless or not alone:
        return replace(named, reason=Reason.NOT_ABOUT_DISCLOSURE)
    if _regime(organ):
        return replace(named, reason=_regime(organ))
    # Of an organ and a year, a 年报 alone is the report on disclosure; a 工作报告 is one on its work at large.
    sure = organ is not None and year is not None and "工作" not in annual.group()
    return replace(named, is_report=sure, reason=None if sure else Reason.SUBJECT_NOT_PRINTED)


# Reasons of one part of a title that another part may lift, the most telling first.
_UNDECIDED = (
    Reason.COLUMN_PAGE,
    Reason.SUBJECT_NOT_PRINTED,
    Reason.NOT_ABOUT_DISCLOSURE,
    Reason.NO_TITLE,
)


def identify_title(title: str) -> Identity:
    """What a title alone says, as it stands in a list of links. Never raises; a title that is too long is cut.

    A refusal with a reason in `MAY_BE_REPORT` is for the page to settle. `scope` is only ever `area` or None, and
    `published_on` None: a title prints no more.
    """
    text = clean_title(title)
    identity = _identify(text)
    if (
        _BEHEADED.match(text.key)
        and identity.organ
        and _BEHEADED.sub("", text.key).startswith(fold(identity.organ).key)
    ):
        return replace(identity, organ=None)
    return identity


def _identify(text: Folded) -> Identity:
    if not _CHINESE.search(text.key):
        return _nothing(
            Reason.NO_TITLE if not text.key else Reason.NOT_ABOUT_DISCLOSURE, text.printed or None
        )
    segments = split_title(text)
    shown = [part for part in segments if wording.PICTURES.fullmatch(part.key) is None]
    if shown and len(shown) < len(segments):
        named = _report_like(shown[0]) or _other(shown[0], [])
        return replace(named, is_report=False, reason=Reason.INTERPRETATION)
    judged: list[Identity] = []
    found: Identity | None = None
    for index, segment in enumerate(segments):
        beside = segments[:index] + segments[index + 1 :]
        identity = _report_like(segment) or _other(segment, beside)
        if found is None and identity.reason not in _UNDECIDED:
            found = _completed(identity, beside)
            if not found.is_report or identity.organ:
                return found
        elif found is not None and identity.is_report and identity.organ and identity.year:
            return identity  # the part before was the name of a column
        judged.append(identity)
    if found is not None:
        return found
    best = next(one for reason in _UNDECIDED for one in judged if one.reason is reason)
    return _completed(best, [part for part in segments if part.printed != best.title])


def _completed(identity: Identity, beside: list[Folded]) -> Identity:
    """The judgement with the organ and the year that stand in other parts of the title."""
    organ, year = identity.organ, identity.year
    if organ is None:
        organ = next((name for name in map(organ_beside, beside) if name), None)
    if year is None:
        printed = {title_year(part.key) for part in beside if re.fullmatch(r"\D{0,1}20\d\d年?度?", part.key)}
        year = printed.pop() if len(printed) == 1 else None
    if identity.reason is Reason.COLUMN_PAGE and organ and not _regime(organ):
        lifted = kind_of(fold(identity.title or "").key) is None and not _speaks_of_group(identity)
        return replace(
            identity, is_report=lifted, reason=None if lifted else identity.reason, organ=organ, year=year
        )
    return replace(identity, organ=organ, year=year)


def _speaks_of_group(identity: Identity) -> bool:
    """Whether the title of a column names several organs, whose it is then."""
    key = fold(identity.title or "").key
    match = wording.PHRASE.search(key)
    return match is not None and names_group(key[: match.start()])
