"""Asking whether a page has changed since a former run, and when to believe that it has not.

A list that is believed to be unchanged and is not would lose its new reports without a sign. So a page is asked for
in this way only

- where it is held whole, and is still taken for a page by the rules of today;
- where its portal's lists did not fall short the last time;
- where it came in full within 60 days; or within 400, where the host's words were seen to change with its pages. Last
  year's list is so asked in this way once, and in full the year after;
- where the server has proved that it compares: its first page is asked for with words that fit no document, and a
  server that says 304 to these says it to everything.

A host that is caught is asked for all in full: one that says 304 to words that fit nothing, that names other words
with its 304 than those asked by, or whose words have stood still while the bytes changed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scrapy import Request
from scrapy.http import Response

from crawler.answers import Answer
from crawler.former import Former, words_of
from crawler.outcomes import ending_of
from crawler.urls import Scope, origin_of
from pipeline.archive import Archive, Entry, Outcome
from pipeline.problem import Problem

_YOUNG = timedelta(days=60)
_IN_FULL_AGAIN = timedelta(days=400)
_HEADERS = ("If-None-Match", "If-Modified-Since")
_FITS_NOTHING = ('"no-document-of-ours"', "Thu, 01 Jan 1970 00:00:01 GMT")


class Conditions:
    """For the requests of one crawl. Kept in a request's meta: `known`, the entry last got from its address;
    `same_as`, that entry where the request asks by it; `in_full`, where it must not.
    """

    def __init__(self, archive: Archive, former: Former) -> None:
        self._archive = archive
        self._former = former
        self._proved: set[str] = set()

    def put(self, request: Request, scope: Scope) -> None:
        """Ask by what is known of the address, if it can be believed."""
        known = self._former.at(request.url)
        request.meta["known"] = known
        if known is None or request.method != "GET" or request.meta.get("in_full"):
            return
        words = _words(known, request.meta["kind"])
        if not any(words) or not self._may_ask(request, known) or not self._is_page(request, known, scope):
            return
        if origin_of(request.url) in self._proved:
            request.meta["same_as"] = known
        else:
            words = _FITS_NOTHING
        request.headers.update({name: word for name, word in zip(_HEADERS, words, strict=True) if word})

    def are_put(self, request: Request) -> bool:
        """Whether a request asks for the page only if it has changed."""
        return any(name in request.headers for name in _HEADERS)

    def is_believed(self, request: Request, response: Response) -> bool:
        """Whether an answer 304 to such a request is; where not, its host is no longer asked so."""
        known: Entry | None = request.meta.get("same_as")
        if known is not None and _agrees(known, response):
            return True
        self._former.lying.add(origin_of(request.url))
        return False

    def learn(self, request: Request, entry: Entry) -> None:
        """Take up an answer in full: what it tells of its server."""
        if self.are_put(request) and entry.status == 200:
            self._proved.add(origin_of(request.url))
        known: Entry | None = request.meta.get("known")
        if known is not None and entry.sha256 not in (None, known.sha256):
            self._former.changed(request.url, words_of(known), words_of(entry))

    def in_full(self, request: Request) -> Request:
        """The same request, asking for the page itself."""
        headers = request.headers.copy()
        for name in _HEADERS:
            headers.pop(name, None)
        kept = {
            name: value for name, value in request.meta.items() if name not in ("same_as", "download_slot")
        }
        return request.replace(headers=headers, meta={**kept, "in_full": True})

    def _may_ask(self, request: Request, known: Entry) -> bool:
        origin, age = origin_of(request.url), datetime.now(UTC) - known.fetched_at
        if origin in self._former.lying or request.meta["portal"] in self._former.short:
            return False
        return age < (_IN_FULL_AGAIN if origin in self._former.moving else _YOUNG)

    def _is_page(self, request: Request, known: Entry, scope: Scope) -> bool:
        """Whether the bytes held are whole, and are what was asked for by the rules of today."""
        try:
            body = self._archive.body(known)
        except Problem:
            return False
        headers = {"content-type": content_type(known)}
        is_call = request.meta.get("is_call", False)
        answer = Answer(request.url, request.meta["kind"], 200, headers, body, request.meta["hops"], is_call)
        return ending_of(answer, scope).outcome is Outcome.HELD


def content_type(entry: Entry) -> str:
    """The Content-Type that an entry was declared to have."""
    charset = f"; charset={entry.charset_declared}" if entry.charset_declared else ""
    return f"{entry.media_type}{charset}" if entry.media_type else ""


def _words(known: Entry, kind: str) -> tuple[str | None, str | None]:
    """ETag and Last-Modified to ask by. A weak ETag promises a page like the one held, not the same: enough for a
    list, not for a report.
    """
    weak = known.etag is not None and known.etag.startswith("W/")
    return None if weak and kind == "report" else known.etag, known.last_modified


def _agrees(known: Entry, response: Response) -> bool:
    """Whether what a 304 says of its document is what is known of it."""
    for name, word in (("ETag", known.etag), ("Last-Modified", known.last_modified)):
        said = (response.headers.get(name) or b"").decode("latin-1").strip()
        if word and said and said.removeprefix("W/") != word.removeprefix("W/"):
            return False
    return True
