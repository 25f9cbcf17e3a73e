"""The spider that looks whether a portal is what a list says, and asks for no report."""

from __future__ import annotations

from crawler.search import PortalSearch
from crawler.spiders.annual_reports import AnnualReportsSpider
from crawler.tasks import Task


class ProbeSearch(PortalSearch):
    """A search that ends where the reports begin."""

    def next(self) -> Task | None:
        task = super().next()
        while task is not None and task.kind == "report":
            task = super().next()
        return task


class ProbeSpider(AnnualReportsSpider):
    """As the spider of a crawl, but without the reports. Started by `crawler.probing` alone."""

    name = "probe"
    search = ProbeSearch
