"""Is this a report, and whose, of which year, what scope, made public when. Pure functions over text."""

from __future__ import annotations

from pipeline.identify.identity import Identity
from pipeline.identify.page import identify_page
from pipeline.identify.reason import MAY_BE_REPORT, Reason
from pipeline.identify.title import identify_title

__all__ = ["MAY_BE_REPORT", "Identity", "Reason", "identify_page", "identify_title"]
