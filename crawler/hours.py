"""Waiting for the hours in which portals may be asked."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy import Request

from crawler.off_peak import CHINA
from crawler.session import Session
from crawler.standing import Why


async def until_open(session: Session, request: Request) -> None:
    """Wait until portals may be asked, or until the crawl is asked to stop; at once where no hours are named."""
    while session.off_peak is not None and not session.wire.stopped:
        now = datetime.now(UTC)
        opens = session.off_peak.opens(now)
        if opens is None:
            return
        if session.told_of != opens and session.watcher is not None:
            session.told_of = opens
            session.watcher.say(
                f"Portals are asked from {session.off_peak} (China time) only: waiting until "
                f"{opens.astimezone(CHINA):%Y-%m-%d %H:%M}, {opens.astimezone():%H:%M} on this machine's clock."
            )
        seconds = (opens - now).total_seconds()
        session.wire.holds_back(request, seconds, Why.OFF_PEAK)
        await session.wire.sleep(seconds)
