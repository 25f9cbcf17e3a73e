"""The reviewed list of portals: every province and prefecture has one, on a government domain of its own."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections import Counter

import pytest

from crawler.portals import Portal, load_portals, registered_portals
from crawler.urls import Scope, host_of
from pipeline.datasets import dataset_file
from tests.shared import shared_file

_PATH = registered_portals()
# A namesake has the domain that lists on the web give these cities.
_RIGHT = {
    "盐城市": "yancheng", "忻州市": "sxxz", "宿州市": "ahsz", "台州市": "zjtz", "抚州市": "jxfz", "伊春市": "yc",
    "广元市": "cngy", "庆阳市": "zgqingyang", "晋城市": "jcgov", "晋中市": "sxjz", "白城市": "jlbc", "松原市": "jlsy",
    "白山市": "cbs", "上饶市": "zgsr",
}  # fmt: skip
_NAMESAKES = {"永城市": "ycs", "徐州市": "xz", "苏州市": "suzhou", "泰州市": "taizhou", "宜春市": "yichun"}
_VERIFIED = {
    "two sources", "column URL probed on that host", "listed only", "follows the domain rule, not probed",
    "page on that host; home page not probed", "page of a department below that domain; home page not probed",
    "report page on that host; home page not probed",
    "report page of a district (东城区) only; home page not probed",
    "report page of a district (渝中区) only; home page not probed",
}  # fmt: skip


_ADDRESSES: frozenset[str] = frozenset()  # genuine portals on bare IP addresses, each looked at by a person
_ADDED = re.compile(r"probed, (?:no )?column of reports found, 20\d\d-\d\d-\d\d")


def rows() -> list[dict[str, str]]:
    with _PATH.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def portals() -> tuple[Portal, ...]:
    return load_portals(_PATH)


def divisions() -> dict[str, dict[str, str]]:
    with dataset_file("registry", "divisions.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: row for row in csv.DictReader(file) if not row["valid_to"] and row["level"] != "zone"
        }


def test_every_province_and_prefecture_has_one(portals: tuple[Portal, ...]) -> None:
    expected = {code for code, row in divisions().items() if row["level"] != "county"}
    assert len(expected) == 31 + 333
    codes = [portal.code for portal in portals]
    assert set(codes) >= expected
    assert codes == sorted(codes)


def test_names_and_places_are_the_divisions(portals: tuple[Portal, ...]) -> None:
    known = divisions()
    for portal in portals:
        row = known.get(portal.code)
        if row is not None:
            told = (portal.name, portal.province, portal.city)
            assert told == (row["name"], row["province"], row["city"] or None)


def test_every_host_is_a_government_host_of_its_own(portals: tuple[Portal, ...]) -> None:
    hosts = Counter(Scope.of(portal.home).host for portal in portals)
    assert hosts.most_common(1)[0][1] == 1
    for portal in portals:
        if host_of(portal.home) in _ADDRESSES:
            continue
        assert re.fullmatch(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*\.gov\.cn/", portal.home), portal


def test_rows_say_what_is_known_of_them() -> None:
    for row in rows():
        if _ADDED.fullmatch(row["verified"]):  # by `gongkai portals add`
            assert row["access"] in ("direct", "protocol-switch")
            continue
        assert row["verified"] in _VERIFIED, row
        assert row["access"] in ("", "direct", "none", "protocol-switch", "ua-mobile")
        assert (row["access"] == "") == ("not probed" in row["verified"]), row
        unseen = row["verified"] in ("listed only", "follows the domain rule, not probed")
        assert (row["evidence"] == "") == unseen, row
        assert row["family"] == ""  # recognised by its pages


def test_evidence_is_on_hosts_of_the_portal() -> None:
    for row in rows():
        if "district" in row["verified"]:
            continue
        domain = Scope.of(row["home"])
        first = row["evidence"].split()[0] if row["evidence"] else row["home"]
        assert domain.allows(first if "://" in first else f"http://{first}"), row


def test_cities_have_their_own_domain_and_not_a_namesakes(portals: tuple[Portal, ...]) -> None:
    hosts = {portal.name: Scope.of(portal.home).host for portal in portals}
    assert {name: hosts[name] for name in _RIGHT} == {name: f"{slug}.gov.cn" for name, slug in _RIGHT.items()}
    for name, slug in _NAMESAKES.items():
        assert hosts.get(name, f"{slug}.gov.cn") == f"{slug}.gov.cn"


def test_cities_behind_one_firewall_are_grouped(portals: tuple[Portal, ...]) -> None:
    assert {portal.name for portal in portals if portal.group == portal.code} == {
        "合肥市", "黄山市", "济宁市", "郴州市", "湘西土家族苗族自治州", "成都市", "广元市", "果洛藏族自治州",
    }  # fmt: skip


def test_what_the_research_gives_is_carried_over() -> None:
    with shared_file("portals", "cities.csv").open(encoding="utf-8", newline="") as file:
        given = {row["code"]: row for row in csv.DictReader(file)}
    ours = {row["code"]: row for row in rows()}
    assert len(given) == 337
    for code, row in given.items():
        mine = ours[code]
        assert (mine["home"], mine["evidence"], mine["access"]) == (
            row["home"],
            row["evidence_url"],
            row["access_2026_04"],
        )
        assert mine["verified"].startswith(row["verified"])


def test_one_of_the_list_is_taken_by_its_code() -> None:
    assert [host_of(portal.home) for portal in load_portals(_PATH, ["370800"])] == ["www.jining.gov.cn"]


def test_a_crawl_without_a_list_takes_it_and_asks_no_public_portal_without_a_contact() -> None:
    def run(*only: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name != "GONGKAI_CONTACT"}
        command = [sys.executable, "-m", "gongkai", "crawl", *only]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    done = run("--only", "370800")
    assert (done.returncode, "www.jining.gov.cn" in done.stderr) == (2, True)
    done = run("--only", "990100")
    assert (done.returncode, "no portal has the code 990100" in done.stderr) == (2, True)
