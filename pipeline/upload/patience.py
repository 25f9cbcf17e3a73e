"""Asking again where a server is busy or a connection breaks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from pipeline.problem import Problem

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""The statuses after which the same request may succeed."""
ATTEMPTS = 7
LONGEST = 600.0
"""The most seconds that one wait may take; who asks for more is not waited for."""
_T = TypeVar("_T")
_jittered = wait_exponential_jitter(initial=1, max=60)


class Again(Exception):
    """The same request may succeed later: after `after` seconds where the server says so."""

    def __init__(self, said: str, after: float | None = None) -> None:
        super().__init__(said)
        self.after = after

    @classmethod
    def busy(cls, status: int, retry_after: str | None) -> Again:
        """What a status of BUSY asks for, with the Retry-After that came with it (RFC 9110: seconds or a date)."""
        try:
            after = Retry().parse_retry_after(retry_after) if retry_after else None
        except InvalidHeader:
            after = None
        return cls(f"the server answered {status}", after)


@dataclass(frozen=True, slots=True)
class Patience:
    """How to ask again; `tell` is told of every wait, and `sleep` waits."""

    tell: Callable[[str], None] = lambda _: None
    sleep: Callable[[float], None] = time.sleep

    def ask(self, what: str, question: Callable[[], _T]) -> _T:
        """What `question` gives; while it raises Again it is asked again, `ATTEMPTS` times at most.

        Raises Problem where it never succeeds, or a server asks for a wait longer than LONGEST.
        """

        def before_sleep(state: RetryCallState) -> None:
            pause = state.next_action.sleep if state.next_action else 0.0
            self.tell(f"{what}: {_error(state)}; again in {pause:.0f} s")

        retrying = Retrying(
            retry=retry_if_exception_type(Again),
            stop=lambda state: stop_after_attempt(ATTEMPTS)(state) or (_error(state).after or 0) > LONGEST,
            wait=lambda state: _jittered(state) if (after := _error(state).after) is None else after,
            before_sleep=before_sleep,
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return retrying(question)
        except Again as error:
            asked = (
                f" and asks to be left alone for {error.after:.0f} s" if (error.after or 0) > LONGEST else ""
            )
            raise Problem(
                f"{what}: {error}{asked}. What was sent stays there; the same command goes on from it, later."
            ) from error


def _error(state: RetryCallState) -> Again:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, Again) else Again("nothing came")
