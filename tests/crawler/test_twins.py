"""A page whose address is silent is had at its twin: the other scheme, or the host with and without www."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.twins import Twins
from crawler.urls import Scope
from pipeline.archive import Archive, Entry, Outcome
from tests.crawler import town
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Farm, Reply
from tests.crawler.hostile.certificates import self_signed

SCOPE = Scope.of("http://www.lin.gov.cn/")


def met(url: str, outcome: Outcome, status: int | None = None) -> Entry:
    return Entry(url, datetime.now(UTC), outcome, status=status, attempts=3)


def test_the_twin_that_answers_is_taken_and_else_the_other_scheme_tried() -> None:
    twins = Twins()
    page = "http://kjj.lin.gov.cn/a?b=1"
    assert twins.answering(page, SCOPE) is None
    assert twins.untried(page, SCOPE, of_home=False) == "https://kjj.lin.gov.cn/a?b=1"
    twins.meet(met("https://kjj.lin.gov.cn/", Outcome.BROKEN_TLS))
    assert twins.untried(page, SCOPE, of_home=False) is None
    assert twins.untried(page, SCOPE, of_home=True) == "http://www.kjj.lin.gov.cn/a?b=1"
    twins.meet(met("https://www.kjj.lin.gov.cn/", Outcome.NOT_FOUND, 404))
    assert twins.answering(page, SCOPE) == "https://www.kjj.lin.gov.cn/a?b=1"
    twins.meet(met("http://kjj.lin.gov.cn/", Outcome.HELD, 200))
    assert twins.untried(page, SCOPE, of_home=True) is None  # it has answered: no silence of its own


def test_a_home_page_is_looked_for_at_all_its_addresses() -> None:
    twins, tried = Twins(), list[str]()
    at: str | None = "http://www.lin.gov.cn/"
    while at is not None:
        tried.append(at)
        twins.meet(met(at, Outcome.TIMEOUT))
        at = twins.untried(at, SCOPE, of_home=True)
    assert tried == [
        "http://www.lin.gov.cn/",
        "https://www.lin.gov.cn/",
        "https://lin.gov.cn/",
        "http://lin.gov.cn/",
    ]


def test_no_twin_is_outside_of_the_portal() -> None:
    twins, scope = Twins(), Scope.of("http://127.0.0.1/")
    assert twins.untried("http://127.0.0.1/a", scope, of_home=True) is None
    scope = Scope.of("http://127.0.0.1:81/")
    assert twins.untried("http://127.0.0.1:81/a", scope, of_home=True) == "https://127.0.0.1:81/a"


def test_links_to_a_silent_address_lead_to_reports_and_none_counts_as_lost(tmp_path: Path) -> None:
    """Only http is served, and two of three links say https."""

    def site(home: str) -> dict[str, Reply]:
        made = town.small(home)
        links = [
            ((home.replace("http:", "https:").rstrip("/") if n else "") + path, path)
            for n, path in enumerate(path for path in made if path.endswith(".html"))
        ]
        titles = [(url, f"清溪镇第{n}站2023年政府信息公开工作年度报告") for n, (url, _) in enumerate(links)]
        made["/zfxxgknb/"] = town.html(town.page("政府信息公开年报", titles))
        return made

    with Farm(site) as farm:
        portals = portals_file(tmp_path, {"990900": farm.home})
        done = crawl(portals, tmp_path)
        assert done.returncode == 0, done.stderr
        assert "3 of 3 reports announced are held" in done.stderr
        assert max(Counter(farm.paths()).values()) == 1
        before = len(farm.asked)
        assert crawl(portals, tmp_path).returncode == 0
        # held, by either address
        assert not [path for path in farm.paths()[before:] if path.endswith(".html")]
    entries = ledger(tmp_path)
    secure = [entry for entry in entries if entry.url.startswith("https:") and entry.kind == "report"]
    assert [(one.outcome, one.attempts) for one in secure] == [(Outcome.REDIRECTED, 0)] * 2
    assert {one.note for one in secure} <= {one.url for one in entries if one.outcome == Outcome.HELD}


@pytest.mark.parametrize("given", ["http:", "https:"])
def test_a_portal_that_is_given_by_the_wrong_scheme_is_found(tmp_path: Path, given: str) -> None:
    secure = self_signed() if given == "http:" else None
    with Farm(town.small, tls=secure, plain=secure is None) as farm:
        home = farm.home.replace("http:", given)
        assert crawl(portals_file(tmp_path, {"990900": home}), tmp_path).returncode == 0
    with Archive.open(tmp_path / "archive", writable=False) as archive:
        held = [entry for entry in archive.entries() if entry.outcome == Outcome.HELD]
    assert sum(entry.kind == "report" for entry in held) == 3
    assert {entry.url.startswith(given) for entry in held} == {False}
