"""Asking over https: the normal way first, and another where a server is too old or cannot prove itself."""

from __future__ import annotations

from collections import Counter

from cryptography.x509 import ExtensionNotFound, SubjectAlternativeName
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadConnectionRefusedError, DownloadFailedError
from scrapy.http import Response

from crawler.retry import ATTEMPTS, PatientHandler
from crawler.standing import Why
from crawler.tls import Trouble, context, is_lasting, next_way, trouble_of
from crawler.urls import origin_of
from pipeline.archive import Tls


class SecureHandler(PatientHandler):
    """The way that an origin needs is kept for the rest of the crawl; `request.meta["tls"]` tells which it was.

    Each try is a request of its own, with the pause before it.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._ways: dict[str, Tls] = {}
        self._dropped: Counter[str] = Counter()
        self._others: dict[Tls, _OtherHandler] = {}

    async def close(self) -> None:
        for other in self._others.values():
            await other.close()
        await super().close()

    async def attempt(self, request: Request) -> Response:
        origin = origin_of(request.url)
        tls = self._ways.get(origin, Tls.NORMAL)
        failed: Exception | None = None
        while True:
            request.meta["tls"] = tls
            try:
                response = await self.once(request, tls)
            except (DownloadFailedError, DownloadConnectionRefusedError) as error:
                onward = self._onward(origin, tls, error)
                if failed is None or not is_lasting(failed):
                    failed = error
                if onward is None:
                    raise failed from failed.__cause__
                tls = onward
                self.wire.holds_back(request, self.pause(request), Why.PAUSE)
                await self.wire.sleep(self.pause(request))
            else:
                if tls is Tls.NORMAL and not names_a_host(response):
                    request.meta["tls"] = tls = Tls.UNVERIFIED
                self._ways[origin] = tls
                return response

    async def fetch(self, request: Request, tls: Tls | None) -> Response:
        if tls is None or tls is Tls.NORMAL:
            return await super().fetch(request, tls)
        if tls not in self._others:
            self._others[tls] = _OtherHandler(self._crawler, tls)
        return await self._others[tls].download_request(request)

    def _onward(self, origin: str, tls: Tls, error: Exception) -> Tls | None:
        trouble = trouble_of(error)
        if trouble is Trouble.DROPPED:
            self._dropped[origin] += 1
            if origin in self._ways or self._dropped[origin] < ATTEMPTS:
                return None  # it may take the next one, or was dropped for another reason
        return trouble and next_way(tls, trouble)


def names_a_host(response: Response) -> bool:
    """Whether the certificate of an answer names hosts at all. Where it does not, Twisted proves the chain alone."""
    if response.certificate is None:
        return False
    certificate = response.certificate.original.to_cryptography()
    try:
        certificate.extensions.get_extension_for_class(SubjectAlternativeName)
    except (ExtensionNotFound, ValueError):
        return False
    return True


class _OtherHandler(AiohttpDownloadHandler):
    """Scrapy's handler over Python's own ssl."""

    def __init__(self, crawler: Crawler, tls: Tls) -> None:
        super().__init__(crawler)
        self._ssl_context = context(tls)
        self._session._retry_connection = False  # noqa: SLF001 - it would ask again by itself, without a pause
