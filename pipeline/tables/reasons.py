"""The vocabulary of the column `reason` in the tables `fetch` and `coverage`."""

from __future__ import annotations

from types import MappingProxyType

UNEXPLAINED = "unexplained"
NOT_ANNOUNCED = "not_announced"
NO_COLUMN = "no_report_column_found"
LEFT_ALONE = "left_alone"
NOT_A_REPORT = "not_a_report"
UNREADABLE = "unreadable"
READER_FAILED = "reader_failed"
DAMAGED = "damaged"

REASONS = MappingProxyType(
    {
        UNEXPLAINED: "nothing that was recorded says why: announced and never fetched, or the run was not finished",
        NOT_ANNOUNCED: "no list of the portal announces it, and all lists came",
        NO_COLUMN: "the portal's pages came, and none leads to yearly reports",
        LEFT_ALONE: "a link announces it and was left alone; after the colon, what the link was taken for",
        NOT_A_REPORT: "the document came and is no yearly report; after the colon, what it was taken for",
        UNREADABLE: "the document came and could not be read; after the colon, the code of the issue",
        READER_FAILED: "this program failed on the document; after the colon, the kind of error, "
        "or how the process that read it ended",
        DAMAGED: "the archive does not give the document back as it was stored",
        "page": "a page of the portal did not come, which may have announced it; after the colon, the outcome",
        "list": "a list of the portal did not come, which may have announced it; after the colon, the outcome",
    }
)
"""A sentence for each reason; what stands after a colon is not part of the name. In `coverage`, the outcome of the
fetch itself is a reason as well."""
