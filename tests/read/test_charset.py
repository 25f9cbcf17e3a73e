"""Charsets by evidence: headers and pages may say what they like."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import decode, read_document
from pipeline.read.charset import decode_with_evidence

TEXT = "云岭市林业局政府信息公开工作年度报告，本年新收申请12件，镕喆"


def page(charset: str | None) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}</head><body><p>{TEXT}</p></body></html>"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("meta", [None, "utf-8", "gb2312", "GBK", "iso-8859-1", "x-unknown", "rot13"])
@pytest.mark.parametrize("header", [None, "utf-8", "gbk", "ISO-8859-1", "text/html; charset=utf-8", "base64"])
def test_the_bytes_decide(encoding: str, meta: str | None, header: str | None) -> None:
    assert decode(page(meta).encode(encoding), declared=header) == (page(meta), encoding)


def test_big5_counts_where_it_is_declared() -> None:
    text = "<p>政府資訊公開年度報告，本年收到申請若干件</p>"
    assert decode(text.encode("big5"), declared="text/html; charset=Big5") == (text, "big5hkscs")
    meta = '<meta charset="big5">' + text
    assert decode(meta.encode("big5")) == (meta, "big5hkscs")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_comes_first(mark: bytes, encoding: str) -> None:
    data = mark + page("gbk").encode(encoding)
    assert decode(data, declared="gbk") == (page("gbk"), encoding)
    document = read_document(data)
    assert document.media_type == "text/html"
    assert [getattr(block, "text", None) for block in document.blocks] == [TEXT]


@pytest.mark.parametrize("lost", [1, 2])
def test_a_last_character_cut_short_is_still_utf8(lost: int) -> None:
    assert decode(TEXT.encode()[:-lost], declared="gbk") == (TEXT[:-1], "utf-8")


def test_a_character_cut_in_the_middle_does_not_turn_the_page_to_garbage() -> None:
    data = TEXT.encode() + TEXT.encode()[:-1] + b'">' + TEXT.encode()
    decoded = decode_with_evidence(data, declared="gbk")
    assert (decoded.charset, decoded.certain) == ("utf-8", False)
    assert decoded.text.count(TEXT) == 2


def test_replacement_is_told() -> None:
    data = b"<html><p>" + (TEXT * 3).encode("gbk") + b"\xff\xff</p>"
    document = read_document(data)
    assert document.charset == "gb18030"
    assert [issue.code for issue in document.issues if issue.code == "charset_uncertain"]
    assert not read_document(page("gbk").encode("gbk")).issues


@given(st.binary(max_size=200), st.sampled_from([None, "gbk", "big5", "utf-16", "zlib_codec", "\x00", "é"]))
def test_any_bytes_give_text(data: bytes, declared: str | None) -> None:
    text, charset = decode(data, declared=declared)
    assert codecs.lookup(charset)
    assert text.isascii() or data


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=40, max_size=80))
def test_both_charsets_of_chinese_portals_come_back(text: str) -> None:
    assert decode(text.encode("utf-8")) == (text, "utf-8")
    assert decode(text.encode("gb18030"), declared="gb2312")[0] == text
