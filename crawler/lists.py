"""The lists of one portal, each followed page by page to its end. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from crawler.chains import Chain, shortfall
from crawler.entries import Entries
from crawler.families import generic
from crawler.families.clicked import Tabs, tabs_of
from crawler.families.listing import Listing, Records, Way
from crawler.families.pager import first_page
from crawler.families.registry import read_listing
from crawler.families.shapes import folder, is_document, shape_of
from crawler.frontier import Frontier
from crawler.listed import is_named, listed_shapes, part_named
from crawler.pages import Link, Page
from crawler.tasks import Notice, Shortfall, Task, notices_of_part
from crawler.urls import Scope, page_key
from crawler.wanted import may_hold


class Lists:
    """`families` counts the platform families that lists are of, `shortfalls` are the lists that came to their end and
    hold less than they should. `pinned` is the family that the portal is known to be of, `years` those asked for.
    """

    def __init__(
        self,
        frontier: Frontier,
        entries: Entries,
        scope: Scope,
        *,
        pinned: str | None,
        years: frozenset[int] | None,
    ) -> None:
        self.families: Counter[str] = Counter()
        self.shortfalls: list[Shortfall] = []
        self._frontier = frontier
        self._entries = entries
        self._scope = scope
        self._pinned = pinned
        self._years = years
        self._chains: dict[str, Chain] = {}
        self._named: dict[str, Mapping[str, str]] = {}  # what the scripts say that were asked for, by address

    def take(self, task: Task, page: Page) -> list[Notice]:
        """Take up a page of a list; the links to note are given back."""
        column = task.column_at(page.url)
        task = replace(task, column=column)
        chain = self._chain(task)
        listing = read_listing(page, task.way, column.root, self._pinned or chain.family)
        if task.way is None and not listing.lists:
            tabs = tabs_of(page)
            listing, chain.unknown = _with_tabs(listing, tabs), tabs.unknown
        self.families[listing.family] += 1
        chain.family, chain.frames = listing.family if listing.family != generic.NAME else None, page.frames
        alike = listed_shapes(page, column)
        links = [(link, shape_of(link.url) in alike) for link in page.links]
        links += [(link, True) for link in listing.records]
        before = len(chain.known)
        notices = self._entries.take(task, chain, links, column)
        if task.way is None and not chain.known and not listing.ways:
            notices += self._entries.take_elsewhere(task, chain, page, column)
        chain.listed.update({page_key(link.url) for link in listing.records} or chain.entries)
        notices += self.take_parts(task, listing)
        chain.has_parts = chain.has_parts or bool(listing.lists)
        begun = first_page(page, column.root) if task.depth == 0 else None
        if begun is not None and self._frontier.is_new(begun):
            self._frontier.ask(task.leading_to(Link(begun, task.anchor or ""), "list", column))
        fresh = len(chain.known) - before
        self._continue(task, chain, chain.after_page(task.way, listing, fresh=fresh))
        return notices

    def take_records(self, task: Task, records: Records) -> list[Notice]:
        """Take up the answer of a call; the links to note are given back."""
        assert task.way is not None  # noqa: S101 - a call was made
        chain = self._chain(task)
        if records.named:
            self._named[task.url] = records.named
        before, reports = len(chain.listed), chain.reports
        chain.listed.update(page_key(link.url) for link in records.links)
        links = [(link, True) for link in records.links]
        notices = self._entries.take(task, chain, links, task.column_at(task.url))
        fresh = len(chain.listed) - before
        way = chain.after_call(task.way, records, fresh=fresh, told=chain.reports > reports)
        self._continue(task, chain, way)
        return notices

    def take_parts(self, task: Task, listing: Listing) -> list[Notice]:
        """Ask for the lists that a page names beside its links; those to note are given back."""
        parts = []
        for name, way in listing.lists:
            onward = self._onward(task, way, name)
            column = part_named(name, task.column_at(task.url))
            if self._frontier.is_new(onward.url) and may_hold(self._years, None, column.year):
                parts += notices_of_part(task, Link(onward.url, name), column)
                if way.call is None:  # the first page of a list of its own
                    onward, column = replace(onward, way=None), replace(column, root=folder(onward.url))
                self._frontier.ask(replace(onward, column=column))
                self.families[listing.family] += 1
        return parts

    def failed(self, task: Task) -> None:
        """A page of a list did not come."""
        chain = self._chains.get(task.chain) if task.chain else None
        if chain is not None:
            self._continue(task, chain, chain.instead())

    def frames(self, frames: Iterable[str]) -> Iterator[str]:
        """The pages shown inside a page, each once."""
        for frame in frames:
            if self._scope.allows(frame) and not is_document(frame) and self._frontier.is_new(frame):
                self._frontier.saw(frame)
                yield frame

    def _chain(self, task: Task) -> Chain:
        """The list that a page is of; its first page begins it."""
        return self._chains.setdefault(task.chain or task.url, Chain(task.chain or task.url))

    def _continue(self, task: Task, chain: Chain, way: Way | None) -> None:
        """Go on with a list; at its end, note what it announced and did not bring."""
        while way is not None:
            way = way.known(self._named)
            onward = replace(self._onward(task, way, task.anchor), chain=chain.first, depth=task.depth)
            onward = replace(onward, is_guess=chain.may_miss(way))
            if (way.call is not None and way.call.may_be_repeated) or self._frontier.is_new(onward.url):
                self._frontier.ask(onward, first=True)
                return
            way = chain.another()
        del self._chains[chain.first]
        frames = [] if chain.reports else list(self.frames(chain.frames))
        for frame in frames:
            column = task.column and replace(task.column, root=folder(frame))
            self._frontier.ask(task.leading_to(Link(frame, task.anchor or ""), "list", column))
        named = not frames and is_named(task.url, task.anchor, task.column)
        if short := shortfall(chain, task, named=named):
            self.shortfalls.append(short)

    def _onward(self, task: Task, way: Way, anchor: str | None) -> Task:
        """The page or call behind a way."""
        chain = self._chains.get(task.chain or task.url)
        url, form = way.request(len(chain.listed) if chain else 0)
        referrer = task.referrer if task.is_call else task.url
        onward = Task(url, "list", referrer, anchor, task.column, task.depth + 1)
        return replace(onward, way=way, form=form)


def _with_tabs(listing: Listing, tabs: Tabs) -> Listing:
    """A listing with the lists that the tabs of its page call for. These are the calls of a page of no family that is
    told apart: taken by themselves, they would lack what the tabs give them.
    """
    called = tabs.lists and listing.family == generic.NAME
    ways = tuple(way for way in listing.ways if way.call is None) if called else listing.ways
    return replace(listing, ways=ways, lists=tabs.lists)
