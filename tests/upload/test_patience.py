"""How long a server is asked again: as long as it says, a bounded number of times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pipeline.problem import Problem
from pipeline.upload.patience import ATTEMPTS, Again, Patience


def asked(*answers: Again | str) -> tuple[str, list[float], list[str]]:
    """What comes of answers in their order, the waits between them, and what was told."""
    waits: list[float] = []
    told: list[str] = []
    left = iter(answers)

    def question() -> str:
        answer = next(left)
        if isinstance(answer, Again):
            raise answer
        return answer

    return Patience(told.append, waits.append).ask("PUT it", question), waits, told


def test_it_waits_as_long_as_the_server_says() -> None:
    assert asked(Again.busy(503, "12"), "there") == (
        "there", [12.0], ["PUT it: the server answered 503; again in 12 s"],
    )  # fmt: skip


def test_it_waits_until_the_date_that_the_server_says() -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    _, (wait,), _ = asked(Again.busy(429, until), "there")
    assert 90 <= wait <= 100


@pytest.mark.parametrize("said", [None, "", "soon", "-"])
def test_without_a_word_of_the_server_it_waits_longer_every_time(said: str | None) -> None:
    answers = [Again.busy(500, said)] * (ATTEMPTS - 1)
    _, waits, _ = asked(*answers, "there")
    assert all(2**n <= wait <= 2**n + 1 for n, wait in enumerate(waits))


def test_who_never_answers_is_asked_a_bounded_number_of_times() -> None:
    with pytest.raises(Problem, match=r"PUT it: the server answered 502\. What was sent stays there"):
        asked(*[Again.busy(502, "0")] * ATTEMPTS)


def test_who_asks_for_hours_is_left_alone() -> None:
    with pytest.raises(Problem, match="asks to be left alone for 7200 s"):
        asked(Again.busy(503, "7200"), "never asked for")
