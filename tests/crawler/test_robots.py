"""robots.txt as portals have it: in other charsets, for us alone, moved, failing, or a page in its place."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from pipeline.archive import Outcome
from tests.crawler import town
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Farm, Reply

_FORBIDDEN = "/zfxxgknb/t20240110_0.html"
_RULES = f"# 清溪镇 机器人协议\nUser-agent: *\nDisallow: {_FORBIDDEN}\n"
_PAGE = town.html(town.page("页面不存在", more=f"<p>{_RULES}</p>"))

_PART = {
    "utf-8": Reply(_RULES.encode(), content_type="text/plain"),
    "bom": Reply(_RULES.encode("utf-8-sig"), content_type="text/plain"),
    "gbk": Reply(_RULES.encode("gb18030"), content_type="text/plain; charset=utf-8"),
    "utf-16": Reply(_RULES.encode("utf-16"), content_type="text/plain"),
    "old_mac": Reply(_RULES.replace("\n", "\r").encode(), content_type="text/html"),
    "zipped": Reply(_RULES.encode(), zipped=True),
    "moved": Reply(status=301, headers={"Location": "/other/robots.txt"}),
    "our_name": Reply(f"User-agent: gongkai\nDisallow: {_FORBIDDEN}\n\nUser-agent: *\nDisallow:\n".encode()),
}
_NONE = {
    "missing": Reply(status=404),
    "refused": Reply(status=403),
    "page": _PAGE,
    "empty": Reply(b""),
    "away": Reply(status=302, headers={"Location": "http://127.0.0.99:9/robots.txt"}),
    "another_name": Reply(b"User-agent: baiduspider\nDisallow: /\n"),
    "in_circles": Reply(status=302, headers={"Location": "/robots.txt"}),
}
_ALL = {
    "failing": Reply(status=503),
    "dropped": Reply(failures=(0,) * 9),
    "us_alone": Reply(b"User-agent: GongKai/1.0\nDisallow: /\n\nUser-agent: *\nAllow: /\n"),
    "everybody": Reply(b"User-agent: *\nDisallow: /\n"),
}


def test_what_robots_txt_forbids_is_not_asked_for(tmp_path: Path) -> None:
    with ExitStack() as stack:
        farms = {}
        for number, (name, reply) in enumerate((_PART | _NONE | _ALL).items(), start=1):
            more = {"/robots.txt": reply, "/other/robots.txt": _PART["utf-8"]}
            site = town.small("") | more
            farms[name] = stack.enter_context(Farm(site, f"127.0.4.{number}"))
        crawl(portals_file(tmp_path, {name: farm.home for name, farm in farms.items()}), tmp_path)
    endings = {(entry.portal, entry.kind, entry.outcome) for entry in ledger(tmp_path)}
    for name, farm in farms.items():
        asked = Counter(farm.paths())
        times = 3 if name in ("failing", "dropped") else 1
        assert asked["/robots.txt"] == times, name  # once, and twice more where it fails
        assert (_FORBIDDEN in asked) is (name in _NONE), name
        assert ("/" in asked) is (name not in _ALL), name
        assert sum(path.startswith("/zfxxgknb/t") for path in asked) == (
            3 if name in _NONE else 2 if name in _PART else 0
        ), name
        if name in _PART:
            assert (name, "report", Outcome.ROBOTS_REFUSED) in endings
    assert ("everybody", "page", Outcome.ROBOTS_REFUSED) in endings
    assert ("failing", "page", Outcome.SERVER_ERROR) in endings


def test_robots_txt_is_asked_for_once_of_each_origin_and_kept_over_a_stop(tmp_path: Path) -> None:
    """Two portals of one host, and the run taken up again: two ports are two origins."""
    site = town.small("") | {"/robots.txt": Reply(_RULES.encode())}
    with Farm(site) as one, Farm(site) as other:
        portals = portals_file(tmp_path, {"1": one.home, "2": other.home, "3": one.home + "zfxxgknb/"})
        crawl(portals, tmp_path)
        assert [farm.paths().count("/robots.txt") for farm in (one, other)] == [1, 1]
