"""Where an answer points to, and whether that is followed. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.answers import Answer, Ending
from crawler.urls import Scope, is_root, page_key
from pipeline.archive import Outcome

MOST_HOPS = 5
"""How many redirects in a row are followed."""


def redirect(answer: Answer, target: str | None, scope: Scope) -> Ending:
    """How a fetch ends whose answer points to another address, be it by status, by tag or by script."""
    if target is None:
        return Ending(Outcome.SERVER_ERROR, "it points to no address")
    if not scope.allows(target):
        return Ending(Outcome.OFFSITE_REDIRECT, target)
    if target in (answer.url, *answer.hops) or len(answer.hops) >= MOST_HOPS:
        return Ending(Outcome.REDIRECT_LOOP, f"after {len(answer.hops) + 1} redirects, to {target}"[:300])
    if answer.kind == "report" and urlsplit(page_key(target)).path.endswith("/") and is_root(target):
        return Ending(Outcome.SOFT_404, "it points to the home page")
    return Ending(Outcome.REDIRECTED, target)
