"""What passes between a search and the spider."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.discovery import Column
from crawler.pages import Link


@dataclass(frozen=True, slots=True)
class Task:
    """One page to ask for. `kind` is page, list or report, as in the ledger; `hops` the redirects that led
    here; `chain` the first page of the list that this one continues.
    """

    url: str
    kind: str
    referrer: str | None = None
    anchor: str | None = None
    column: Column | None = None
    depth: int = 0
    hops: tuple[str, ...] = ()
    chain: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A link to be noted as a sighting."""

    link: Link
    listed_on: str
    verdict: str
    organ: str | None
    year: int | None
