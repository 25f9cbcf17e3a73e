"""Connections of a library that brings no patience of its own: its requests are asked again here, one by one."""

from __future__ import annotations

from typing import Any

import urllib3
from urllib3.exceptions import HTTPError, SSLError
from urllib3.response import BaseHTTPResponse

from pipeline.problem import Problem
from pipeline.upload.patience import BUSY, Again, Patience


class PatientPool(urllib3.PoolManager):
    """Answers of BUSY and broken connections are asked again."""

    def __init__(self, patience: Patience) -> None:
        super().__init__(timeout=urllib3.Timeout(connect=30, read=300), retries=False)
        self._patience = patience

    def urlopen(self, method: str, url: str, redirect: bool = True, **request: Any) -> BaseHTTPResponse:  # type: ignore[override] # noqa: FBT001, FBT002 - urllib3's signature
        """As urllib3's; raises Problem where the patience ends."""
        where = url.partition("?")[0]

        def once() -> BaseHTTPResponse:
            try:
                answer = super(PatientPool, self).urlopen(method, url, redirect=redirect, **request)
                if answer.status in BUSY:
                    answer.drain_conn()
                    raise Again.busy(answer.status, answer.headers.get("Retry-After"))
            except SSLError as error:
                raise Problem(f"{method} {where}: the server's certificate is not good: {error}") from error
            except HTTPError as error:
                raise Again(f"the connection broke ({type(error).__name__})") from error
            return answer

        return self._patience.ask(f"{method} {where}", once)
