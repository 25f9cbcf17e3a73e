"""No bytes break the reader or keep it busy: each of these must come back well within the timeout."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import Document, read_document
from tests.read import pages

pytestmark = pytest.mark.timeout(60)

HOSTILE = {
    "divisions": "<div>" * 100_000,
    "tables": "<table><tr><td>" * 100_000,
    "lists": "<ul><li>" * 60_000,
    "formatting": "<p>" + "".join(f"<b a={number}>" for number in range(5_000)) + "<p>x" * 20_000,
    "foreign": "<svg><g>" * 50_000,
    "ignored end tags": "<x>" * 60_000 + "</y>" * 60_000,
    "attributes": "<p " + " ".join(f"a{number}" for number in range(60_000)) + ">x",
    "roots": "".join(f"<html a{number}=1>" for number in range(40_000)),
    "entities": "&amp;&#x20;&lt;&nosuch;&#99999999;" * 100_000,
    "quotes": "<p a=\"'" * 50_000,
    "rows": "<table>" + "<tr><td>1<td>2" * 20_000,
    "spans": "<table><tr>" + "<td rowspan=65534 colspan=1000>1" * 5_000 + "<tr><td>x" * 20_000,
    "breaks": "<p>" + "一<br>" * 50_000,
    "blanks": "<p>" + " \t\n" * 100_000,
    "nothing but signs": "<" * 200_000,
    "unclosed": "<p>" + "<font color=red>一" * 3_000,
}
REFUSED = {
    *("divisions", "tables", "lists", "formatting", "foreign", "ignored end tags", "attributes", "roots")
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_come_back(name: str) -> None:
    document = read_document(f"<html>{HOSTILE[name]}".encode())
    codes = {issue.code for issue in document.issues}
    assert ("too_complex" in codes) == (name in REFUSED)
    if name in REFUSED:
        assert document.blocks == ()


def test_large_documents_are_refused_by_name() -> None:
    for data in (b"<html>" + b"<p>x" * 8_000_000, b"ab\n" * 600_000, "<html><pre>" + "a\n" * 600_000):
        body = data if isinstance(data, bytes) else data.encode()
        document = read_document(body)
        assert document.blocks == ()
        assert [issue.code for issue in document.issues] == ["too_large"]


def test_a_picture_inside_the_page_is_no_endless_tag() -> None:
    data = "data:image/png;base64," + "aGk/aGVs" * 100_000
    document = read_document(pages.page(f'<img src="{data}"><img src={data}>' + pages.body()).encode())
    assert document.prose
    assert document.issues == ()


fragments = st.sampled_from(
    [
        *("<table>", "<tr>", "<td rowspan=2>", "<td colspan=0>", "</table>", "</td>", "<p>", "<br>", "<pre>"),
        *("</pre>", "<h1>", "</h1>", "<b>", "</b>", "<select>", "<option>", "<form>", "</form>", "<svg>"),
        *("<template>", "<frameset>", "<textarea>", "<caption>", "<plaintext>", "<!--", "-->"),
        *("1", "规章", " ", "\n", "\t", "\x00", "&nbsp;", "&#0;"),
    ]
)


@given(st.lists(fragments, max_size=40))
def test_any_order_of_tags_gives_a_document(parts: list[str]) -> None:
    document = read_document(("<html>" + "".join(parts)).encode())
    assert document.media_type == "text/html"
    assert document.blocks or document.issues


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"<html>", b"\xff\xfe", b"PK\x03\x04", b"<table><tr><td>"])
)
def test_any_bytes_give_a_document(data: bytes, opening: bytes) -> None:
    document = read_document(opening + data, media_type="text/html; charset=\x00", charset="é", name="\x00")
    assert isinstance(document, Document)
    assert document.blocks or document.issues
