"""`gongkai portals add` and `check` against real servers: what they find, what they ask for, and what they leave."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crawler.portal_rows import read_rows
from gongkai.cli import app
from tests.crawler.command import ROOT
from tests.crawler.farm import Farm, Query, Reply
from tests.crawler.province import Portal, static_shell, vsb_variants
from tests.crawler.town import page

_HEAD = "code,name,home,family\n"
_META = (
    '<meta name="SiteName" content="曲阜市人民政府"><meta name="siteidcode" content="3708810001">'
    '<meta name="SiteDomain" content="127.0.0.2">'
)


def run(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai", "portals", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "default", "GONGKAI_CONTACT": ""},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def here(*options: str) -> Result:
    """Run a command that asks no portal, in this process."""
    return CliRunner().invoke(app, ["portals", *options], env={"GONGKAI_CONTACT": None})


def add(url: str, path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run("add", url, "--portals", str(path), "--delay", "0", *options)


def listed(folder: Path, homes: Mapping[str, tuple[str, str]]) -> Path:
    path = folder / "portals.csv"
    rows = [f"{code},{code},{home},{family}\n" for code, (home, family) in homes.items()]
    path.write_text(_HEAD + "".join(rows), encoding="utf-8")
    return path


def of_a_division(portal: Portal) -> Portal:
    """A portal whose home page says which division's it is."""
    home = portal.answer(Query("GET", "/", {}, {}))
    assert home is not None
    portal.add_bytes("/", home.body.replace(b"<head>", b"<head>" + _META.encode(), 1), home.content_type)
    return portal


def reports(portal: Portal) -> set[str]:
    return {path for group in portal.reports for path in group}


def test_a_portal_is_probed_and_registered_without_asking_for_a_report(tmp_path: Path) -> None:
    portal = of_a_division(static_shell.build())
    path = listed(tmp_path, {"370800": ("http://127.0.0.9:81/", "")})
    with Farm({}, "127.0.0.2", portal.answer) as farm:
        done = add(farm.home, path)
        assert done.returncode == 0, done.stderr
        assert not set(farm.paths()) & reports(portal)
        assert len(farm.paths()) <= 36  # with robots.txt
        asked = len(farm.asked)
        again = here("add", farm.home, "--portals", str(path))
    found = [line.split("\t") for line in done.stdout.splitlines()]
    assert ["family", "static_directory"] in found
    assert ["SiteIDCode", "3708810001"] in found
    assert ["SiteName", "曲阜市人民政府"] in found
    columns = [value for name, value in found if name == "column"]
    assert columns
    assert all(column.startswith(farm.home) for column in columns)
    assert int(dict(found)["announced"]) > 10
    assert path.read_text(encoding="utf-8") == (
        f"{_HEAD}370800,370800,http://127.0.0.9:81/,\n370881,曲阜市,{farm.home},static_directory\n"
    )
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    assert len(farm.asked) == asked


def test_what_cannot_be_registered_leaves_the_list_and_other_hosts_alone(tmp_path: Path) -> None:
    path = listed(tmp_path, {"1": ("http://127.0.0.9:81/", "")})
    before = path.read_bytes()
    with (
        Farm({"/": Reply(b"", 302, headers={"Location": "http://127.0.0.4:9/"})}, "127.0.0.2") as moved,
        Farm({"/": Reply(b"<script>x()</script>", 412)}, "127.0.0.3") as guarded,
    ):
        done = add(moved.home, path, "--code", "2")
        assert (done.returncode, "points to http://127.0.0.4:9/" in done.stderr) == (3, True)
        done = add(guarded.home, path, "--code", "2")
        assert (done.returncode, "refuses programs (challenge)" in done.stderr) == (3, True)
        assert guarded.paths().count("/") == 1
    for url, said in (
        ("http://203.0.113.9/", "--allow-host"),
        ("https://example.com/", "no host of the government"),
        ("http://www.qufu.gov.cn/", "GONGKAI_CONTACT"),
    ):
        refused = here("add", url, "--portals", str(path), "--code", "2")
        assert (refused.exit_code, said in refused.stderr) == (2, True)
    assert path.read_bytes() == before


def test_a_portal_without_a_column_is_registered_with_the_doubt(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    bare = {
        "/": Reply(page("首页", [("/zwdt/", "政务动态")], meta=_META).encode()),
        "/zwdt/": Reply(page("动态").encode()),
    }
    with Farm(bare, "127.0.0.2") as farm:
        done = add(farm.home, path, "--code", "370811")
    assert done.returncode == 1, done.stderr
    assert "one of 370881 (曲阜市)" in done.stderr
    (row,) = read_rows(path)
    assert (row["code"], row["name"], row["family"], row["evidence"]) == ("370811", "任城区", "", "")
    assert row["verified"].startswith("probed, no column of reports found, ")


def closed_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.8", 0))
        port: int = held.getsockname()[1]
        return port


def test_check_says_which_rows_no_longer_hold(tmp_path: Path) -> None:
    good, other = static_shell.build(), vsb_variants.build()
    bare = {"/": Reply(page("首页", [("/zwdt/", "政务动态")]).encode())}
    with (
        Farm({}, "127.0.0.2", good.answer) as holds,
        Farm({}, "127.0.0.3", other.answer) as changed,
        Farm({"/": Reply(b"", 301, headers={"Location": "http://127.0.0.10:9/"})}, "127.0.0.4") as moved,
        Farm({"/": Reply(b"<script>x()</script>", 521)}, "127.0.0.5") as guarded,
        Farm(bare, "127.0.0.6") as empty,
    ):
        homes = {
            "1": (holds.home, "static_directory"),
            "2": (changed.home, "static_directory"),
            "3": (moved.home, ""),
            "4": (guarded.home, ""),
            "5": (empty.home, ""),
            "6": (f"http://127.0.0.8:{closed_port()}/", ""),
        }
        path = listed(tmp_path, homes)
        before = path.read_bytes()
        done = run("check", "--portals", str(path), "--delay", "0", "--format", "csv")
        assert not (set(holds.paths()) & reports(good))
        assert not (set(changed.paths()) & reports(other))
    states = {line.split(",")[0]: line.split(",")[2] for line in done.stdout.splitlines()[1:]}
    assert states == {
        "1": "holds", "2": "family_changed", "3": "moved", "4": "refused", "5": "no_column", "6": "unreachable",
    }  # fmt: skip
    assert (done.returncode, "1 of 6 rows hold" in done.stderr) == (1, True)
    assert "http://127.0.0.10:9/" in done.stdout
    assert path.read_bytes() == before


@pytest.mark.parametrize(("province", "count"), [("山东省", 17), ("370000", 17), ("北京市", 1)])
def test_list_prints_the_registered_portals(province: str, count: int) -> None:
    done = here("list", "--province", province, "--format", "csv")
    lines = done.stdout.splitlines()
    assert (done.exit_code, lines[0]) == (0, "code,name,home,family,group,verified,access")
    assert len(lines) == 1 + count
    assert here("list", "--province", "样例省").exit_code == 2
