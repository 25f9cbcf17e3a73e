"""The series as data: what the reviewed file holds, and what no file may hold."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from pipeline.forms import load_forms, load_series, parse_series
from tests.shared import shared_file

FORMS = load_forms()
SERIES = {series.name: series for series in load_series(FORMS)}
GIVEN: dict[str, Any] = {
    "name": "received",
    "label": "收到",
    "english": "received",
    "unit": "件",
    "cells": {"2019": ["requests/received/total"], "2021": ["requests/received/total"]},
    "joins": {"2019-2021": "A"},
}


def test_a_sum_names_each_of_its_cells() -> None:
    assert SERIES["other_outcome"].cells["2021"] == (
        "requests/other.uncorrected/total",
        "requests/other.unpaid/total",
        "requests/other.other/total",
    )
    assert len(SERIES["not_processed"].cells["2019"]) == 5


def test_the_way_over_several_forms_is_as_good_as_its_worst_step() -> None:
    assert SERIES["requests_received"].grade("2014", "2021") == "B"
    assert SERIES["requests_received"].grade("2019", "2021") == "A"
    assert SERIES["denied_other_law"].grade("2021", "2014") == "C"
    assert SERIES["rules_stock"].grade("2021", "2021") == "A"


def test_fees_of_three_kinds_are_three_quantities() -> None:
    assert set(SERIES["request_fees"].cells) == {"2014"}
    assert set(SERIES["fee_items_previous"].cells) == {"2019"}
    assert set(SERIES["fee_income"].cells) == {"2021"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cells": {"2019": ["requests/received/all"]}, "joins": {}}, "requests/received/all"),
        ({"cells": {"2020": ["requests/received/total"]}, "joins": {}}, "2020"),
        ({"cells": {"2019": []}, "joins": {}}, "not cells"),
        ({"joins": {}}, "2019-2021"),
        ({"joins": {"2019-2021": "D"}}, "A/B/C/N"),
        ({"joins": {"2014-2021": "A"}}, "2019-2021"),
        ({"grade": "A"}, "unknown keys"),
    ],
)
def test_what_is_no_series_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        list(parse_series({"series": [{**deepcopy(GIVEN), **change}]}, FORMS))


def test_a_name_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        list(parse_series({"series": [GIVEN, GIVEN]}, FORMS))


def test_the_grades_are_those_of_the_crosswalk() -> None:
    crosswalk = json.loads(shared_file("codebook.json").read_text(encoding="utf-8"))["crosswalk"]
    split = {"fees", "procurement", "other_services"}
    for line in crosswalk:
        if line["series"] in split:
            continue
        series = SERIES[line["series"]]
        assert {form for form in ("2014", "2019", "2021") if line[form]} == set(series.cells)
        assert series.joins.get(("2014", "2019")) == line["grade_2018_2019"]
        assert series.joins.get(("2019", "2021")) == line["grade_2020_2021"]
