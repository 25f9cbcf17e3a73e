"""What portals are asked for, and how. Light to load: it passes between machines."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from crawler.budget import Budget
from crawler.off_peak import OffPeak
from crawler.settings import DOWNLOAD_DELAY


@dataclass(frozen=True, slots=True)
class Asking:
    """What portals are asked for, and how.

    `years` limits what is fetched to reports of these years and of unknown ones. `delay` is the pause in
    seconds between requests to one domain, at least 1 but for loopback hosts. `refetch` asks again for reports
    that are held. `contact` is an address at which an operator of a portal can reach who crawls; without it
    only loopback hosts are asked. `off_peak` are the hours in which portals are asked, `budget` is what one
    portal may cost in one run.
    """

    years: frozenset[int] | None = None
    delay: float | None = None
    refetch: bool = False
    contact: str | None = None
    off_peak: OffPeak | None = None
    budget: Budget = field(default_factory=Budget)

    def details(self) -> dict[str, object]:
        """How portals are asked: what may be another with each start of a run."""
        return {
            "contact": self.contact,
            "delay": DOWNLOAD_DELAY if self.delay is None else self.delay,
            "off_peak": str(self.off_peak) if self.off_peak else None,
            "budget": asdict(self.budget),
        }
