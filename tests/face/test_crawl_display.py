"""What a person sees of a crawl, on a terminal and in a log: the facts are counted from the servers."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

from crawler.stopping import SENTENCE
from gongkai.endings import ExitCode
from pipeline.archive import Archive
from tests.crawler import town
from tests.crawler.command import crawl, start
from tests.crawler.farm import Farm, Reply, Site
from tests.face.terminal import Terminal

ANNOUNCED = {
    *town.REPORTS, town.UNCERTAIN, town.FILE_PAGE, town.MISSING, town.OFFSITE, town.FORBIDDEN, town.LOOP
}  # fmt: skip
REFUSED = town.COLUMN + "2023n/202401/t20240114_103.html"
NAMES = ("双江拉祜族佤族布朗族傣族自治县", "清溪镇", "柳河市", "喀喇沁左翼蒙古族自治县")


def told_to_wait(home: str) -> Site:
    site = town.town(home)
    return {**site, "/zwgk/": replace(site["/zwgk/"], failures=(429,), retry_after="299")}


def asked_for_pauses(home: str) -> Site:
    robots = Reply(b"User-agent: *\nCrawl-delay: 90\n", content_type="text/plain")
    return {**town.town(home), "/robots.txt": robots}


def refusing(home: str) -> Site:
    return {**town.town(home), REFUSED: Reply(b"no", status=412)}


def portals_of(folder: Path, farms: tuple[Farm, ...]) -> Path:
    path = folder / "portals.csv"
    rows = [f"{code},{NAMES[code - 1]},{farm.home}" for code, farm in enumerate(farms, start=1)]
    path.write_text("\n".join(["code,name,home", *rows, ""]), encoding="utf-8")
    return path


def held(farm: Farm) -> int:
    """How many of the reports announced the server gave."""
    return len(set(farm.paths(200)) & (ANNOUNCED | {town.MOVED_TO}))


def test_a_terminal_shows_where_each_portal_is(tmp_path: Path) -> None:
    with (
        Farm(told_to_wait, "127.0.0.2") as waiting,
        Farm(refusing, "127.0.0.3") as leaving,
        Farm(town.town, "127.0.0.4") as done,
        Farm(asked_for_pauses, "127.0.0.5") as slow,
    ):
        farms = (waiting, leaving, done, slow)
        command = ["crawl", "--portals", str(portals_of(tmp_path, farms)), "--data", str(tmp_path)]
        command = [sys.executable, "-m", "gongkai", *command, "--delay", "0"]
        with Terminal(command, columns=80, lines=24, env={"NO_COLOR": "1"}) as terminal:
            shown = terminal.wait_for(
                lambda lines: (
                    any("2 of 4 done" in line for line in lines)
                    and any("Retry-After" in line for line in lines)
                )
            )
            said = "".join(shown)
            assert "2 清溪镇: 127.0.0.3 is left alone. A firewall answers with a script" in said
            assert f"3 柳河市: WITH GAPS, 11 of {len(ANNOUNCED)} reports held; gaps: 1 not_found, 1 " in said
            first, second = (next(line for line in shown if line.startswith(f"{code} ")) for code in (1, 4))
            assert re.fullmatch(r"1 双江拉祜族佤族 … +looking +1 +0/0 Retry-After 5 min", first)
            assert re.fullmatch(r"4 喀喇沁左翼蒙古 … +looking +0 +0/0 [89]\d s", second)
            assert not any(line.startswith(("2 ", "3 ")) for line in shown)  # they have ended
            assert "portals  2 of 4 done (2 with gaps), 2 at work, 0 queued" in shown
            total = held(leaving) + held(done)
            assert f"reports  {total} held of {2 * len(ANNOUNCED)} announced, 0 waiting" in shown
            requests = sum(len(farm.asked) for farm in farms)
            assert any(re.fullmatch(rf"Run \S+   0:\d\d:\d\d   {requests} requests", line) for line in shown)
            before = set(leaving.paths()[: leaving.paths().index(REFUSED)])
            refused = len(ANNOUNCED - before - {town.FORBIDDEN})
            gaps = next(line for line in shown if line.startswith("gaps "))
            assert gaps.startswith(f"gaps     {refused} challenge, 2 robots_refused, ")
            terminal.resize(60, 24)
            heads = "portal      phase     reports next               gaps"
            narrow = terminal.wait_for(lambda lines: heads in lines)
            assert sum(line.startswith("portal ") for line in narrow) == 1
            terminal.press_ctrl_c()
            assert terminal.end() == 3
            everything = terminal.scrolled() + terminal.screen()
    text = "".join(everything)
    assert "Stopping." in text
    assert SENTENCE.replace(" ", "") in text.replace(" ", "")
    assert not any(line.startswith(("portal ", "portals ")) for line in everything)  # the table is gone
    assert "Traceback" not in text
    assert not re.search(rb"\x1b\[[0-9;]*(?:3|9)[0-7]m", terminal.raw)  # no colours


def test_a_log_has_a_line_for_what_happens_and_one_now_and_then(tmp_path: Path) -> None:
    with (
        Farm(refusing, "127.0.0.2") as leaving,
        Farm(town.town, "127.0.0.3") as done,
        Farm({}, "127.0.0.4") as gone,
    ):
        portals = portals_of(tmp_path, (leaving, done, gone))
        ended = crawl(portals, tmp_path, "--delay", "0.05", "--log-every", "0.2")
    stamped = [
        line for line in ended.stderr.splitlines() if re.match(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d  ", line)
    ]
    first, *said = [line[21:] for line in stamped]
    assert re.fullmatch(r"Run \S+ begins: 3 portals", first)
    results = {line.partition(":")[0]: line for line in said if line[1] == " " and "left alone" not in line}
    assert results["3 柳河市"] == "3 柳河市: NOTHING HAD, the home page did not come (1 not_found)"
    assert results["2 清溪镇"] == (
        f"2 清溪镇: WITH GAPS, 11 of {len(ANNOUNCED)} reports held; "
        "gaps: 1 not_found, 1 offsite_redirect, 1 redirect_loop, 1 robots_refused"
    )
    of_first = f"1 {NAMES[0]}: WITH GAPS, {held(leaving)} of {len(ANNOUNCED)} reports held; gaps: "
    assert results[f"1 {NAMES[0]}"].startswith(of_first)
    assert sum("127.0.0.2 is left alone. A firewall answers with a script" in line for line in said) == 1
    progress = [line for line in said if "portals done" in line]
    asked = [int(re.search(r"; (\d+) requests?(;|$)", line)[1]) for line in progress]  # type: ignore[index]
    assert len(asked) > 2
    assert asked == sorted(asked)
    assert asked[-1] <= sum(len(farm.asked) for farm in (leaving, done, gone))
    assert "\x1b" not in ended.stderr


def test_a_crawl_goes_on_when_nobody_reads_what_it_says(tmp_path: Path) -> None:
    with Farm(town.town, "127.0.0.2") as farm:
        process = start(portals_of(tmp_path, (farm,)), tmp_path, "--log-every", "0.1")
        assert process.stderr is not None
        assert process.stdout is not None
        process.stderr.close()
        process.stdout.close()
        assert process.wait(60) == ExitCode.PIPE_CLOSED  # said at the end of all work
    assert held(farm) == 11
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        assert [run.finished_at is not None for run in archive.runs()] == [True]
