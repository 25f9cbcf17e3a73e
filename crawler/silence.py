"""Listening to an answer while it comes: a server that says next to nothing any more is not waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from time import monotonic
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

_LEAST = 1024
"""Bytes; fewer are no more than silence: at this pace a page would not come whole in the time for an answer."""


class Listener:
    """Ends downloads in which next to nothing is heard for `longest` seconds; how long a whole one may take is
    Scrapy's to see to.
    """

    def __init__(self, crawler: Crawler, longest: float) -> None:
        self._longest = longest
        crawler.signals.connect(self._hear, signal=signals.headers_received)
        crawler.signals.connect(self._hear_bytes, signal=signals.bytes_received)

    async def listen(self, request: Request, download: Coroutine[Any, Any, Response]) -> Response:
        """The answer of a download. Raises DownloadTimeoutError after too long a silence."""
        self._hear(request)
        task = asyncio.ensure_future(download)
        try:
            while not task.done():
                left = request.meta["heard"] + self._longest - monotonic()
                if left <= 0:
                    raise DownloadTimeoutError(f"next to nothing was heard for {self._longest:g} seconds")
                await asyncio.wait({task}, timeout=left)
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task

    def _hear(self, request: Request) -> None:
        request.meta["heard"], request.meta["bytes_since"] = monotonic(), 0

    def _hear_bytes(self, data: bytes, request: Request) -> None:
        request.meta["bytes_since"] += len(data)
        if request.meta["bytes_since"] >= _LEAST:
            self._hear(request)
