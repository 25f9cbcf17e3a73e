"""Archives for tests, filled as a crawl fills them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.archive import Archive, Entry, Exchange, Outcome, Sighting
from pipeline.organs import Decisions, Registry, load_registry
from pipeline.sample import SampleReport, load_truth, sample_reports
from pipeline.tables.naming import Naming
from pipeline.tables.places import Places

SCIENCE = "样例甲市科学技术局"
BUILD = "import sys; from pathlib import Path; from pipeline.build import build; build(Path(sys.argv[1]))"
START = datetime(2026, 1, 1, tzinfo=UTC)
SPRING_2023 = datetime(2023, 5, 1, tzinfo=UTC)
"""The reports of 2022 are out, and none of 2023 can be."""


def portal(code: str) -> dict[str, str]:
    """The portal of a sample city, or else of a division, as a crawl records it."""
    if code not in {city.code for city in load_truth().cities}:
        return {"code": code, "name": code, "home": f"http://{code}.example/"}
    city = load_truth().city(code)
    return {
        "code": code,
        "name": city.name,
        "home": f"http://{city.address}/",
        "province": city.province,
        "city": city.name,
    }


def no_places() -> Naming:
    """The naming of organs where no division is known, and so no decision on organs of one."""
    known = load_registry()
    return Naming(Places((), {}), Registry(known.vocabulary, known.reforms, Decisions()))


def reports(organ: str, *years: int) -> list[SampleReport]:
    """Reports of one sample organ, all versions, in the order of the years."""
    found = [
        report
        for report in sample_reports()
        if report.publication.organ == organ and (not years or report.publication.year in years)
    ]
    assert found
    return found


def page_of(organ: str, year: int) -> str:
    """A page with a report of any organ and year, in the words of a sample page and with the figures of one of four."""
    sample = reports("jia-sci", *range(2021, 2025))[year % 4]
    text = sample.html.decode().replace(SCIENCE, organ).replace(portal("990100")["city"], "某地")
    printed = sample.publication.year
    for number, place in ((printed + 1, "{next}"), (printed, "{year}")):
        text = text.replace(str(number), place)
    return text.replace("{next}", str(year + 1)).replace("{year}", str(year))


class Crawl:
    """One run over one portal, each fetch a second after the other; finished where the block ends well."""

    def __init__(
        self, data: Path, code: str, *, years: Sequence[int] | None = None, start: datetime = START
    ) -> None:
        self.archive = Archive.open(data / "archive")
        self.code = code
        self.settings = {"portals": [portal(code)], "years": years and list(years)}
        self.home = portal(code)["home"]
        self.finished = True
        self.summary: dict[str, object] = {}
        self._clock = start

    def __enter__(self) -> Self:
        self.run = self.archive.begin_run(self.settings)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.finished and kind is None:
            self.archive.finish_run(self.run.id, self.summary)
        self.archive.close()

    def fetch(
        self,
        url: str,
        body: bytes | str = b"",
        *,
        outcome: Outcome = Outcome.HELD,
        kind: str = "report",
        referrer: str | None = None,
        note: str | None = None,
        anchor: str | None = None,
    ) -> Entry:
        """One fetch; a body makes it an exchange, none a failure."""
        self._clock += timedelta(seconds=1)
        known = {
            "outcome": outcome,
            "portal": self.code,
            "run": self.run.id,
            "kind": kind,
            "referrer": referrer,
            "note": note,
            "anchor": anchor,
        }
        if not body:
            return self.archive.store_failure(url, fetched_at=self._clock, **known)  # type: ignore[arg-type]
        payload = body.encode() if isinstance(body, str) else body
        headers = (("Content-Type", "text/html"),)
        exchange = Exchange(url, "GET", (), 200, "OK", headers, payload, self._clock)
        return self.archive.store_exchange(exchange, **known)  # type: ignore[arg-type]

    def report(self, report: SampleReport, url: str | None = None) -> Entry:
        return self.fetch(url or self.home.rstrip("/") + report.path, report.html)

    def sight(
        self,
        url: str,
        organ: str | None,
        year: int | None,
        *,
        verdict: str = "report",
        text: str = "年度报告",
    ) -> None:
        self.archive.sight(
            Sighting(self.code, self.run.id, self.home, url, text, organ, year, self._clock, verdict)
        )


def tables_of(data: Path) -> Mapping[str, bytes]:
    """The bytes of every Parquet file, by name."""
    return {path.name: path.read_bytes() for path in sorted((data / "tables").glob("*.parquet"))}
