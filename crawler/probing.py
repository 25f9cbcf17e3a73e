"""Looking at portals without fetching their reports: do they answer, what runs them, where are the reports listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from selectolax.lexbor import LexborHTMLParser

from crawler.engine import check_manners, run_spider
from crawler.memory import Memory
from crawler.portals import Portal
from crawler.session import Session
from crawler.spiders.probe import ProbeSpider
from crawler.standing import Watcher
from crawler.stopping import Stopping
from crawler.storing import Storer
from pipeline.archive import Archive, Entry, Outcome
from pipeline.read import decode

_BOUNDS = {"LOOKING_PAGES": 25, "LIST_PAGES": 10}
_CAME = frozenset({Outcome.HELD, Outcome.UNCHANGED})
_GENERIC = "generic"  # what was recognised as nothing else


@dataclass(frozen=True, slots=True)
class Probe:
    """What was seen of a portal. `home` is how its home page ended, HELD where one came from any of its addresses;
    of OFFSITE_REDIRECT, `moved_to` is where it points. `columns` are the lists on which reports are announced, the
    first found first. `announced` counts the reports on the lists that were asked for, which may be a part.

    `site_code`, `site_name` and `site_domain` are the standard meta tags SiteIDCode, SiteName and SiteDomain.
    """

    portal: Portal
    home: Outcome
    moved_to: str | None = None
    scheme_switched: bool = False
    family: str | None = None
    columns: tuple[str, ...] = ()
    announced: int = 0
    site_code: str | None = None
    site_name: str | None = None
    site_domain: str | None = None
    pages: int = field(default=0, compare=False)

    @property
    def division_code(self) -> str | None:
        """The code of the division that the SiteIDCode begins with (国办发〔2017〕47号: ten digits)."""
        code = self.site_code or ""
        return code[:6] if len(code) == 10 and code.isascii() and code.isdigit() else None


def probe(
    portals: Sequence[Portal],
    *,
    delay: float | None = None,
    contact: str | None = None,
    watcher: Watcher | None = None,
) -> tuple[Probe, ...]:
    """Look at every portal with the manners of a crawl and at most 35 pages, whatever family it is pinned to.

    Nothing is kept. Once in a process, as a crawl. Raises InputProblem for wrong use.
    """
    check_manners(portals, delay, contact)
    free = [replace(portal, family=None) for portal in portals]
    with (
        TemporaryDirectory(prefix="gongkai-probe-") as folder,
        Stopping() as stopping,
        Archive.open(Path(folder)) as archive,
    ):
        run = archive.begin_run({})
        with Storer(archive) as storer:
            session = Session(archive, storer, run.id, free, Memory(archive, run.id, free), watcher=watcher)
            spider = run_spider(ProbeSpider, session, stopping, delay, contact, _BOUNDS)
        if storer.problem is not None:
            raise storer.problem
        families = {code: _family(search.families) for code, search in spider.searches.items()}
        return tuple(_probe(archive, portal, families[portal.code]) for portal in portals)


def _family(counted: Mapping[str, int]) -> str | None:
    """The family of most lists; None where none was recognised."""
    known = {family: count for family, count in counted.items() if family != _GENERIC}
    return max(known, key=lambda family: known[family]) if known else None


def _probe(archive: Archive, portal: Portal, family: str | None) -> Probe:
    entries = [entry for entry in archive.entries() if entry.portal == portal.code and entry.kind != "robots"]
    home = _home(entries)
    listed = [s for s in archive.sightings() if s.portal == portal.code and s.verdict == "report"]
    tags = _tags(archive, home) if home is not None and home.outcome in _CAME else {}
    outcome = home.outcome if home is not None else Outcome.ROBOTS_REFUSED
    came = outcome in _CAME
    return Probe(
        portal,
        Outcome.HELD if came else outcome,
        moved_to=home.note if home is not None and outcome == Outcome.OFFSITE_REDIRECT else None,
        scheme_switched=came
        and home is not None
        and home.url.partition(":")[0] != portal.home.partition(":")[0],
        family=family,
        columns=tuple(dict.fromkeys(sighting.listed_on for sighting in listed)),
        announced=len({sighting.url for sighting in listed}),
        site_code=tags.get("siteidcode"),
        site_name=tags.get("sitename"),
        site_domain=tags.get("sitedomain"),
        pages=len(entries),
    )


def _home(entries: Sequence[Entry]) -> Entry | None:
    """The home page that came, else the one whose ending says most: a host that does not answer says least."""
    tried: list[Entry] = []
    led: set[str | None] = {None}  # pages that nothing leads to are home pages, and so is where they point
    for entry in entries:
        if entry.kind == "page" and entry.referrer in led:
            tried.append(entry)
            if entry.outcome == Outcome.REDIRECTED:
                led.add(entry.url)
    came = [entry for entry in tried if entry.outcome in _CAME]
    told = [entry for entry in tried if entry.outcome != Outcome.REDIRECTED]
    answered = [entry for entry in told if entry.status is not None]
    return next(iter(came or answered or told), None)


def _tags(archive: Archive, entry: Entry) -> dict[str, str]:
    """The meta tags of a page by their names in lower case, those with a value."""
    charset = f"text/html; charset={entry.charset_declared}" if entry.charset_declared else None
    text, _ = decode(archive.body(entry), declared=charset)
    tags: dict[str, str] = {}
    for node in LexborHTMLParser(text).css("meta[name][content]"):
        value = (node.attributes.get("content") or "").strip()
        if value:
            tags.setdefault((node.attributes.get("name") or "").strip().lower(), value)
    return tags
