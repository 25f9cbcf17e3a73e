"""All portals of the farm, each with an invented city and a loopback address of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.crawler.farm.server import Farm, Query, Reply, Site
from tests.crawler.hostile import (
    changes,
    columns,
    doors,
    dress,
    refusals,
    transport,
    traps,
    variants_calls,
    variants_hanweb,
    variants_pagers,
    variants_parts,
    variants_scripts,
    variants_static,
)
from tests.crawler.hostile.portal import Portal, Writer

ALL: tuple[Writer, ...] = (
    *transport.WRITERS,
    *refusals.WRITERS,
    *traps.WRITERS,
    *changes.WRITERS,
    *doors.WRITERS,
    *columns.WRITERS,
    *dress.WRITERS,
    *variants_static.WRITERS,
    *variants_calls.WRITERS,
    *variants_hanweb.WRITERS,
    *variants_scripts.WRITERS,
    *variants_pagers.WRITERS,
    *variants_parts.WRITERS,
)
_FIRST, _SECOND = "青岚云沐槐柘芦桐澄榆菱", "禾屿溪岗泊埠浦陂渡峪"


@dataclass(frozen=True, slots=True)
class Served:
    """A portal and the server that serves it."""

    portal: Portal
    farm: Farm


def city(number: int) -> str:
    """The name of the invented city with this number."""
    return f"{_FIRST[number // len(_SECOND)]}{_SECOND[number % len(_SECOND)]}市"


def _serve(number: int, writer: Writer) -> Served:
    portal = Portal(f"{9800 + number}00", city(number), (writer.__doc__ or "").strip(), "")

    def fill(home: str) -> Site:
        portal.here = home.rstrip("/")
        portal.given = home
        writer(portal)
        return portal.site

    def answer(query: Query) -> Reply | None:
        return portal.answer(query)

    farm = Farm(fill, f"127.0.9.{number + 1}", answer)
    farm.tls, farm.plain = portal.tls, portal.plain
    return Served(portal, farm)


@contextmanager
def served(writers: Sequence[Writer] = ALL) -> Iterator[dict[str, Served]]:
    """The portals of these writers, served for as long as the context lasts, by the writers' names."""
    with ExitStack() as stack:
        farms = {}
        for writer in writers:
            one = _serve(ALL.index(writer), writer)
            stack.enter_context(one.farm)
            farms[writer.__name__] = one
        yield farms
