"""The page of one report: our own words around the printed tables."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import chain

from pipeline.sample.forms import national_form
from pipeline.sample.markup import frame
from pipeline.sample.render_tables import tables
from pipeline.sample.truth import City, Organ, Printed, Publication
from pipeline.sample.words import load_words

_OVERVIEW = (
    ("（一）主动公开", "overview"),
    ("（二）依申请公开", "requests_note"),
    ("（三）政府信息管理", "management"),
    ("（四）平台建设", "platform"),
    ("（五）监督保障", "supervision"),
)


def report_page(
    city: City,
    organ: Organ,
    publication: Publication,
    printed: Mapping[str, Printed],
    trail: list[tuple[str, str]],
) -> str:
    """The whole page of one version of a report, as text."""
    word = publication.style == "word"
    drawn = tables(national_form(publication.form), printed, word=word)
    body = [
        *_paragraphs(_say(organ, publication, printed, "preface"), word=word),
        *_heading("一、总体情况", word=word),
        *chain.from_iterable(
            _paragraphs(f"{head}。{_say(organ, publication, printed, key)}", word=word)
            for head, key in _OVERVIEW
        ),
        *(
            _paragraphs(_say(organ, publication, printed, "rare_names"), word=word)
            if publication.charset == "gb18030"
            else ()
        ),
        *chain.from_iterable((*_heading(title, word=word), table) for title, table in drawn.values()),
        *_heading("五、存在的主要问题及改进情况", word=word),
        *_paragraphs(_say(organ, publication, printed, "problems"), word=word),
        *_heading("六、其他需要报告的事项", word=word),
        *_paragraphs(_say(organ, publication, printed, "other"), word=word),
        f'<p style="text-align:right">{organ.name}</p>',
        f'<p style="text-align:right">{_long_date(publication)}</p>',
    ]
    article = "\n".join(body)
    if word:
        article = f'<table width="100%" border="0"><tbody><tr><td>\n{article}\n</td></tr></tbody></table>'
    published = publication.published_on.isoformat()
    main = f"""<h1>{escape(publication.title)}</h1>
<div class="info"><span>发布时间：{published} 10:20</span> <span>来源：{organ.name}</span></div>
<div class="trs_editor_view TRS_UEDITOR trs_paper_default">
{article}
</div>"""
    tags = {
        "ColumnName": trail[-1][1],
        "ColumnType": "信息公开年报",
        "ArticleTitle": publication.title,
        "PubDate": f"{published} 10:20",
        "ContentSource": organ.name,
    }
    declared = "gb2312" if publication.charset == "gb18030" else publication.charset
    return frame(city, title=publication.title, trail=trail, main=main, tags=tags, charset=declared)


def _say(organ: Organ, publication: Publication, printed: Mapping[str, Printed], key: str) -> str:
    """The variant of a paragraph that this report takes, with the figures of its tables."""
    received, carried = (
        printed[cell].text if cell in printed else "0"
        for cell in ("requests/received/total", "requests/carried_in/total")
    )
    return load_words().variant(
        key,
        publication.year + len(organ.name) + int(organ.city) // 100,
        organ=organ.name,
        year=publication.year,
        received=received,
        carried_in=carried,
    )


def _paragraphs(*texts: str, word: bool) -> list[str]:
    if word:
        return [
            f'<p class="MsoNormal"><span style="font-family:仿宋">{escape(text)}</span></p>' for text in texts
        ]
    return [f"<p>{escape(text)}</p>" for text in texts]


def _heading(text: str, *, word: bool) -> list[str]:
    return _paragraphs(text, word=True) if word else [f"<p><strong>{text}</strong></p>"]


def _long_date(publication: Publication) -> str:
    day = publication.published_on
    return f"{day.year}年{day.month}月{day.day}日"
