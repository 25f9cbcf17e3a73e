"""Portals on loopback addresses, with the faults of real ones."""

from tests.crawler.farm.server import Asked, Farm, Query, Reply, Site

__all__ = ["Asked", "Farm", "Query", "Reply", "Site"]
