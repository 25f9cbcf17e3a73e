"""A bare Scrapy spider: `python -m benchmarks.crawl_bare TOLD DELAY`, the addresses on stdin, one a line.

It downloads them all and writes nothing. One request at a time to each host, as our crawl, all else as Scrapy has it;
robots.txt is not asked for, no page is parsed, no link followed.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from benchmarks.crawl_usage import tell_at_end
from crawler import settings


class BareSpider(Spider):
    """Asks for what it is given."""

    name = "bare"

    async def start(self) -> AsyncIterator[Any]:
        for url in sys.stdin:
            yield Request(url.strip())

    def parse(self, response: Response, **_: Any) -> None:
        """Nothing: the page is there."""


if __name__ == "__main__":
    tell_at_end(Path(sys.argv[1]))
    process = AsyncCrawlerProcess(
        {
            "CONCURRENT_REQUESTS": settings.CONCURRENT_REQUESTS,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": float(sys.argv[2]),
            "RANDOMIZE_DOWNLOAD_DELAY": False,
            "LOG_LEVEL": "ERROR",
        }
    )
    process.crawl(BareSpider)
    process.start()
