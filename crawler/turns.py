"""Whose turn it is: hosts that are asked one at a time, with one pause for all of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.portals import Portal
from crawler.urls import domain_of, host_of


class Turns:
    """The groups of hosts behind one machine.

    All hosts of one registered domain are a group, and so are those of portals that the list of portals puts
    into one. Groups found out to stand behind one firewall can be made to share a turn with `share`.
    """

    def __init__(self, portals: Iterable[Portal]) -> None:
        self._group: dict[str, str] = {}
        self._turn: dict[str, str] = {}
        named: dict[str, str] = {}
        for portal in portals:
            domain = domain_of(host_of(portal.home))
            if portal.group is not None:
                first = named.setdefault(portal.group, domain)
                self._group[self.group_of(portal.home)] = self._top(first)

    def group_of(self, url: str) -> str:
        """The group of an address, by the name of one of its domains: known before anything is asked."""
        return self._top(domain_of(host_of(url)))

    def turn_of(self, url: str) -> str:
        """The turn of an address: that of its group, or the one that its group has come to share."""
        group = self.group_of(url)
        return self._turn.get(group, group)

    def share(self, groups: Iterable[str], turn: str) -> None:
        """Let groups take this turn from now on."""
        self._turn.update(dict.fromkeys(groups, turn))

    def _top(self, domain: str) -> str:
        while (above := self._group.get(domain, domain)) != domain:
            domain = above
        return domain
