"""How fast a crawl is beside a bare Scrapy spider and beside what politeness leaves, and how its memory grows."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.crawl_site import Shape, Site

OURS = "gongkai crawl"
BARE = "bare Scrapy"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Crawled:
    """One crawl. `requests` is what the server was asked, `most` of it the portal that was asked most, `seconds` from
    the first request to the last; `whole` are those of the process with its start and end, `busy` its seconds of the
    processors and `server_busy` those of the server, `peak` its memory in bytes.
    """

    way: str
    requests: int
    most: int
    seconds: float
    whole: float
    busy: float
    server_busy: float
    peak: int

    @property
    def pace(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds


def crawled(way: str, shape: Shape, *, delay: float = 0.0) -> Crawled:
    """Crawl portals of this shape once, served by a process of their own and archived in a folder that is thrown away.

    Raises ValueError where not every report was asked for, or an address twice: the rates would be of other work.
    """
    command = [sys.executable, "-m", "benchmarks.crawl_server", json.dumps(asdict(shape))]
    with (
        TemporaryDirectory() as made,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,  # noqa: S603 - our own
    ):
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        homes: list[str] = json.loads(server.stdout.readline())
        folder = Path(made)
        start = time.perf_counter()
        ended = _ours(homes, folder, delay) if way == OURS else _bare(homes, shape, folder, delay)
        whole = time.perf_counter() - start
        asked = json.loads(server.communicate()[0])
        if ended.returncode or asked["again"] or asked["reports"] != shape.portals * shape.reports:
            raise ValueError(f"{way} ended with {ended.returncode} and asked {asked}: {ended.stderr}")
        used = json.loads((folder / "used.json").read_text(encoding="utf-8"))
    return Crawled(
        way,
        asked["requests"],
        asked["most"],
        asked["seconds"],
        whole,
        used["busy"],
        asked["busy"],
        used["peak"],
    )


def beside_scrapy(shape: Shape, *, rounds: int, say: Say = lambda _: None) -> list[Crawled]:
    """Both ways without a pause, in turn in every round, so that a busy machine slows both: of each, the crawl whose
    pace is the median.
    """
    done: dict[str, list[Crawled]] = {BARE: [], OURS: []}
    for number in range(1, rounds + 1):
        for way, crawls in done.items():
            say(f"round {number}: {way}")
            crawls.append(crawled(way, shape))
    return [sorted(crawls, key=lambda one: one.pace)[len(crawls) // 2] for crawls in done.values()]


def report(shape: Shape, bare: Crawled, ours: Crawled) -> Iterator[str]:
    """The paces of both ways, as a person reads them."""
    size = "10 KB" if shape.small else "20 to 60 KB"
    yield f"crawl of {shape.portals} portals with {shape.reports} reports of {size} each, without a pause"
    for one in (bare, ours):
        yield (
            f"  {one.way:<26}{one.pace:8.1f} pages/s {one.pace / bare.pace:6.2f} x {BARE}; "
            f"{1000 * one.busy / one.requests:.2f} ms of a core a page, the server "
            f"{1000 * one.server_busy / one.requests:.2f}; {one.whole:.1f} s with start and end"
        )


def report_polite(delay: float, ours: Crawled) -> Iterator[str]:
    """How long a crawl with pauses took beside the pauses alone, which is as fast as manners allow."""
    floor, between = ours.most * delay, (ours.most - 1) * delay
    yield f"crawl with a pause of {delay} s; the slowest portal was asked {ours.most} times"
    yield (
        f"  {'first to last request':<26}{ours.seconds:8.1f} s {ours.seconds / between:6.3f} x the pauses between them"
    )
    yield f"  {'with start and end':<26}{ours.whole:8.1f} s {ours.whole / floor:6.3f} x a pause for each"


def report_memory(few: Crawled, many: Crawled) -> Iterator[str]:
    """How much more memory more pages take."""
    yield "peak of the memory of a crawl"
    for one in (few, many):
        yield f"  {one.requests:<10} pages{one.peak / 1e6:18.1f} MB {one.peak / few.peak:6.2f} x"


def _ours(homes: list[str], folder: Path, delay: float) -> subprocess.CompletedProcess[str]:
    rows = [f"99{number:04},样例{number},{home}" for number, home in enumerate(homes)]
    portals = folder / "portals.csv"
    portals.write_text("\n".join(["code,name,home", *rows, ""]), encoding="utf-8")
    arguments = ["crawl", "--portals", str(portals), "--data", str(folder), "--delay", str(delay)]
    return _run("benchmarks.crawl_usage", str(folder / "used.json"), *arguments)


def _bare(homes: list[str], shape: Shape, folder: Path, delay: float) -> subprocess.CompletedProcess[str]:
    urls = "\n".join(home.rstrip("/") + path for path in Site(shape).paths() for home in homes)
    return _run("benchmarks.crawl_bare", str(folder / "used.json"), str(delay), given=urls)


def _run(module: str, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-m", module, *arguments], input=given, capture_output=True, text=True, check=False
    )
