"""A portal that is being written, and with it its truth: what must be held, what never asked for, how the rest ends."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.archive import Outcome
from tests.crawler.farm.server import Query, Reply
from tests.crawler.hostile.prose import body
from tests.crawler.hostile.skins import PLAIN, Skin, shell, signed

ORGANS = (
    "人民政府",
    "教育局",
    "民政局",
    "统计局",
    "水务局",
    "卫生健康委员会",
    "柳林镇人民政府",
    "东街街道办事处",
)
YEARS = (2023, 2022, 2021, 2020, 2019)
_NEVER = ("/search", "/so/", "/login", "/rili", "/dy/print", "/visitcount", "/ysqgk", "/ldxx")


@dataclass(frozen=True, slots=True)
class Item:
    """One announced report: where it is, how its link is called, when it was posted, whose and of which year."""

    path: str
    title: str
    posted: date
    organ: str
    year: int


@dataclass(frozen=True, slots=True)
class Held:
    """A report that must be held under exactly one of these addresses, whose it is and of which year. What is not
    `readable` is an invented file with nothing in it.
    """

    paths: frozenset[str]
    organ: str
    year: int
    readable: bool = True


@dataclass(slots=True)
class Portal:
    """The pages and the truth of one portal.

    `optional` may be held or not; `decoys` may be asked for, but are no reports. `forbidden` are beginnings of
    addresses never to be asked for. `outcomes` gives for an address the words of which its last entry must have
    one, and for `*` a word that must stand somewhere. `leaves_after` is the address after which the host is to be
    left: at most two requests more. `most` bounds the requests where the usual bound does not. `canonical` says
    which addresses are one. Where the server `lingers` over an answer, it cannot tell that the client has left.
    """

    code: str
    city: str
    what: str
    here: str
    skin: Skin = PLAIN
    given: str = ""
    site: dict[str, Reply] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    optional: set[str] = field(default_factory=set)
    decoys: set[str] = field(default_factory=set)
    forbidden: list[str] = field(default_factory=lambda: list(_NEVER))
    outcomes: dict[str, frozenset[Outcome]] = field(default_factory=dict)
    answers: list[Callable[[Query], Reply | None]] = field(default_factory=list)
    canonical: Callable[[str], str] = lambda path: path
    leaves_after: str | None = None
    most: int | None = None
    pause: float | None = None
    lingers: bool = False
    tls: ssl.SSLContext | None = None
    plain: bool = True
    charset: str = "utf-8"
    declared: str = "utf-8"
    labelled: str | None = "utf-8"

    def reply(self, text: str, **more: object) -> Reply:
        """A page of this portal as it is sent: in its charset, with what its header says of it."""
        kind = "text/html" + (f"; charset={self.labelled}" if self.labelled else "")
        return Reply(text.encode(self.charset), content_type=kind, **more)  # type: ignore[arg-type]

    def put(self, path: str, main: str, title: str = "", *, metas: str = "", **more: object) -> None:
        """A page in the portal's frame."""
        text = self.skin.page(self.city, title or self.city, main, charset=self.declared, metas=metas)
        self.site[path] = self.reply(text, **more)

    def bare(self, path: str, text: str, **more: object) -> None:
        """A page without the portal's frame."""
        self.site[path] = self.reply(shell(text, self.declared), **more)

    def home(self, *links: tuple[str, str], path: str = "/", more: str = "", head: str = "") -> None:
        """A home page with news, services and these links; the pages of the other channels exist too."""
        self.site[path] = self.reply(self.skin.home(self.city, links, more, head, charset=self.declared))
        for channel, name in self.skin.channels:
            self.put(channel, f"<h2>{name}</h2><p>本栏目正在更新。</p>", name)

    def title(self, organ: str, year: int) -> str:
        return f"{self.city}{organ}{year}年政府信息公开工作年度报告"

    def announce(self, path: str, organ: str, year: int, title: str = "") -> Item:
        """An entry of a list, with no page behind it and nothing in the truth."""
        posted = date(year + 1, 1, 10 + len(organ) % 17)
        return Item(path, title or self.title(organ, year), posted, f"{self.city}{organ}", year)

    def report(
        self,
        path: str,
        organ: str,
        year: int,
        *,
        title: str = "",
        aliases: Iterable[str] = (),
        metas: str | None = None,
        text: str | None = None,
        raw: Callable[[bytes], Reply] | None = None,
        readable: bool = True,
        **more: object,
    ) -> Item:
        """A report that can be reached: its page, its truth and its entry for a list."""
        item = self.announce(path, organ, year, title)
        self.page_of(item, aliases, metas=metas, text=text, raw=raw, **more)
        self.held.append(Held(frozenset({path, *aliases}), item.organ, year, readable))
        return item

    def page_of(
        self,
        item: Item,
        aliases: Iterable[str] = (),
        *,
        metas: str | None = None,
        text: str | None = None,
        raw: Callable[[bytes], Reply] | None = None,
        **more: object,
    ) -> None:
        """The page of a report, with no truth."""
        wrap, word = self.skin.paragraph, self.skin.word
        text = body(item.organ, item.year, wrap=wrap, word=word) if text is None else text
        html = self.skin.article(self.city, item.title, item.posted, text, self.declared, metas)
        reply = self.reply(html, **more)
        for path in (item.path, *aliases):
            self.site[path] = raw(reply.body) if raw else reply

    def reports(
        self,
        address: Callable[[int, int, str], str],
        organs: Sequence[str] = ORGANS[:6],
        years: Sequence[int] = YEARS,
    ) -> list[Item]:
        """A report of each organ and year, newest first; `address` is given year, number and organ."""
        return [
            self.report(address(year, number, organ), organ, year)
            for year in years
            for number, organ in enumerate(organs)
        ]

    def lookalikes(self, address: Callable[[int], str], titles: Iterable[str]) -> list[Item]:
        """Entries that stand among the reports and are none; asking for them is forbidden."""
        items = []
        for number, title in enumerate(titles):
            path = address(number)
            self.put(path, f"<h1>{title}</h1><p>{signed(title)}</p>", title)
            self.forbidden.append(path)
            items.append(Item(path, title, date(2024, 2, 1), "", 0))
        return items

    def expect(self, path: str, *words: Outcome) -> None:
        self.outcomes[path] = frozenset(words)

    def answer(self, query: Query) -> Reply | None:
        """What is answered where no page lies."""
        for ask in self.answers:
            reply = ask(query)
            if reply is not None:
                return reply
        return None

    @property
    def bound(self) -> int:
        """The most requests: 1.3 for each document, and 40."""
        return self.most if self.most is not None else int(1.3 * (len(self.held) + len(self.files))) + 40


Writer = Callable[[Portal], None]
"""Fills an empty portal. `Portal.here` is where it will be served (`http://127.0.0.1:8080`, no slash at its end)."""
