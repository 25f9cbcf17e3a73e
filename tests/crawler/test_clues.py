"""What is looked for first, as it is found faster, stands in everything that is then looked for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import instead
from crawler.families import registry
from crawler.families.family import Family
from crawler.pages import Page

_ASCII = st.characters(codec="ascii")


@pytest.mark.parametrize("family", [one for one in registry._FAMILIES if one.marks], ids=lambda one: one.name)
@settings(max_examples=30)
@given(data=st.data())
def test_a_page_with_marks_has_a_clue(family: Family, data: st.DataObject) -> None:
    assert family.marks is not None
    mark = data.draw(st.from_regex(family.marks, alphabet=_ASCII))
    assert family.is_marked(Page("http://127.0.0.1/", mark.encode(), "text/html; charset=utf-8"))


def test_a_page_without_marks_is_of_no_family() -> None:
    page = Page("http://127.0.0.1/", "<title>UCAP 与 TRS_ 与 _CONFIG</title>".encode(), None)
    assert not [one.name for one in registry._FAMILIES if one.is_marked(page)]


@settings(max_examples=50)
@given(mark=st.from_regex(instead._MARKS_IN_BYTES), around=st.binary())
def test_a_challenge_has_a_clue(mark: bytes, around: bytes) -> None:
    body = around + mark + around
    assert re.search(instead._MARKS_IN_BYTES, body)
    assert instead._is_marked(body)
