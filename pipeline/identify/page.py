"""Is this page a report, whose, of which year, for what scope, made public when. The body beats the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.identify.body import Body, read_body
from pipeline.identify.dates import labelled_date, tagged_date
from pipeline.identify.identity import Identity
from pipeline.identify.normalise import fold, folded_key
from pipeline.identify.organ import is_organ, organ_in
from pipeline.identify.reason import MAY_BE_REPORT, Reason
from pipeline.identify.scope import read_scope
from pipeline.identify.signature import find_compiler, find_signature
from pipeline.identify.title import identify_title
from pipeline.identify.wording import other_regime

_GOVERNMENT = re.compile(r"(?:[局厅委办镇乡县市区省]|政府|街道|办公室)$")
_TITLE_LINES = 12  # lines at the beginning of a body in which its own title is looked for
_TITLE_LENGTH = 80
# Names of columns that a page may carry in place of its own title; a report under them is still a report.
_COLUMN_NAMES = frozenset(
    {Reason.REQUEST_GUIDE, Reason.REGULATION, Reason.NEWS, Reason.STATISTICS, Reason.WORK_PLAN, Reason.NOTICE}
)


def _tag(metadata: Mapping[str, str], name: str) -> str | None:
    return next((value for key, value in metadata.items() if key.lower() == name and value.strip()), None)


def _body_title(lines: Sequence[str]) -> Identity | None:
    """The report's title among the first lines, with lines that were broken off it put together again."""
    first = [line.strip() for line in lines if line.strip()][:_TITLE_LINES]
    for place in range(len(first)):
        for length in (1, 2, 3):
            parts = first[place : place + length]
            if len(parts) < length or sum(map(len, parts)) > _TITLE_LENGTH:
                break
            found = identify_title(" ".join(parts))
            if not found.is_report or (found.organ is None and found.year is None):
                continue
            if _continued(parts, first[place + length : place + length + 1]):
                return None
            above = fold(first[place - 1]) if place else None
            if found.organ is None and above and is_organ(above.key):
                found = replace(found, organ=above.printed, title=above.printed + (found.title or ""))
            return found
    return None


def _continued(parts: Sequence[str], following: Sequence[str]) -> bool:
    """Whether the next line makes another paper of a title (…年度报告 / 格式, …年度报告 / 解读)."""
    if not following or len(following[0]) > 12:
        return False
    whole = identify_title("".join([*parts, following[0]]))
    return whole.reason in {Reason.FORMAT, Reason.MODEL_TEXT, Reason.INTERPRETATION, Reason.NOTICE}


def _refused_line(lines: Sequence[str]) -> Identity | None:
    """The first line that names another paper plainly, for a page without a title."""
    first = [line.strip() for line in lines if line.strip()][:_TITLE_LINES]
    judged = (identify_title(line) for line in first if len(line) <= _TITLE_LENGTH)
    return next((one for one in judged if one.reason and one.reason not in MAY_BE_REPORT), None)


def _decisive(judged: Sequence[Identity]) -> Identity | None:
    """The first title that settles the matter, or the first that at least speaks of disclosure."""
    settled = (one for one in judged if one.is_report or one.reason not in MAY_BE_REPORT)
    unclear = {Reason.NO_TITLE, Reason.NOT_ABOUT_DISCLOSURE}
    spoken = (one for one in judged if one.reason not in unclear)
    cover = next((one for one in judged if one.reason in {Reason.COVER_NOTICE, Reason.SUMMARY}), None)
    return cover or next(settled, None) or next(spoken, None) or (judged[0] if judged else None)


def _contradiction(body: Body, lines: Sequence[str], organs: Iterable[str | None]) -> Reason | None:
    """What the body of a page with a report's title says against it."""
    if body.university and not any(_GOVERNMENT.search(folded_key(organ)) for organ in organs if organ):
        return Reason.UNIVERSITY
    if body.models >= 2 or body.placeholders >= 3:
        return Reason.MODEL_TEXT
    if body.instructions >= 2 and not body.statutory and body.instructions >= body.results:
        return Reason.NOTICE
    if body.headings < 2 and _lists_reports(lines):
        return Reason.COLUMN_PAGE
    return None


def _lists_reports(lines: Sequence[str]) -> bool:
    """Whether the lines are mostly titles of reports, as on a list page."""
    filled = [line for line in lines if line.strip()][:60]
    titles = [line for line in filled if len(line) <= _TITLE_LENGTH and identify_title(line).is_report]
    return len(set(titles)) >= 3 and len(titles) * 2 >= len(filled)


def _shows_report(body: Body) -> bool:
    """Whether a body is a report without the help of a title: its headings, and results where a form has none."""
    told = body.results >= 1 or body.period_year is not None
    return body.statutory and told and body.placeholders < 3 and body.models < 2 and not body.university


def _judge(
    titles: Sequence[Identity], own: Identity | None, body: Body, lines: Sequence[str]
) -> Reason | None:
    """The reason for a refusal, None for a report."""
    title = _decisive(titles)
    if title is not None and not title.is_report and title.reason not in MAY_BE_REPORT:
        lifted = title.reason in _COLUMN_NAMES - {Reason.NOTICE} and own is not None and _shows_report(body)
        return None if lifted else title.reason
    if title is not None and title.reason in {Reason.COVER_NOTICE, Reason.SUMMARY}:
        return None if _shows_report(body) else title.reason
    if (title is not None and title.is_report) or own is not None:
        return _contradiction(body, lines, [one.organ for one in [*titles, own] if one is not None])
    if _shows_report(body) and body.instructions < 2:
        return None
    refused = _refused_line(lines)
    if refused is not None and (title is None or title.reason in MAY_BE_REPORT):
        return refused.reason
    return title.reason if title is not None else Reason.NO_TITLE


def identify_page(titles: Sequence[str], lines: Sequence[str], metadata: Mapping[str, str]) -> Identity:
    """What a page says about itself.

    `titles` are candidates, best first; `lines` the paragraphs of the body in order, the text of tables not needed;
    `metadata` the standard tags (ArticleTitle, PubDate, ContentSource, ColumnName), in any case. Never raises.

    The year comes from the period sentence, else the title, else the opening sentence, else a column that names
    report and year; the organ from the title, else the sentence that says who compiled it, else the signature, else
    ContentSource; the date from the signature, else PubDate, else the line 发布时间. The year of posting tells
    nothing about the year of the report and is not used.
    """
    keys = [key for key in map(folded_key, lines) if key]
    tagged = _tag(metadata, "articletitle")
    judged = [identify_title(title) for title in dict.fromkeys([*titles, *([tagged] if tagged else [])])]
    judged = [one for one in judged if one.reason is not Reason.NO_TITLE]
    body, own = read_body(keys), _body_title(lines)
    reason = _judge(judged, own, body, lines)
    named = [one for one in judged if one.is_report] + ([own] if own else [])
    if not named:
        decisive = _decisive(judged)
        named = [decisive] if decisive else []
    signature = find_signature(lines)
    organ = _organ(named, lines, signature.organ, metadata)
    if reason is None and organ is not None:
        reason = other_regime(folded_key(organ))
    return Identity(
        is_report=reason is None,
        reason=reason,
        title=next((one.title for one in named if one.title), None),
        organ=organ,
        year=_year(named, body, metadata),
        scope=None
        if reason is not None
        else read_scope(keys, organ, area=any(one.scope == "area" for one in named)),
        published_on=signature.signed_on or tagged_date(metadata) or labelled_date(lines),
    )


def _year(named: Sequence[Identity], body: Body, metadata: Mapping[str, str]) -> int | None:
    column = identify_title(_tag(metadata, "columnname") or "")
    said = [body.period_year, *(one.year for one in named), body.opening_year]
    said.append(column.year if column.is_report else None)
    return next((year for year in said if year is not None), None)


def _organ(
    named: Sequence[Identity], lines: Sequence[str], signed: str | None, metadata: Mapping[str, str]
) -> str | None:
    """The organ by the order of trust; a signature that ends in the title's short name gives it in full."""
    titled = next((one.organ for one in named if one.organ), None)
    if titled:
        return signed if signed and signed.endswith(titled) else titled
    source = _tag(metadata, "contentsource")
    return find_compiler(lines) or signed or (organ_in(fold(source[:200])) if source else None)
