"""The search of portals within a run, into an archive that is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crawler.asking import Asking
from crawler.engine import run_spider
from crawler.memory import Memory
from crawler.portals import Portal
from crawler.search import PortalSearch
from crawler.session import Session
from crawler.spiders.annual_reports import AnnualReportsSpider
from crawler.standing import Watcher
from crawler.stopping import Stopping
from crawler.storing import Storer
from crawler.summary import Tally
from pipeline.archive import Archive


def search_portals(
    archive: Archive,
    run: str,
    portals: Sequence[Portal],
    asking: Asking,
    stopping: Stopping,
    watcher: Watcher | None,
) -> Mapping[str, Tally]:
    """Search portals to their end; what was counted of each that the archive does not keep, by its code.

    Once in a process. Raises Problem where the search ended before its end.
    """
    memory = Memory(archive, run, portals, refetch=asking.refetch)
    with Storer(archive) as storer:
        session = Session(
            archive,
            storer,
            run,
            portals,
            memory,
            years=asking.years,
            refetch=asking.refetch,
            budget=asking.budget,
            off_peak=asking.off_peak,
            watcher=watcher,
        )
        spider = run_spider(AnnualReportsSpider, session, stopping, asking.delay, asking.contact)
    if storer.problem is not None:
        raise storer.problem
    return {
        code: Tally(search.known, search.unasked, session.crashes[code], _family(search))
        for code, search in spider.searches.items()
    }


def _family(search: PortalSearch) -> str | None:
    """The platform family that most lists of a portal are of."""
    most = search.families.most_common(1)
    return most[0][0] if most else None
