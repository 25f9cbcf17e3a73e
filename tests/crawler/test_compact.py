"""What takes little memory holds what its plain counterpart holds."""

from __future__ import annotations

import pickle
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery import Column
from crawler.keys import Keys
from crawler.packed import PackedTasks
from crawler.tasks import Task

TEXTS = st.text(max_size=3) | st.integers(0, 200).map(str)
STEPS = st.lists(st.tuples(st.sampled_from(["add", "add", "discard", "ask"]), TEXTS), max_size=300)


@given(STEPS)
def test_keys_are_a_set(steps: list[tuple[str, str]]) -> None:
    plain, keys = set[str](), Keys()
    for step, text in steps:
        if step == "ask":
            assert (text in keys) == (text in plain)
        else:
            getattr(keys, step)(text)
            getattr(plain, step)(text)
        assert len(keys) == len(plain)
    assert all(text in keys for text in plain)
    copy = Keys(["another"])
    copy.update(keys)
    assert len(copy) == len(plain | {"another"})
    keys.clear()
    assert not keys
    assert not any(text in keys for text in plain)


def test_many_keys_take_few_bytes() -> None:
    keys = Keys(f"www.qingxi.gov.cn/zfxxgknb/t20240118_{number}.html" for number in range(50_000))
    assert len(keys) == 50_000
    assert "www.qingxi.gov.cn/zfxxgknb/t20240118_50000.html" not in keys
    assert len(keys._table._keys) * 8 <= 50_000 * 24


def task(number: int) -> Task:
    column = Column("www.qingxi.gov.cn/zfxxgknb/", year=2000 + number % 20)
    return Task(
        f"http://www.qingxi.gov.cn/{number}.html", "report", "http://x/", f"第{number}站", column, depth=3
    )


@given(
    st.lists(st.sampled_from(["append"] * 60 + ["appendleft", "popleft"] + ["popleft"] * 30), max_size=700)
)
def test_packed_tasks_are_a_queue(steps: list[str]) -> None:
    plain: deque[Task] = deque()
    packed = PackedTasks()
    for number, step in enumerate(steps):
        if step == "popleft":
            if plain:
                assert packed.popleft() == plain.popleft()
        else:
            getattr(packed, step)(task(number))
            getattr(plain, step)(task(number))
        assert len(packed) == len(plain)
    assert [packed.popleft() for _ in range(len(packed))] == list(plain)
    with pytest.raises(IndexError):
        packed.popleft()


def test_many_tasks_take_few_bytes() -> None:
    packed = PackedTasks()
    for number in range(10_000):
        packed.append(task(number))
    assert (
        sum(map(len, packed._packed)) < 60 * 10_000 < sum(len(pickle.dumps(task(n))) for n in range(10_000))
    )
