"""From what was seen of a portal to its row in the list, and whether a row of the list still holds."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from crawler.outcomes import LEAVING
from crawler.portal_rows import add_row, group_of, refuse_double
from crawler.portals import Portal
from crawler.probing import Probe
from crawler.urls import absolute, host_of, is_loopback
from pipeline.archive import Outcome
from pipeline.problem import InputProblem, Problem

_UNKNOWN = "new"  # stands for the code of a portal that has yet to say it
_REFUSALS = LEAVING | {Outcome.ROBOTS_REFUSED, Outcome.LOGIN}


@dataclass(frozen=True, slots=True)
class Place:
    """A division as a row names it; `parent_code` is the code of the one it lies in."""

    name: str
    province: str
    city: str
    parent_code: str


class RowState(StrEnum):
    """What became of a row."""

    HOLDS = "holds"
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    REFUSED = "refused"
    NO_COLUMN = "no_column"
    FAMILY_CHANGED = "family_changed"


def state_of(probe: Probe, pinned: str | None) -> tuple[RowState, str]:
    """Whether a row holds, and what was seen, in words; `pinned` is the family that it names."""
    if probe.home == Outcome.OFFSITE_REDIRECT:
        return RowState.MOVED, f"it points to {probe.moved_to}, which was not followed"
    if probe.home in _REFUSALS:
        return RowState.REFUSED, f"it refuses programs ({probe.home})"
    if probe.home != Outcome.HELD:
        return RowState.UNREACHABLE, f"the home page could not be had ({probe.home})"
    if not probe.columns:
        return RowState.NO_COLUMN, "no column that announces reports was found"
    if pinned and probe.family != pinned:
        return (
            RowState.FAMILY_CHANGED,
            f"its lists are of the family {probe.family or 'unknown'}, not {pinned}",
        )
    return RowState.HOLDS, f"{probe.announced} reports announced on {len(probe.columns)} lists"


class Adding:
    """One portal on its way into a list: what the person says of it, and what is seen."""

    def __init__(
        self, path: Path, divisions: Mapping[str, Place], *, code: str | None = None, name: str | None = None
    ) -> None:
        self._path = path
        self._divisions = divisions
        self._code = code
        self._name = name

    def portal(self, url: str, *, allow_host: bool) -> Portal:
        """What to probe. Raises InputProblem for what must not be registered, or is already."""
        home = _home(url, allow_host=allow_host)
        refuse_double(self._path, self._code, home)
        return Portal(self._code or _UNKNOWN, self._name or host_of(home), home)

    def write(self, seen: Probe, today: date | None = None) -> tuple[dict[str, str], list[str]]:
        """Write the row of what was seen; give it back, with what speaks against it.

        Raises Problem where nothing was seen that could be registered, InputProblem where the code or name is wanting.
        """
        state, why = state_of(seen, pinned=None)
        if state not in (RowState.HOLDS, RowState.NO_COLUMN):
            raise Problem(f"{seen.portal.home}: {why}. Nothing was written.")
        code = self._code or _code(seen, self._divisions)
        row = self._row(code, seen, today or datetime.now(UTC).date())
        add_row(self._path, row)
        return row, _doubts(seen, code, self._divisions)

    def _row(self, code: str, seen: Probe, today: date) -> dict[str, str]:
        place = self._divisions.get(code)
        name = self._name or (place.name if place else None) or seen.site_name
        if name is None:
            raise InputProblem(
                f"{code} is no division of the registry. Say what the portal is called: --name NAME"
            )
        found = "column of reports found" if seen.columns else "no column of reports found"
        return {
            "code": code,
            "name": name,
            "home": seen.portal.home,
            "province": place.province if place else "",
            "city": place.city if place else "",
            "family": seen.family or "",
            "group": group_of(self._path, place.parent_code) if place else "",
            "verified": f"probed, {found}, {today.isoformat()}",
            "evidence": seen.columns[0] if seen.columns else "",
            "access": "protocol-switch" if seen.scheme_switched else "direct",
        }


def _home(url: str, *, allow_host: bool) -> str:
    """The address of a home page as a list has it. Raises InputProblem for a host that must not be registered: copies
    of portals with other figures stand on hosts that are not the government's.
    """
    home = absolute(url, url)
    host = host_of(home or "")
    if home is None or "://" not in url:
        raise InputProblem(f"{url!r} is no http or https address of a home page.")
    if host.endswith(".gov.cn") or is_loopback(host) or (allow_host and _is_address(host)):
        return home
    if _is_address(host):
        raise InputProblem(
            f"{host} is a bare address. A few portals have such, and copies of portals too: where the portal of its "
            "city links to it, add it with --allow-host."
        )
    raise InputProblem(
        f"{host} is no host of the government (*.gov.cn). Copies of whole portals, with words and figures changed, "
        "stand on such hosts: it is not taken."
    )


def _code(probe: Probe, divisions: Mapping[str, Place]) -> str:
    """The code of the division that a home page names in its SiteIDCode. Raises InputProblem where it names none."""
    code = probe.division_code
    if code is None or code not in divisions:
        raise InputProblem(
            f"{probe.portal.home} does not say of which division it is (SiteIDCode: {probe.site_code or 'none'}). "
            "Give the code of its division: --code CODE"
        )
    return code


def _doubts(probe: Probe, code: str, divisions: Mapping[str, Place]) -> list[str]:
    """What the page says of itself that speaks against its being the portal of this code."""
    found = []
    said = probe.division_code
    if said is None:
        found.append(f"its home page has no SiteIDCode of ten digits ({probe.site_code or 'none'})")
    elif said != code:
        place = divisions.get(said)
        found.append(
            f"its SiteIDCode is one of {said} ({place.name if place else 'no division of the registry'})"
        )
    own = host_of(probe.portal.home).removeprefix("www.")
    domains = [
        host_of("//" + one.strip().lower().rpartition("//")[2])
        for one in (probe.site_domain or "").split(",")
    ]
    bare = [domain.removeprefix("www.") for domain in domains if domain]
    if bare and not any(f".{own}".endswith(f".{one}") or f".{one}".endswith(f".{own}") for one in bare):
        found.append(f"its SiteDomain is {probe.site_domain}, not {own}")
    return found


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
