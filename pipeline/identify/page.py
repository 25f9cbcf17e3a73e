"""Is this page a report, whose, of which year, for what scope, made public when. The body beats the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pipeline.identify.body import Body, read_body
from pipeline.identify.dates import labelled_date, tagged_date
from pipeline.identify.identity import Identity
from pipeline.identify.lines import body_title, lists_reports, paper_about
from pipeline.identify.normalise import fold, folded_key, folded_keys
from pipeline.identify.organ import organ_in
from pipeline.identify.reason import MAY_BE_REPORT, Reason
from pipeline.identify.reported_year import choose_year
from pipeline.identify.scope import read_scope
from pipeline.identify.signature import find_compiler, find_signature
from pipeline.identify.title import identify_title
from pipeline.identify.wording import TOPIC, other_regime

_WORDS = 200  # characters of a body that would speak of disclosure somewhere, were it a report on it
# The office that compiles the roll-up of its government; and the office of a department, which speaks for it.
_OFFICE = re.compile(r"(?<=政府)(?:(?:政务|政府信息|信息)公开(?:工作)?(?:领导小组)?)?办(?:公[室厅])?$")
_OF_GOVERNMENT = re.compile(r"(?:人民)?政府$")
_INNER_OFFICE = re.compile(r"(?<=[局厅])办公室$")
_GOVERNMENT = re.compile(r"(?:[局厅委办镇乡县市区省]|政府|街道|办公室)$")
# Names of columns that a page may carry in place of its own title; a report under them is still a report.
_COLUMN_NAMES = frozenset(
    {Reason.REQUEST_GUIDE, Reason.REGULATION, Reason.NEWS, Reason.STATISTICS, Reason.WORK_PLAN}
)
# Titles of papers that are a report only where their body is one in full.
_BODY_ONLY = frozenset({Reason.COVER_NOTICE, Reason.SUMMARY})


def _tag(metadata: Mapping[str, str], name: str) -> str | None:
    return next((value for key, value in metadata.items() if key.lower() == name and value.strip()), None)


def _decisive(judged: Sequence[Identity]) -> Identity | None:
    """The first title that settles the matter, or the first that at least speaks of disclosure."""
    settled = (one for one in judged if one.is_report or one.reason not in MAY_BE_REPORT - _BODY_ONLY)
    unclear = {Reason.NO_TITLE, Reason.NOT_ABOUT_DISCLOSURE}
    spoken = (one for one in judged if one.reason not in unclear)
    return next(settled, None) or next(spoken, None) or (judged[0] if judged else None)


def _university(body: Body, organs: Iterable[str | None]) -> bool:
    """Whether the rules for higher education hold: an education bureau may cite them in a report of its own."""
    return body.university and not any(_GOVERNMENT.search(folded_key(organ)) for organ in organs if organ)


def _contradiction(body: Body, lines: Sequence[str]) -> Reason | None:
    """What the body of a page with a report's title says against it."""
    if body.models >= 2 or body.placeholders >= 3:
        return Reason.MODEL_TEXT
    if body.instructions >= 2 and not body.statutory and body.instructions >= body.results:
        return Reason.NOTICE
    return Reason.COLUMN_PAGE if body.headings < 2 and lists_reports(lines) else None


def _shows_report(body: Body) -> bool:
    """Whether a body is a report without the help of a title: its headings, and results where a form has none."""
    told = body.results >= 1 or body.period_year is not None
    return body.statutory and told and body.placeholders < 3 and body.models < 2


def _judge(title: Identity | None, own: Identity | None, body: Body, lines: Sequence[str]) -> Reason | None:
    """The reason for a refusal, None for a report."""
    if title is not None and not title.is_report and title.reason not in MAY_BE_REPORT:
        lifted = title.reason in _COLUMN_NAMES and own is not None and _shows_report(body)
        return None if lifted else title.reason
    if _university(body, [one.organ for one in (title, own) if one is not None]):
        return Reason.UNIVERSITY
    if title is not None and title.reason in _BODY_ONLY:
        return None if _shows_report(body) else title.reason
    if (title is not None and title.is_report) or own is not None:
        if not _on_disclosure((title, own), body):
            return Reason.SUBJECT_NOT_PRINTED
        return _contradiction(body, lines)
    about = paper_about(lines)
    if about is None and _shows_report(body) and body.instructions < 2:
        return None
    return about or (title.reason if title is not None else Reason.NO_TITLE)


def _on_disclosure(titles: Sequence[Identity | None], body: Body) -> bool:
    """Whether title or body speak of disclosure: the 年报 of a housing fund is one on another subject."""
    spoken = any(TOPIC.search(folded_key(one.title or "")) for one in titles if one is not None)
    return spoken or body.disclosing or body.length < _WORDS


def identify_page(titles: Sequence[str], lines: Sequence[str], metadata: Mapping[str, str]) -> Identity:
    """What a page says about itself.

    `titles` are candidates, best first; `lines` the paragraphs of the body in order, the text of tables not needed;
    `metadata` the standard tags (ArticleTitle, PubDate, ContentSource, ColumnName), in any case. Never raises.

    The year comes from the period sentence, else the title, else the opening sentence, else a column that names
    report and year; the organ from the title, else the sentence that says who compiled it, else the signature, else
    ContentSource; the date from the signature, else PubDate, else the line 发布时间. A date never makes a year: it
    decides between years that are printed. A roll-up that the office of a government compiled is the government's.
    """
    keys = [key for key in folded_keys(lines) if key]
    tagged = _tag(metadata, "articletitle")
    judged = [identify_title(title) for title in dict.fromkeys([*titles, *([tagged] if tagged else [])])]
    judged = [one for one in judged if one.reason is not Reason.NO_TITLE]
    body, title = read_body(keys), _decisive(judged)
    own = body_title(lines, supported=body.headings >= 2 or body.period_year is not None)
    reason = _judge(title, own, body, lines)
    named = [one for one in judged if one.is_report] + ([own] if own else [])
    named = named or ([title] if title else [])
    signature = find_signature(lines)
    organ = _organ(named, lines, signature.organ, metadata)
    scope = read_scope(keys, organ, area=any(one.scope == "area" for one in named))
    if scope == "area" and organ and not any(one.organ for one in named):
        organ = _OFFICE.sub("", organ)
    if reason is None and organ is not None:
        reason = other_regime(folded_key(organ))
    dates = (signature.signed_on, tagged_date(metadata), labelled_date(lines))
    year = choose_year(_years(named, body, metadata), dates)
    return Identity(
        is_report=reason is None,
        reason=reason,
        title=next((one.title for one in named if one.title), None),
        organ=organ,
        year=year.year,
        scope=scope if reason is None else None,
        published_on=next((day for day in dates if day), None),
        year_doubt=year.doubt,
    )


def _years(named: Sequence[Identity], body: Body, metadata: Mapping[str, str]) -> list[int | None]:
    """The years printed for the report, the most trusted first; those of weaker places only where no other is."""
    printed = [body.period_year, *(one.year for one in named)]
    if any(printed):
        return printed
    column = identify_title(_tag(metadata, "columnname") or "")
    return [body.opening_year or (column.year if column.is_report else None)]


def _organ(
    named: Sequence[Identity], lines: Sequence[str], signed: str | None, metadata: Mapping[str, str]
) -> str | None:
    """The organ by the order of trust; one named elsewhere that ends in the title's short name gives it in full."""
    titled = next((one.organ for one in named if one.organ), None)
    compiler = find_compiler(lines)
    if titled:
        return next((full for full in map(_whole, (signed, compiler), (titled, titled)) if full), titled)
    source = _tag(metadata, "contentsource")
    told = compiler or signed or (organ_in(fold(source[:200])) if source else None)
    return _INNER_OFFICE.sub("", told) if told else None


def _whole(name: str | None, short: str) -> str | None:
    """A name that ends in the short one, or that of the government of the area or town that the short one names."""
    if name is None or name.endswith(short):
        return name
    government = _OFFICE.sub("", name)
    is_of_it = government != short and _OF_GOVERNMENT.sub("", government).endswith(short)
    return government if is_of_it else None
