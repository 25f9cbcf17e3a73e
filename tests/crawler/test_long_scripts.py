"""Scripts as portals put them into their pages, megabytes long and in one line, must not hold up a crawl."""

from __future__ import annotations

import random
import string

import pytest

from crawler.families.registry import read_listing
from crawler.families.shapes import folder
from crawler.pages import Page

_LETTERS = "".join(random.Random(7).choices(string.ascii_letters + string.digits + "+/", k=100_000))  # noqa: S311
SCRIPTS = {
    "a picture": f'var picture = "{_LETTERS}";',
    "one address without an end": 'var address = "' + "/a/b.c" * 20_000 + '";',
    "words in quotes": 'var text = "' + "/a.b " * 20_000 + '";',
    "a sum of strings": '"a" +' * 20_000 + '"b";',
    "names and dots": "a.b.c." * 20_000,
    "code made small": "function(e,t){return e.a+t.b+\"/c.d/\"+e.f(t)+'x'}" * 1_000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_a_page_with_a_long_script_is_read_in_bounded_time(script: str) -> None:
    """The bound is the time that a test may take; patterns that go back over what they read would take hours."""
    body = f'<html><body><a href="/gk/">年报</a><script>{script}</script></body></html>'
    page = Page("http://127.0.0.1/", body.encode(), "text/html; charset=utf-8")
    assert read_listing(page, None, folder(page.url)).family == "generic"
