from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.urls import Scope, _resolved, absolute, domain_of, is_loopback, other_addresses, page_key

BASE = "http://www.qingxi.gov.cn/zwgk/zfxxgknb/index.html"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("./202301/t20230118_1.html", "http://www.qingxi.gov.cn/zwgk/zfxxgknb/202301/t20230118_1.html"),
        (" ../zn/\n", "http://www.qingxi.gov.cn/zwgk/zn/"),
        ("/a.html#top", "http://www.qingxi.gov.cn/a.html"),
        ("//kjj.qingxi.gov.cn:80/", "http://kjj.qingxi.gov.cn/"),
        ("https://KJJ.qingxi.gov.cn.:443/x", "https://kjj.qingxi.gov.cn/x"),
        ("list.jsp;jsessionid=0AF1?id=3&print=1", "http://www.qingxi.gov.cn/zwgk/zfxxgknb/list.jsp?id=3"),
        ("?gk=3&cid=15", "http://www.qingxi.gov.cn/zwgk/zfxxgknb/index.html?gk=3&cid=15"),
        ("年报/", "http://www.qingxi.gov.cn/zwgk/zfxxgknb/%E5%B9%B4%E6%8A%A5/"),
        ("/../../a", "http://www.qingxi.gov.cn/a"),
    ],
)
def test_links_become_canonical_addresses(href: str, address: str) -> None:
    assert absolute(href, BASE) == address


@pytest.mark.parametrize(
    "href",
    ["", "#", "javascript:void(0)", "mailto:a@b.cn", "tel:1", "data:text/html,x", "ftp://a.gov.cn/", "file:///etc/passwd",
     "http://a:99999/", "http://[::1", "http://user:word@www.qingxi.gov.cn/"],
)  # fmt: skip
def test_what_is_no_web_page_has_no_address(href: str) -> None:
    assert absolute(href, BASE) is None


def test_a_query_is_in_the_charset_of_its_page() -> None:
    assert absolute("/s?q=年报", BASE, "gb18030") == "http://www.qingxi.gov.cn/s?q=%C4%EA%B1%A8"


@given(st.text())
def test_any_text_is_an_address_or_none_and_stays_as_it_is(href: str) -> None:
    address = absolute(href, BASE)
    if address is not None:
        assert urlsplit(address).scheme in ("http", "https")
        assert address.isascii()
        assert absolute(address, BASE) == address


_WRITTEN = (
    "http:// https:// // / ./ ../ . .. a B-1 t20230118_1.html x.gov.cn X.cn. [::1] 127.1 0x7f.1 xn--a "
    ":80 :443 :8080 : @ \\ %41 % ;jsessionid=1 ? # _ ~"
)
_PIECES = st.lists(st.sampled_from([*_WRITTEN.split(), " "]), max_size=7).map("".join)
_BASES = st.just(BASE) | st.tuples(st.sampled_from(["http://x.gov.cn", "https://[::1]:8/"]), _PIECES).map(
    "".join
)


@given(_PIECES, _BASES)
def test_the_short_way_to_an_address_leads_where_the_long_one_does(href: str, base: str) -> None:
    assert absolute(href, base) == _resolved(href, base, "utf-8")


def test_addresses_of_one_page_share_a_key() -> None:
    pages = [
        "http://www.qingxi.gov.cn/nb/",
        "https://qingxi.gov.cn/nb/index.html",
        "http://qingxi.gov.cn/nb/index.shtml",
    ]
    assert len({page_key(url) for url in pages}) == 1
    twins = ["http://a.gov.cn/202301/t20230118_1.html", "http://a.gov.cn/202301/t20230118_1_wap.html"]
    assert len({page_key(url) for url in twins}) == 1
    column = "http://a.gov.cn/public/column/7?type=3"
    assert len({page_key(column + more) for more in ("", "&action=list", "&action=list&nav=3")}) == 1
    assert page_key(column) != page_key(f"{column}&action=detail&title=2021")
    others = [
        "http://a.gov.cn/nb/",
        "http://b.gov.cn/nb/",
        "http://a.gov.cn/nb/index_1.html",
        "http://a.gov.cn/nb/?p=2",
    ]
    assert len({page_key(url) for url in others}) == 4


def test_the_scope_of_a_named_portal_is_its_domain() -> None:
    scope = Scope.of("http://www.qingxi.gov.cn/")
    for inside in ("https://qingxi.gov.cn/", "http://kjj.qingxi.gov.cn:8080/a", "http://a.b.qingxi.gov.cn/"):
        assert scope.allows(inside)
    for outside in (
        "http://xqingxi.gov.cn/",
        "http://gov.cn/",
        "http://qingxi.gov.cn.evil.example/",
        "http://127.0.0.1/",
    ):
        assert not scope.allows(outside)


def test_the_scope_of_a_portal_is_never_a_whole_government_domain() -> None:
    for home in ("http://www.gov.cn/", "https://gov.cn/", "http://www.com.cn/"):
        scope = Scope.of(home)
        assert scope.allows(home)
        assert not scope.allows("http://www.qingxi.gov.cn/")
        assert not scope.allows("http://a.com.cn/")
    assert Scope.of("http://www.xj.gov.cn/").allows("http://kjj.xj.gov.cn/")


def test_the_scope_of_an_ip_address_is_itself_and_its_port() -> None:
    scope = Scope.of("http://127.0.0.2:8001/site/")
    assert scope.allows("http://127.0.0.2:8001/")
    for outside in (
        "http://127.0.0.2/",
        "http://127.0.0.2:8002/",
        "http://127.0.0.3:8001/",
        "http://localhost:8001/",
    ):
        assert not scope.allows(outside)
    assert Scope.of("http://39.102.231.87/").allows("http://39.102.231.87:80/x")


def test_domains_and_loopback() -> None:
    assert domain_of("kjj.qingxi.gov.cn") == domain_of("www.qingxi.gov.cn") == "qingxi.gov.cn"
    assert domain_of("www.example.org") == "example.org"
    assert domain_of("127.0.0.2") == "127.0.0.2"
    assert [is_loopback(host) for host in ("127.8.9.1", "::1", "localhost")] == [True] * 3
    assert not any(
        is_loopback(host) for host in ("128.0.0.1", "10.0.0.1", "localhost.gov.cn", "127.0.0.1.gov.cn", "")
    )


def test_a_silent_home_page_is_looked_for_elsewhere() -> None:
    assert other_addresses("http://www.qingxi.gov.cn/") == [
        "https://www.qingxi.gov.cn/",
        "http://qingxi.gov.cn/",
        "https://qingxi.gov.cn/",
    ]
    assert other_addresses("http://127.0.0.1/") == []
