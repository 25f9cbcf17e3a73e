"""Labels are known by their words, whatever surrounds them; near misses only where nothing else is as near."""

from __future__ import annotations

import pytest

from pipeline.extract.labels import Kind, LabelIndex, difference
from tests.extract.truths import FORMS

INDEX = LabelIndex(FORMS)


def items(text: str) -> set[str]:
    return {f"{label.part}/{label.code}" for label in INDEX.find(text) if label.kind is Kind.ITEM}


def measures(text: str) -> set[str]:
    return {label.code for label in INDEX.find(text) if label.kind is Kind.MEASURE}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("规 章", "proactive/rules"),
        ("規章 (全區機關均無制定規章的權限)", "proactive/rules"),
        ("规章：由有权机关制定的规定，不称条例，也不包括其他规范性文件", "proactive/rules"),
        ("規範性檔案", "proactive/normative_documents"),
        ("行政事业型收费", "proactive/fees"),
        ("[bookmark: _GoBack]政府集中采购", "proactive/procurement"),
        ("一、本年新收政府信息公開申請(qǐng)數(shù)量", "requests/received"),
        ("（一）予以公开", "requests/granted"),
        ("2．其他法律法规禁止公开", "requests/denied.other_law"),
        ("3.危及\u201c三安全一稳定\u201d", "requests/denied.security_stability"),
        ("七、总计", "requests/concluded"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他", "requests/partly_granted"),
    ],
)
def test_rows(text: str, item: str) -> None:
    assert item in items(text)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("本年新 制作数量", "made"),
        ("本年度增/减", "items_change"),
        ("上一年项目数量 2019年", "items_previous"),
        ("现行有效件", "in_force"),
        ("本年收费金额(单位:万元,保留4位小数)", "amount_yuan"),
        ("商业\n企业", "business"),
    ],
)
def test_columns(text: str, measure: str) -> None:
    assert measure in measures(text)


@pytest.mark.parametrize(
    "text",
    [
        "行政处理",
        "行政检查",
        "规章制度",
        "其他需要报告的事项",
        "0",
        "",
        "行政事业性收费1",
        "共制定规章3件",
        "（一）维持具体行政行为或",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert INDEX.find(text) == ()


def test_difference() -> None:
    assert difference("abc", "abd") == frozenset({"c", "d"})
    assert difference("abc", "ab") == frozenset({"c"})
    assert difference("abc", "xabc") == frozenset({"x"})
    assert difference("abc", "abc") == frozenset()
    assert difference("abc", "abde") is None
    assert difference("abc", "acb") is None


@pytest.mark.parametrize(
    "text", ["上年处理决定数量", "本季制发件数", "行政事业性收入", "不属于已主动公开范围数"]
)
def test_a_slip_never_changes_what_is_counted(text: str) -> None:
    assert INDEX.find(text) == ()


def test_words_too_few_to_stand_alone_need_their_number() -> None:
    assert items("3.其他") == {"requests/other.other"}
    assert items("4.其他") == items("（六）其他") == set()
    assert [label.placed for label in INDEX.find("总计") if label.kind is Kind.ITEM] == [True]
    assert [label.placed for label in INDEX.find("（七）总计") if label.kind is Kind.ITEM] == [False]
