"""The spider: carries pages between Scrapy and the searches, and links into the archive. It decides nothing."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.answers import Ending
from crawler.archiving import Ended
from crawler.families.listing import Records
from crawler.families.records import read_records
from crawler.pages import Page, is_html
from crawler.portals import Portal
from crawler.search import PortalSearch
from crawler.session import Session
from crawler.standing import Phase
from crawler.tasks import Notice, Task
from crawler.urls import domain_of, host_of, page_key
from pipeline.archive import Outcome, Sighting
from pipeline.problem import Problem

_log = logging.getLogger(__name__)
_CAME = (Outcome.HELD, Outcome.UNCHANGED)
_PHASES = {"page": Phase.LOOKING, "list": Phase.LISTS, "report": Phase.REPORTS}


class AnnualReportsSpider(Spider):
    """One search a portal, each with at most one request under way. Started by `crawler.engine` alone."""

    name = "annual_reports"
    search: type[PortalSearch] = PortalSearch

    def __init__(self, session: Session, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session
        self.searches: dict[str, PortalSearch] = {}
        self._queued = deque(session.queues.values())

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> AnnualReportsSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.session.wire.listen(crawler)
        for portal in spider.session.portals:
            spider.searches[portal.code] = cls.search(
                portal,
                spider.session.memory,
                years=spider.session.years,
                refetch=spider.session.refetch,
                looking_pages=crawler.settings.getint("LOOKING_PAGES"),
                list_pages=crawler.settings.getint("LIST_PAGES"),
            )
        return spider

    async def start(self) -> AsyncIterator[Any]:
        for _ in range(self.settings.getint("SIDE_BY_SIDE")):
            for request in self._next_group():
                yield request

    def parse(self, response: Response, **_: Any) -> Iterator[Request]:
        search, task = self._under_way(response.request)
        ending: Ending = response.meta["ending"]
        self._settled(search, task, ending.outcome)
        if ending.outcome == Outcome.REDIRECTED and ending.note:
            search.redirected(task, ending.note)
        elif ending.outcome in _CAME:
            self._take(search, task, response)
        else:
            search.failed(task)
        yield from self._next(search)

    def failed(self, failure: Failure) -> Iterator[Request]:
        """A fetch that brought no answer; whatever was not foreseen ends the crawl."""
        search, task = self._under_way(failure.request)  # type: ignore[attr-defined]  # Scrapy sets it
        if isinstance(failure.value, Ended):
            self._settled(search, task, failure.value.outcome)
            if failure.value.outcome == Outcome.REDIRECTED and failure.value.onward:
                search.redirected(task, failure.value.onward)
            else:
                search.failed(task)
            yield from self._next(search)
            return
        if isinstance(failure.value, Problem):
            self.session.problem = self.session.problem or failure.value
        if self.session.problem is None:
            _log.error("%s could not be fetched", task.url, exc_info=failure.value)
            self.session.problem = Problem(f"The crawler itself failed on {task.url}: {failure.value!r}")

    def _take(self, search: PortalSearch, task: Task, response: Response) -> None:
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        media_type = content_type.partition(";")[0].strip().lower()
        if not task.is_call and not is_html(response.body, media_type):
            return
        try:
            if task.is_call:
                link = task.way.call.link if task.way and task.way.call else None
                records = read_records(response.url, response.body, content_type, link) or Records(())
                notices = search.came_records(task, records)
            else:
                notices = search.came(task, Page(response.url, response.body, content_type))
        except Exception:  # noqa: BLE001 - one page must not cost all others of its portal; it is counted and told
            _log.exception("the page %s could not be read for links", task.url)
            self.session.crashes[search.portal.code] += 1
            self.session.standings[search.portal.code].gaps["not understood"] += 1
            return
        for notice in notices:
            sighting = self._sighting(search, notice)
            if self.session.memory.is_new(sighting):
                self.session.archive.sight(sighting)

    def _next(self, search: PortalSearch) -> Iterator[Request]:
        """The request that a search asks for now, if it asks for one and nothing has ended the crawl."""
        self.session.problem = self.session.problem or self.session.storer.problem
        if self.session.problem is not None:
            self.session.wire.stop()
            return
        standing = self.session.standings[search.portal.code]
        task = search.next()
        self._conclude(search)
        standing.announced, standing.wanted = search.announced, search.wanted
        standing.known, standing.waiting = search.known, search.waiting
        standing.phase = _PHASES[task.kind] if task is not None else Phase.ENDED
        self.session.tell(search.portal.code)
        if task is None:
            yield from self._next_portal(search.portal)
            return
        yield Request(
            task.url,
            callback=self.parse,
            errback=self.failed,
            method="GET" if task.form is None else "POST",
            body=task.form,
            headers=_headers(task),
            meta={
                "task": task,
                "portal": search.portal.code,
                "kind": task.kind,
                "referrer": task.referrer,
                "anchor": task.anchor,
                "hops": task.hops,
                "is_call": task.is_call,
                "is_guess": task.is_guess,
            },
        )

    def _settled(self, search: PortalSearch, task: Task, outcome: Outcome) -> None:
        asked_for = task.hops[0] if task.hops else task.url
        is_home = page_key(asked_for) == page_key(search.portal.home)
        standing = self.session.standings[search.portal.code]
        kind = "page" if task.is_guess else task.kind  # that the next has another name is no gap
        standing.settled(kind, outcome, is_file=task.is_file, is_home=is_home)

    def _conclude(self, search: PortalSearch) -> None:
        """Note the lists that hold less than they should; once in a run."""
        memory = self.session.memory
        for short in search.shortfalls:
            self.session.standings[search.portal.code].settled("list", short.outcome)
            if short.url not in memory.concluded:
                memory.concluded.add(short.url)
                self.session.storer.later(
                    partial(
                        self.session.archive.store_failure,
                        short.url,
                        outcome=short.outcome,
                        fetched_at=datetime.now(UTC),
                        portal=search.portal.code,
                        run=self.session.run,
                        kind="list",
                        referrer=short.referrer,
                        note=short.note or None,
                        attempts=0,
                    )
                )
        search.shortfalls.clear()

    def _next_portal(self, ended: Portal) -> Iterator[Request]:
        """The first request of the next portal of the same group."""
        behind = self.session.queues[self.session.turns.group_of(ended.home)]
        position = behind.index(ended) + 1
        if position < len(behind):
            yield from self._next(self.searches[behind[position].code])
            return
        for portal in behind:
            self.session.memory.forget(domain_of(host_of(portal.home)))
        yield from self._next_group()

    def _next_group(self) -> Iterator[Request]:
        """The first request of a group of portals that was not begun yet."""
        if self._queued:
            yield from self._next(self.searches[self._queued.popleft()[0].code])

    def _sighting(self, search: PortalSearch, notice: Notice) -> Sighting:
        return Sighting(
            portal=search.portal.code,
            run=self.session.run,
            listed_on=notice.listed_on,
            url=notice.link.url,
            text=notice.link.text,
            organ_hint=notice.organ,
            year_hint=notice.year,
            seen_at=datetime.now(UTC),
            verdict=notice.verdict,
        )

    def _under_way(self, request: Request | None) -> tuple[PortalSearch, Task]:
        assert request is not None  # noqa: S101 - every answer has its request
        return self.searches[request.meta["portal"]], request.meta["task"]


def _headers(task: Task) -> dict[str, str]:
    """What a request says beside the manners of all: where it comes from, and what a script would say."""
    headers = {"Referer": task.referrer.partition("#")[0]} if task.referrer else {}
    if task.is_call:
        headers |= {
            "X-Requested-With": "XMLHttpRequest",
            "Accept": "application/json, text/javascript, */*; q=0.01",
        }
    if task.form is not None:
        kind = "json" if task.form.startswith("{") else "x-www-form-urlencoded"
        headers["Content-Type"] = f"application/{kind}; charset=UTF-8"
    return headers
