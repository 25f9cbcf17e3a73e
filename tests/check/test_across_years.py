"""The checks between reports as data: what the reviewed file says, and what no file may say."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from typing import Any

import pytest

from pipeline.check.across_years import Term, parse_across_years
from pipeline.datasets import dataset_file
from pipeline.forms import load_forms

FORMS = load_forms()
DATA: dict[str, Any] = tomllib.loads(dataset_file("across_years.toml").read_text(encoding="utf-8"))


def test_a_term_is_written_out_for_each_row_or_column() -> None:
    terms = [term for term in parse_across_years(DATA, FORMS).terms if term.at == "proactive/rules"]
    assert terms == [
        Term("stock_of_documents", "proactive/rules", True, True, 1, "proactive/rules/in_force"),
        Term("stock_of_documents", "proactive/rules", False, False, 1, "proactive/rules/in_force"),
        Term("stock_of_documents", "proactive/rules", False, True, 1, "proactive/rules/issued"),
        Term("stock_of_documents", "proactive/rules", False, True, -1, "proactive/rules/repealed"),
    ]


def test_every_check_has_a_rule() -> None:
    checks = parse_across_years(DATA, FORMS)
    assert {term.check for term in checks.terms} <= set(checks.rules)
    assert "1000 times" in checks.rules["magnitude"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda data: data["identity"][0]["left"].append("+ later requests/carried_in/all"),
            "requests/carried_in/all",
        ),
        (lambda data: data["identity"][0]["left"].append("later requests/carried_in/{}"), "not a sign"),
        (lambda data: data["magnitude"]["cells"].append("proactive/fees/income"), "proactive/fees/income"),
        (lambda data: data["misfiled_items"]["rows"].append("rules"), "proactive/rules/decisions"),
        (lambda data: data["copied"].pop("least"), "least"),
        (lambda data: data.update(more={}), "more"),
    ],
)
def test_what_is_no_check_is_refused(change: Any, says: str) -> None:
    data = deepcopy(DATA)
    change(data)
    with pytest.raises(ValueError, match=says):
        parse_across_years(data, FORMS)
