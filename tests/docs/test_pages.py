"""The pages under docs/ say what the code says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.docs.pages import DOCS, commands, tables, vocabulary


@pytest.mark.parametrize(
    ("name", "made"), [("vocabulary.md", vocabulary), ("tables.md", tables), ("commands.md", commands)]
)
def test_a_page_is_what_the_code_makes_of_it(name: str, made: Callable[[], str]) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == made(), f"docs/{name} is out of date. Run: make docs"
