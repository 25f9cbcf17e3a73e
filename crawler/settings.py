"""How the crawler behaves. Each value that protects a portal or this machine stands here with its reason;
Scrapy's own defaults are never relied on for those.
"""

from __future__ import annotations

BOT_NAME = "gongkai"
SPIDER_MODULES = ["crawler.spiders"]
ADDONS: dict[str, int] = {}

# Who asks: a portal's operator can see what this is and find its maintainers. Never a browser's name.
USER_AGENT = "gongkai/0.1 open-government-information-dataset"  # `crawler.run` adds the contact of who crawls
ROBOTSTXT_OBEY = True  # by `crawler.robots`, which asks once for each origin
ROBOTSTXT_USER_AGENT = "gongkai"

# One request at a time, with a pause in seconds before the next, for all hosts of one group together: those of a
# domain, as the departments of a city stand behind the same machine, and those of portals that share a firewall
# (`crawler.turns`). A longer Crawl-delay of robots.txt is honoured.
DOWNLOAD_DELAY = 2.0
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY_JITTER = 0  # a pause that is promised is never cut short; chance would shorten half of them
SHORTEST_PAUSE = 1.0  # of `--delay`, for hosts that are not this machine
LONGEST_CRAWL_DELAY = 120.0  # a robots.txt that asks for more is taken as a refusal

# Groups of portals crawled side by side; the next begins when one has come to its end. Each has at most one request
# under way, so this bounds sockets and memory too. At the usual pause, so many keep one core busy.
SIDE_BY_SIDE = 256
# one that waits for its pause counts, and so does one for its robots.txt
CONCURRENT_REQUESTS = 2 * SIDE_BY_SIDE
LONGEST_IDLE = (
    20.0  # seconds for which a connection is kept open: a crawl goes over more hosts than may be open
)

CONCURRENT_ITEMS = (
    1  # Scrapy starts as many workers for each answer; a search makes of one answer one request
)

# Bounds of one answer, read as it comes. Home pages of 14 MB exist (pictures inside the page) and lead to reports, so
# that pages are allowed as much as files: a part of a page is never taken for the page. See `crawler.budget` for the
# bounds of a portal, and `pipeline.archive.decoding` for what an answer may unfold to.
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 300  # seconds for a whole answer: 30 MB at 100 kB/s
LONGEST_SILENCE = 60.0  # seconds in which next to nothing is heard, while connecting or within an answer
DOWNLOAD_FAIL_ON_DATALOSS = True  # part of a page must not pass for the page
URLLENGTH_LIMIT = 2000

SCHEDULER = "crawler.scheduling.Queue"  # the search decides what is next, and asks for each page once
# No JOBDIR: after a kill it ends "finished" with most pages unfetched. The archive's ledger says what is left.

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip, deflate",
}

# A certificate is asked for its proof first; what is got without one is told from the rest, see `crawler.tls`.
DOWNLOAD_VERIFY_CERTIFICATES = True

# Nothing but web servers is ever read: a portal must not make the crawler open files of this machine.
DOWNLOAD_HANDLERS = {
    "http": "crawler.retry.PatientHandler",
    "https": "crawler.secure.SecureHandler",
    "file": None,
    "data": None,
    "ftp": None,
    "s3": None,
}

# Of Scrapy's own parts these alone are loaded; all of them take a third of the time to start, and half of the time
# between two answers. Left out with reason: retries, which are `crawler.retry`'s alone; redirects, which the search
# follows, as it knows the portal's hosts; robots.txt, where `crawler.robots` asks once for each origin; content-
# encodings, which the archive undoes, within its bounds, for all of the project; cookies, so that every answer is the
# one that anybody gets; a cache, as the archive is the memory; Referer, set by the search; the refusal of statuses, as
# every answer is told apart by `crawler.outcomes`; and doors into a running crawl, mail, feeds and state files.
DOWNLOADER_MIDDLEWARES_BASE = {
    "crawler.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    "crawler.archiving.ArchivingMiddleware": 950,  # next to the wire: it sees answers as they were received
    "crawler.manners.MannersMiddleware": 960,  # the last word: whose turn it is may be learnt meanwhile
}
SPIDER_MIDDLEWARES_BASE = {"scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": 800}
EXTENSIONS_BASE = {"scrapy.extensions.memusage.MemoryUsage": 0}
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"

MEMUSAGE_ENABLED = True
MEMUSAGE_LIMIT_MB = 4096  # ends the crawl cleanly before the system kills it; it can be taken up again
LOG_LEVEL = "ERROR"
WARN_ON_GENERATOR_RETURN_VALUE = False  # it parses the source of the spider again for every page

# The search for the column of reports on a portal.
LOOKING_PAGES = 60  # pages looked at for a column that announces reports
LIST_PAGES = 3000  # list pages of one portal: years x agencies x pages, with room
