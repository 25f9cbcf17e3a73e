"""Which portals are crawled in one process. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.portals import Portal
from crawler.turns import Turns
from crawler.walls import prefecture_of


def groups_of(portals: Iterable[Portal]) -> list[tuple[Portal, ...]]:
    """The portals in groups that share no host, no `group` of the list, and no prefecture, in the order of the list.

    Portals of one prefecture may turn out to stand behind one firewall, and are then asked one at a time.
    """
    portals = tuple(portals)
    turns = Turns(portals)
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while (higher := above.get(name, name)) != name:
            name = higher
        return name

    for portal in portals:
        place = prefecture_of(portal)
        if place is not None:
            above[top(f"host {turns.group_of(portal.home)}")] = top(f"place {place}")
    groups: dict[str, list[Portal]] = {}
    for portal in portals:
        groups.setdefault(top(f"host {turns.group_of(portal.home)}"), []).append(portal)
    return [tuple(group) for group in groups.values()]
