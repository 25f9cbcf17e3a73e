"""A province of portals crawled for real, all at once: all their reports, nothing else, and few requests."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from pipeline.archive import Archive, Entry, Outcome
from tests.crawler.command import crawl, ledger, portals_file, start
from tests.crawler.farm import Farm, Query, Reply
from tests.crawler.province import BUILDERS, Portal, ucap

FAMILY_OF = {
    "trs_wcm": "static_directory",
    "ucap": "ucap",
    "hanweb_jcms": "jpage",
    "hanweb_annual": "annual_report_jsp",
    "hanweb_jpaas": "jpaas",
    "gd_gkmlpt": "gkmlpt",
    "gd_nfcms": "nfcms",
    "vsb": "vsb",
    "lonsun": "lonsun",
    "openness_mvc": "openness",
    "epoint_ewb": "epoint",
}
"""The family by which a platform is read; any other is followed by what its pages show."""


def differences(
    portal: Portal, farm: Farm, entries: list[Entry], facts: Mapping[str, object]
) -> dict[str, object]:
    """In what the crawl of a portal differs from what it should be; nothing where it does not."""
    reports = [one for one in entries if one.kind == "report" and one.outcome is Outcome.HELD]
    held = [farm.path_of(one.url) for one in reports]
    lost = {
        farm.path_of(one.url) for one in entries if one.outcome is Outcome.NOT_FOUND and one.kind == "report"
    }
    once = [(one.path, one.posted) for one in farm.asked if one.status == 200]
    found = {
        "missing": portal.missing(held),
        "surplus": portal.surplus(held),
        "trespasses": portal.trespasses(farm.paths()),
        "gone and not said to be": sorted(portal.gone ^ lost),
        "asked again": sorted({one for one in once if once.count(one) > 1}),
        "too many requests": max(0, len(farm.asked) - int(1.3 * len(portal.reports) + 40)),
        "read as": {facts["family"]} - {FAMILY_OF.get(portal.platform, "generic")},
        "crashed": facts["crashed"],
    }
    return {name: what for name, what in found.items() if what}


def test_the_province_is_held_whole_and_nothing_else_is_asked_for(tmp_path: Path) -> None:
    portals = {f"99{number:04}": build() for number, build in enumerate(BUILDERS)}
    with ExitStack() as stack:
        farms: dict[str, Farm] = {}
        for number, (code, portal) in enumerate(portals.items(), 1):
            farms[code] = stack.enter_context(Farm({}, f"127.0.3.{number}", portal.answer))
            portal.home = farms[code].home
        starts = {code: farms[code].home.rstrip("/") + portal.start for code, portal in portals.items()}
        process = start(portals_file(tmp_path, starts), tmp_path)
        _, said = process.communicate(timeout=280)
    assert process.returncode == 1, said  # some reports are announced and are gone
    entries = ledger(tmp_path)
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        summary = archive.runs()[-1].summary or {}
    seen = {}
    for code, portal in portals.items():
        facts = summary[code]
        assert isinstance(facts, dict)
        mine = [entry for entry in entries if entry.portal == code]
        if differs := differences(portal, farms[code], mine, facts):
            seen[portal.city] = differs
    assert seen == {}


def test_a_list_that_falls_short_is_in_the_ledger_once_and_taken_up_again(tmp_path: Path) -> None:
    portal = ucap.build()

    def half(query: Query) -> Reply | None:
        if query.path.startswith("/common/search/") and query.given["page"] != "1":
            return Reply(b'{"data":{"results":[]}}', content_type="application/json")
        return portal.answer(query)

    with Farm({}, "127.0.2.1", half) as farm:
        portal.home = farm.home
        portals = portals_file(tmp_path, {"ucap": farm.home})
        first = start(portals, tmp_path)
        while first.poll() is None and len(farm.asked) < 30:
            time.sleep(0.002)
        first.kill()
        first.communicate()
        before = {entry.url for entry in ledger(tmp_path)}
        asked = len(farm.asked)
        done = crawl(portals, tmp_path)
        again = {farm.home.rstrip("/") + path for path in farm.paths()[asked:]}
    assert done.returncode == 1
    assert "2 short_list" in done.stderr  # those that one call does not bring whole
    assert not before & again
    short = [entry for entry in ledger(tmp_path) if entry.outcome is Outcome.SHORT_LIST]
    assert len(short) == len({entry.url for entry in short}) == 2
    assert {entry.kind for entry in short} == {"list"}
