"""The families, and which of them a list page is of."""

from __future__ import annotations

from dataclasses import replace

from crawler.families import (
    annual_report_jsp,
    epoint,
    generic,
    gkmlpt,
    jpaas,
    jpage,
    lonsun,
    nfcms,
    openness,
    static_directory,
    ucap,
    vsb,
)
from crawler.families.family import LISTED, Family
from crawler.families.listing import Listing, Way
from crawler.families.pager import pages_said
from crawler.pages import Page

_FAMILIES = tuple(
    module.FAMILY
    for module in (
        gkmlpt,
        annual_report_jsp,
        epoint,
        jpage,
        jpaas,
        lonsun,
        openness,
        vsb,
        nfcms,
        ucap,
        static_directory,
    )
)

NAMES = frozenset({*(family.name for family in _FAMILIES), generic.NAME})
"""The families that a portal can be pinned to."""


def recognised(page: Page, pinned: str | None = None) -> Family:
    """The family that most on the page speaks for; the pinned one, where there is one."""
    if pinned is not None:
        return next((family for family in _FAMILIES if family.name == pinned), generic.FAMILY)
    shown = [(family.shown_by(page), family) for family in _FAMILIES]
    most = max(score for score, _ in shown)
    # The links are many: they are only asked where they may decide.
    scored = [
        (score + family.listed_by(page), family) for score, family in shown if score + LISTED >= max(most, 1)
    ]
    likeness, family = max(scored, key=lambda one: one[0], default=(0, generic.FAMILY))
    return family if likeness else generic.FAMILY


def is_marked(page: Page) -> bool:
    """Whether the source of a page has the marks of a family's lists; such a page may show nothing but by script."""
    return any(family.is_marked(page) for family in _FAMILIES)


def read_listing(page: Page, way: Way | None, above: str, pinned: str | None = None) -> Listing:
    """A list page as its family reads it."""
    return replace(
        recognised(page, pinned).read(page, way, above), pages=pages_said(page, way.number if way else 1)
    )
