"""Checking what was read: identities within a report, as findings that are published beside the figures."""

from pipeline.check.finding import Cause, Finding, Verdict
from pipeline.check.identities import check

__all__ = ["Cause", "Finding", "Verdict", "check"]
