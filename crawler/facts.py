"""What the ledger says of a request, beside its answer and its ending."""

from __future__ import annotations

from typing import TypedDict

from scrapy import Request


class Facts(TypedDict):
    """The facts by the names that the archive gives them."""

    portal: str
    run: str
    kind: str
    referrer: str | None
    anchor: str | None
    attempts: int
    waited_ms: int | None


def facts_of(request: Request, run: str) -> Facts:
    """The facts of a request that this run makes."""
    meta = request.meta
    return {
        "portal": meta["portal"],
        "run": run,
        "kind": meta["kind"],
        "referrer": meta["referrer"],
        "anchor": meta["anchor"],
        "attempts": meta.get("attempts", 0),
        "waited_ms": meta.get("waited_ms"),
    }


def following(request: Request, target: str) -> Request:
    """The request that a redirect of robots.txt asks for."""
    own = ("attempts", "waited_ms", "ending", "download_slot", "replayed")
    meta = {name: value for name, value in request.meta.items() if name not in own}
    return request.replace(
        url=target, meta={**meta, "referrer": request.url, "hops": (*meta["hops"], request.url)}
    )
