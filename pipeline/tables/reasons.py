"""The vocabulary of the column `reason` in the tables `fetch` and `coverage`."""

from __future__ import annotations

from types import MappingProxyType

UNEXPLAINED = "unexplained"
NOT_ANNOUNCED = "not_announced"
NOT_DUE = "not_due"
ANNOUNCED_LATER = "announced_later"
ANOTHER_REPORT = "another_report"
NO_COLUMN = "no_report_column_found"
LEFT_ALONE = "left_alone"
NOT_A_REPORT = "not_a_report"
NO_PAGE = "no_page"
UNREADABLE = "unreadable"
READER_FAILED = "reader_failed"
DAMAGED = "damaged"
SEARCH_LIMIT = "search_limit"
NOT_UNDERSTOOD = "page_not_understood"
NEVER_CRAWLED = "never_crawled"

REASONS = MappingProxyType(
    {
        UNEXPLAINED: "nothing that was recorded says why: announced and never fetched, or the run was not finished",
        NOT_ANNOUNCED: "no list of the portal announces it, and all lists came",
        NOT_DUE: "no list announces it, and the portal was asked before the end of March of the year after: until then "
        "reports are published",
        ANNOUNCED_LATER: "a list announces it since its year was last asked for: crawl that year again",
        ANOTHER_REPORT: "the document that is announced as this came, and is another report; after the colon, of which "
        "year or organ",
        NO_COLUMN: "the portal's pages came, and none leads to yearly reports",
        LEFT_ALONE: "a link announces it and was left alone; after the colon, what the link was taken for",
        NOT_A_REPORT: "the document came and is no yearly report; after the colon, what it was taken for",
        NO_PAGE: "the picture or page came, and shows no page of the report that it stands beside, or that led to it",
        UNREADABLE: "the document came and could not be read; after the colon, the code of the issue",
        READER_FAILED: "this program failed on the document; after the colon, the kind of error, "
        "or how the process that read it ended",
        DAMAGED: "the archive does not give the document back as it was stored",
        SEARCH_LIMIT: "the bounds of the search left lists or pages out, which may have announced it",
        NOT_UNDERSTOOD: "this program failed on a page of the portal, which may have announced it",
        NEVER_CRAWLED: "the portal is on the list given, and no crawl was asked for it",
        "page": "a page of the portal did not come, which may have announced it; after the colon, the outcome",
        "list": "a list of the portal did not come, or came empty or short, and may have announced it; after the "
        "colon, the outcome",
    }
)
"""A sentence for each reason; what stands after a colon is not part of the name. In `coverage`, the outcome of the
fetch itself is a reason as well."""

OPEN = frozenset({UNEXPLAINED, NEVER_CRAWLED})
"""Reasons that explain nothing: something is still to be done before coverage is proved."""

_SETTLED = frozenset({NOT_ANNOUNCED, NOT_DUE, LEFT_ALONE, NOT_A_REPORT, NO_PAGE, ANOTHER_REPORT})


def is_settled(reason: str | None) -> bool:
    """Whether nothing failed: the report is held, or what the portal publishes was seen and holds none."""
    return reason is None or reason.partition(":")[0] in _SETTLED
