"""The text of one report, in the manner of its year: prose until 2013, the annex until 2018, then the two forms."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache
from html import escape

from pipeline.sample.forms import national_form
from pipeline.sample.render_tables import tables
from pipeline.sample.truth import Printed

_OLD = (
    ("概述", "{organ}按照条例的要求健全机制，落实专人，稳步开展政府信息公开工作。"),
    (
        "主动公开政府信息的情况",
        "{year}年主动公开政府信息{a}条，其中政策文件{b}条，工作动态{c}条，内容经过审核后在网站刊登。",
    ),
    (
        "依申请公开政府信息和不予公开政府信息的情况",
        "{year}年收到公开申请{b}件，均在期限内答复，没有不予公开的情形。",
    ),
    ("政府信息公开的收费及减免情况", "{year}年没有收取检索、复制、邮寄等费用。"),
    ("因政府信息公开申请行政复议、提起行政诉讼的情况", "{year}年没有因信息公开引起的复议和诉讼。"),
    ("存在的主要问题及改进情况", "公开的深度还不够，更新有时不及时。下一步将加强培训，充实栏目。"),
    ("其他需要报告的事项", "没有其他需要报告的事项。"),
)
_NEW = (
    ("一、总体情况", "{organ}把公开贯穿办事全过程，{year}年在门户网站发布信息{a}条，答复留言{c}条。"),
    ("五、存在的主要问题及改进情况", "一些栏目更新偏慢，解读形式单一。今后将按月检查，补齐短板。"),
    ("六、其他需要报告的事项", "{year}年没有收取信息处理费。"),
)
_ANNEX = (
    ("一、主动公开情况", "——", ""),
    ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "a"),
    ("（二）通过不同渠道和方式公开政府信息的情况", "——", ""),
    ("1.政府公报公开政府信息数", "条", "z"),
    ("2.政府网站公开政府信息数", "条", "a"),
    ("三、依申请公开情况", "——", ""),
    ("（一）收到申请数", "件", "b"),
    ("（二）申请办结数", "件", "b"),
    ("四、行政复议数量", "件", "z"),
    ("五、行政诉讼数量", "件", "z"),
    ("六、举报投诉数量", "件", "z"),
)

Wrap = Callable[[str], str]


def paragraph(text: str) -> str:
    return f"<p>{text}</p>"


def body(organ: str, year: int, *, wrap: Wrap = paragraph, word: bool = False, bare: bool = False) -> str:
    """The report's text as HTML, a paragraph made by `wrap`. `bare` leaves out every table."""
    dice = zlib.crc32(f"{organ}{year}".encode())
    given = {
        "organ": escape(organ),
        "year": str(year),
        "a": str(40 + dice % 860),
        "b": str(1 + dice // 7 % 8),
        "c": str(1 + dice // 11 % 29),
        "z": "0",
    }
    if year < 2019:
        said = [_old(wrap, given), *(() if bare or year < 2014 else (_annex(given),))]
    else:
        said = [_new(wrap, given, word=word, bare=bare)]
    opening = (
        f"根据《中华人民共和国政府信息公开条例》的规定，由{given['organ']}编制本报告。"
        f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    )
    return "\n".join([wrap(opening), *said, wrap(given["organ"]), wrap(f"{year + 1}年1月{20 + year % 9}日")])


def _old(wrap: Wrap, given: dict[str, str]) -> str:
    numerals = "一二三四五六七"
    return "\n".join(
        wrap(f"{numeral}、{title}") + wrap(text.format(**given))
        for numeral, (title, text) in zip(numerals, _OLD, strict=True)
    )


def _annex(given: dict[str, str]) -> str:
    rows = "".join(
        f"<tr><td>{label}</td><td>{unit}</td><td>{given.get(key, '')}</td></tr>"
        for label, unit, key in _ANNEX
    )
    head = "<tr><th>统计指标</th><th>单位</th><th>统计数</th></tr>"
    return f"<table border=1>{head}{rows}</table>"


def _new(wrap: Wrap, given: dict[str, str], *, word: bool, bare: bool) -> str:
    first, problems, other = ((title, text.format(**given)) for title, text in _NEW)
    form = "2021" if int(given["year"]) >= 2021 else "2019"
    drawn = _tables(form, given["b"], word=word)
    parts = [first, *((title, "" if bare else table) for title, table in drawn), problems, other]
    return "\n".join(
        wrap(title) + (text if text.startswith("<table") else wrap(text)) for title, text in parts
    )


@cache
def _tables(form: str, received: str, *, word: bool) -> tuple[tuple[str, str], ...]:
    cells = (
        f"requests/{row}/{column}"
        for row in ("received", "granted", "concluded")
        for column in ("natural_person", "total")
    )
    printed = {cell: Printed(received, "reported", None) for cell in cells}
    return tuple(tables(national_form(form), printed, word=word).values())
