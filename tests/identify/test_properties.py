"""What holds for every title of a grammar, and for every text."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.identify import identify_page, identify_title

PLACES = ("青溪县", "云岭市", "云岭市北山区", "乌兰旗", "临河自治州", "")
UNITS = (
    "财政局",
    "发展和改革委员会",
    "人力资源和社会保障局",
    "综合行政执法局",
    "审计局",
    "机关事务管理中心",
    "人民政府办公室",
    "柳河镇",
    "望江乡人民政府",
    "大学路街道办事处",
    "巴音苏木",
    "城市管理局（综合执法局）",
)
SUBJECTS = ("政府信息公开", "信息公开", "政务信息公开", "政府信息与政务公开", "政府信息主动公开")
KINDS = (
    "工作年度报告",
    "年度报告",
    "年报",
    "工作年报",
    "年度工作报告",
    "工作情况年度报告",
    "情况年度报告",
    "年度工作情况报告",
)
CLOSINGS = (
    "",
    "（文字版）",
    "（图片版）",
    ".docx",
    ".pdf",
    "（含附表）",
    "_政府信息公开年报_青溪县人民政府网",
    " 2023-01-20",
)
ORDERS = (
    "{o}{y}{s}{k}",
    "{y}{o}{s}{k}",
    "{o}{s}{y}{k}",
    "{o}关于{y}{s}{k}",
    "（{y}）{o}{s}{k}",
    "{o}{s}{k}（{y}）",
    "关于{o}{y}{s}工作情况的报告",
    "{o}：{y}{s}{k}",
    "{o} {y} {s}{k}",
)
NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
YEARS = st.integers(min_value=2008, max_value=2039)


@st.composite
def titles(draw: st.DrawFn) -> tuple[str, str, int]:
    """A title with the organ and the year that it prints."""
    organ = draw(st.sampled_from(PLACES)) + draw(st.sampled_from(UNITS))
    year = draw(YEARS)
    digits = draw(st.sampled_from([str(year), str(year).translate(NUMERALS)]))
    printed = digits + draw(st.sampled_from(["年", "年度"]))
    subject, kind = draw(st.sampled_from(SUBJECTS)), draw(st.sampled_from(KINDS))
    order = draw(st.sampled_from(ORDERS))
    return (
        order.format(o=organ, y=printed, s=subject, k=kind) + draw(st.sampled_from(CLOSINGS)),
        organ,
        year,
    )


@given(titles())
def test_every_title_of_the_grammar_is_a_report_of_its_organ_and_year(case: tuple[str, str, int]) -> None:
    title, organ, year = case
    identity = identify_title(title)
    assert (identity.is_report, identity.organ, identity.year) == (True, organ, year)


@given(
    titles(),
    st.sampled_from(["关于做好{}编制工作的通知", "{}解读", "图解{}", "{}范文", "{}格式", "{}质量评估通报"]),
)
def test_every_look_alike_of_the_grammar_is_refused(case: tuple[str, str, int], frame: str) -> None:
    title = case[0]
    for closing in CLOSINGS[1:]:
        title = title.removesuffix(closing)
    assert not identify_title(frame.format(title)).is_report


@given(titles(), st.data())
def test_white_space_changes_nothing(case: tuple[str, str, int], data: st.DataObject) -> None:
    title, organ, year = case
    place = data.draw(st.integers(min_value=1, max_value=len(organ)))
    spaced = identify_title(title[:place] + data.draw(st.sampled_from([" ", "\n", "\u3000"])) + title[place:])
    assert (spaced.is_report, spaced.organ, spaced.year) == (True, organ, year)


@given(
    st.text() | st.text(alphabet="政府信息公开年度报告工作2020年（）〔〕号关于的通知局县_-> .", max_size=80)
)
def test_no_text_raises(text: str) -> None:
    identity = identify_title(text)
    assert identity.is_report is (identity.reason is None)


@given(st.lists(st.text(max_size=60), max_size=30), st.lists(st.text(max_size=40), max_size=3))
@settings(max_examples=50)
def test_no_page_raises(lines: list[str], names: list[str]) -> None:
    identity = identify_page(names, lines, dict.fromkeys(names, "2021年"))
    assert identity.is_report is (identity.reason is None)


def test_time_is_linear_in_the_length() -> None:
    """Half a megabyte of what patterns start on, as one line and as many; quadratic time would take minutes."""
    for piece in (
        "政府信息公开",
        "2020年1月1日至",
        "一、关于",
        "（【[",
        "由各县汇总的报告",
        " 　",
        "年度工作",
    ):
        text = piece * (500_000 // len(piece))
        started = time.perf_counter()
        identify_title(text)
        identify_page([text], [text], {"ContentSource": text, "PubDate": text})
        assert time.perf_counter() - started < 8, piece
