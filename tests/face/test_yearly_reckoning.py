"""The reckoning of a year's crawl holds its own bounds."""

from __future__ import annotations

import pytest

from benchmarks.yearly import Costs, reckon, report


def test_a_year_is_never_shorter_than_its_longest_domain_and_its_work() -> None:
    costs = Costs(shared=10**6)  # the first prefecture alone has all portals below one domain
    reckoned = reckon(costs, tasks=(1, 10, 10_000))
    one, ten, all_ = (each.hours for each in reckoned.by_tasks)
    assert reckoned.portals > 3000
    assert one >= ten >= all_ == pytest.approx(reckoned.longest)
    assert ten >= one / 10
    assert reckoned.together >= reckoned.requests / costs.rate / 3600
    assert len(list(report(costs, reckoned))) == 6


def test_more_years_cost_their_reports_and_not_their_lists() -> None:
    few, many = (reckon(Costs(years=years)) for years in (1, 2))
    assert few.requests < many.requests < 2 * few.requests
