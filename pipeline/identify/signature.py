"""Who signed a report and when, and who is said to have compiled it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.identify.dates import only_date, parse_date
from pipeline.identify.normalise import Folded, fold
from pipeline.identify.organ import is_organ, organ_before, owns_site

_LAST = 25  # lines under which a signature is looked for: footers and attachments may follow it
_FIRST = 20  # lines in which a report says who compiled it
_TRAILING_DATE = re.compile(r"(?:20\d\d|二[〇零○]..?)[年./\-].{2,12}$")
_COMPILED = re.compile(
    r"由(?P<organ>[^,，。;；由]{2,45}?)(?:负责|组织|牵头)?(?:按照|根据|依据|依照|编制|汇总|编写|结合|撰写)"
)
_MADE_PUBLIC = re.compile(
    r"(?:公布|发布|编制|现公开|社会公开|现将)(?:了|《|如下)?(?P<organ>[^,，。;；:]{2,45}?)(?:20\d\d年?度?)?(?:的)?(?:政府)?信息公开(?:工作)?(?:年|20)"
)
_MADE_BY = re.compile(
    r"(?:^|[,，。;；])(?!根据|按照?|依据|依照|遵照|经|应|由|为|向|对|关于|现将)"
    r"(?P<organ>[^,，。;；]{2,45}?)(?:\((?:以下)?简称[^()]{1,12}\))?(?:(?:根据|按照|依据|依照)[^,，。;；]{2,60}?)?"
    r"(?:特|现|依法|认真)?(?:编制|公布|发布)了?(?:本|20\d\d年)"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands under a report: the organ and the date, each None where it is not printed."""

    organ: str | None
    signed_on: date | None


def find_signature(lines: Sequence[str]) -> Signature:
    """The signature nearest to the end: an organ over a date, both on one line, or a date alone."""
    tail = [line for line in lines if line.strip()][-_LAST:]
    alone: date | None = None
    for place in range(len(tail) - 1, -1, -1):
        if len(tail[place]) > 120:
            continue
        signed_on = only_date(tail[place])
        if signed_on:
            organ = _organ_line(tail[place - 1]) if place else None
            if organ:
                return Signature(organ, signed_on)
            alone = alone or signed_on
            continue
        both = _organ_and_date(tail[place])
        if both:
            return both
    if alone:
        return Signature(None, alone)
    organ = _organ_line(tail[-1]) if tail and len(tail) > 3 else None
    return Signature(None if organ is None or owns_site(organ) else organ, None)


def _organ_line(line: str) -> str | None:
    text = fold(line[:120])
    if text.key.startswith("中共") and text.gaps:  # signed by the Party's committee and the government
        text = text.cut(max(text.gaps))
    key = text.key.strip("()【】。.:")
    return text.printed.strip("()（）【】。.:：") if is_organ(key) and not key.startswith("附") else None


def _organ_and_date(line: str) -> Signature | None:
    match = _TRAILING_DATE.search(fold(line).key)
    if match is None or match.start() < 2:
        return None
    text = fold(line)
    organ = _organ_line(text.printed[: match.start()])
    signed_on = only_date(text.printed[match.start() :]) or None
    return Signature(organ, signed_on) if organ and signed_on and parse_date(line) == signed_on else None


def find_compiler(lines: Sequence[str]) -> str | None:
    """The organ of the sentence 本报告由…编制, or of the one that makes the report public."""
    for line in [line for line in lines if line.strip()][:_FIRST]:
        text = fold(line[:1500])
        if "报告" not in text.key and "年报" not in text.key:
            continue
        for pattern in (_COMPILED, _MADE_PUBLIC, _MADE_BY):
            for match in pattern.finditer(text.key):
                organ = organ_before(
                    Folded(match["organ"], text.printed[match.start("organ") : match.end("organ")])
                )
                if organ:
                    return organ
    return None
