"""Lists of entries put together in pieces, and what they tell shared out again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import Entry, Outcome
from pipeline.tables.looking import Told
from pipeline.tables.pieces import pieces
from tests.tables.making import START


def _entry(url: str) -> Entry:
    return Entry(url=url, fetched_at=START, outcome=Outcome.HELD)


@given(sizes=st.lists(st.integers(0, 5), max_size=12), lists=st.integers(1, 5))
def test_each_list_is_told_of_its_own_entries_in_the_order_asked(sizes: list[int], lists: int) -> None:
    asked = [(key, [_entry(f"{key}/{n}") for n in range(size)]) for key, size in enumerate(sizes)]
    made = list(pieces(asked, lists))
    assert all(len(piece.keys) <= lists for piece in made)
    told = [
        (key, [answer.reason for answer in answers if answer is not None])
        for piece in made
        for key, answers in piece.shared_out([Told(reason=entry.url) for entry in piece.entries])  # type: ignore[union-attr]
    ]
    assert told == [(key, [entry.url for entry in entries]) for key, entries in asked]


def test_an_answer_too_few_is_a_mistake() -> None:
    (piece,) = pieces([("key", [_entry("a"), _entry("b")])], 2)
    with pytest.raises((StopIteration, RuntimeError)):
        list(piece.shared_out([Told()]))
