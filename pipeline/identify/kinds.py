"""What the words around the name of a report make of it."""

from __future__ import annotations

import re

from pipeline.identify import wording
from pipeline.identify.normalise import Folded
from pipeline.identify.reason import Reason


def kind_of(key: str) -> Reason | None:
    """What kind of paper the words make, None where they name none."""
    return next((reason for reason, pattern in wording.KINDS if pattern.search(key)), None)


def other_report_at(key: str) -> tuple[Reason | None, int]:
    """Which report of other rules the words name, and where they begin to."""
    for reason, pattern in wording.OTHER_REPORTS:
        match = pattern.search(key)
        if match:
            return reason, match.start()
    return None, 0


def opening_reason(before: str) -> Reason | None:
    """What the first words of a title make of it, whatever follows."""
    if wording.INTERPRETATION.search(before):
        return Reason.INTERPRETATION
    if wording.ABOUT_REPORTS.match(before):
        return Reason.NOTICE if before.startswith(("关于", "对")) else Reason.OTHER_DISCLOSURE
    return Reason.MODEL_TEXT if wording.PLACEHOLDER.search(before) else None


def tail_reason(before: str, tail: Folded) -> Reason | None:
    """What the words behind the report's name make of it; None where it stays a report."""
    harmless = wording.HARMLESS_TAIL.match(tail.key)
    rest = tail.key[harmless.end() if harmless else 0 :]
    set_apart = bool(harmless) or 0 in tail.gaps
    if wording.INTERPRETATION.search(tail.key[:12]) and not tail.key.startswith(("及", "和")):
        return Reason.INTERPRETATION
    remark = next((reason for reason, pattern in wording.REMARK if pattern.search(tail.key)), None)
    if remark or wording.TASK.search(before):
        return remark or Reason.NOTICE
    if wording.COVER.fullmatch(tail.key):
        demanded = "通知" in tail.key and (
            wording.DEMANDING.search(before) or not wording.ISSUING.search(before)
        )
        return Reason.NOTICE if demanded else Reason.COVER_NOTICE
    if not rest:
        return None
    reason = kind_of(rest[:12] if set_apart else rest)
    if reason is None and not set_apart and not re.match(r"[\W_]", rest):
        return Reason.OTHER_DISCLOSURE
    if set_apart and reason in {Reason.COLUMN_PAGE, Reason.REQUEST_GUIDE, Reason.SUMMARY}:
        return None
    return reason


def before_reason(before: str) -> Reason | None:
    """What the words in front of the report's name make of it; None where it stays a report."""
    if before.startswith("关于") and wording.ISSUING.match(before, 2):
        return Reason.COVER_NOTICE
    if wording.TASK_BEFORE.search(before):
        return Reason.NOTICE
    return Reason.NEWS if wording.NEWS_BEFORE.search(before) else None
