"""What a person can do about what did not come, in words that need no knowledge of programs. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pipeline.archive import Outcome


@dataclass(frozen=True, slots=True)
class Advice:
    """What is the matter with fetches that ended with one of these `outcomes`, and what to do about it."""

    outcomes: Collection[Outcome]
    matter: str
    remedy: str


ADVICE = (
    Advice(
        (Outcome.RATE_LIMITED,),
        "The portal says that it is asked too often.",
        "Start the same command again tomorrow, with a longer pause between requests: add `--delay 10`.",
    ),
    Advice(
        (Outcome.OVER_BUDGET,),
        "A portal cost more than one portal may in one run, or its lists have no end.",
        "Start the same command again: it asks for what is missing. If the portal is as large as that, allow more with "
        "`--max-requests` and `--max-megabytes`; if its lists go in circles, tell the developers of gongkai.",
    ),
    Advice(
        (Outcome.BLOCKED, Outcome.CHALLENGE, Outcome.CAPTCHA, Outcome.LOGIN),
        "The portal does not let programs in. It is never tricked.",
        "Open an example below in your browser. If you see the reports there, save the pages in a folder and take "
        "them in with `gongkai import FOLDER`; or write to those who run the portal and ask to be let in. If you do "
        "not see them either, the portal may serve visitors from China alone, and the crawl has to run there.",
    ),
    Advice(
        (Outcome.ROBOTS_REFUSED,),
        "The portal's robots.txt does not want programs at these addresses, and they were not asked for.",
        "Ask those who run the portal for leave, or save the pages with your browser and take them in with "
        "`gongkai import FOLDER`.",
    ),
    Advice(
        (
            Outcome.TIMEOUT,
            Outcome.CONNECTION_FAILED,
            Outcome.SERVER_ERROR,
            Outcome.TRUNCATED,
        ),
        "The portal did not answer, or not to the end.",
        "Start the same command again in a day or two: it asks for the lists and for what is missing alone. With "
        "`--only CODE`, once for each portal, it asks these portals alone.",
    ),
    Advice(
        (Outcome.HOST_UNKNOWN, Outcome.BROKEN_TLS, Outcome.NOT_HTTP),
        "The portal's name is not known, or no secure connection to it can be made, or what answers is no web server.",
        "Open its home page in your browser. If it has moved, put its new address in the list of portals and start "
        "the command again. If your browser cannot open it either, try again in a week.",
    ),
    Advice(
        (Outcome.NOT_FOUND, Outcome.SOFT_404),
        "The portal announces these and does not have them: its links are dead.",
        "Nothing is wrong here, and the next crawl asks again. Where it matters, tell the organ: its report must be "
        "public.",
    ),
    Advice(
        (Outcome.OFFSITE_REDIRECT, Outcome.REDIRECT_LOOP),
        "The links lead off the portal, or in a circle.",
        "Open an example below in your browser. If the reports are on another portal, add that one to the list of "
        "portals. If your browser ends in an error too, nothing can be done.",
    ),
    Advice(
        (Outcome.EMPTY_LIST, Outcome.SHORT_LIST),
        "A list came with fewer entries than it should have, so reports may be missing that nobody here knows of.",
        "Open the list in your browser. If it shows reports that this run does not have, tell the developers of "
        "gongkai its address: its platform is not fully known yet.",
    ),
    Advice(
        (Outcome.TOO_LARGE, Outcome.UNDECODABLE, Outcome.WRONG_TYPE, Outcome.CLIENT_ERROR),
        "What the portal sent cannot be used.",
        "Open an example below in your browser. If it shows a report, save it and take it in with "
        "`gongkai import FOLDER`, and tell the developers of gongkai the address.",
    ),
)


def advice_for(outcomes: Collection[Outcome]) -> Iterator[tuple[Advice, list[Outcome]]]:
    """The advice that these outcomes call for, each with those of them that it is for."""
    for advice in ADVICE:
        met = [outcome for outcome in advice.outcomes if outcome in outcomes]
        if met:
            yield advice, met
