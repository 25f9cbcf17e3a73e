"""The figures of the sample keep every identity of the form, except where a contradiction is meant."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from pipeline.sample import Printed, SampleReport, load_truth, sample_reports
from pipeline.sample.forms import national_form

_DOCUMENTS = ("issued", "repealed", "in_force")
_APPLICANTS = [column.code for column in national_form("2021").blocks[-2].measures]

REPORTS = tuple(sample_reports())
Failure = tuple[str, str, Decimal, Decimal]


def _name(report: SampleReport) -> str:
    return f"{report.organ.key}-{report.publication.year}-{report.publication.version}"


def _total(figures: Mapping[str, Printed], cells: list[str]) -> Decimal:
    """A sum of cells; a blank counts as nothing here, because the truth of this test is arithmetic."""
    return sum((figures[cell].value or Decimal(0) for cell in cells), Decimal(0))


def _failures(report: SampleReport) -> set[Failure]:
    """Every identity of the report's form, by item or by measure, whose two sides differ."""
    found: set[Failure] = set()
    form = national_form(report.publication.form)
    for identity in form.identities:
        blocks = [block for block in form.blocks if block.part == identity.part]
        if identity.each == "item":
            across = [(row.code or "", f"{identity.part}/{row.code}/{{}}") for b in blocks for row in b.items]
        else:
            across = [(f"*/{m.code}", f"{identity.part}/{{}}/{m.code}") for b in blocks for m in b.measures]
        for at, shape in across:
            left, right = (
                _total(report.figures, [shape.format(name) for name in side])
                for side in (identity.left, identity.right)
            )
            if left != right:
                found.add((identity.id, f"{identity.part}/{at}", left, right))
    return found


@pytest.mark.parametrize("report", REPORTS, ids=_name)
def test_identities_hold_but_for_what_is_meant(report: SampleReport) -> None:
    key = (report.organ.key, report.publication.year, report.publication.version)
    meant = {
        (item.check, item.at, item.left, item.right)
        for item in load_truth().contradictions
        if (item.organ, item.year, item.version) == key and item.earlier is None
    }
    assert _failures(report) == meant


def test_what_is_carried_over_arrives_in_the_next_year() -> None:
    current = {(r.organ.key, r.publication.year): r.figures for r in REPORTS}
    pairs = [(key, (key[0], key[1] + 1)) for key in current if (key[0], key[1] + 1) in current]
    assert len(pairs) == 41
    for before, after in pairs:
        for measure in _APPLICANTS:
            left = current[before][f"requests/carried_out/{measure}"]
            right = current[after][f"requests/carried_in/{measure}"]
            assert "blank" in (left.status, right.status) or left.value == right.value, (
                before,
                after,
                measure,
            )


def test_documents_in_force_follow_from_issued_and_repealed() -> None:
    current = {(r.organ.key, r.publication.year): r.figures for r in REPORTS if r.publication.form == "2021"}
    pairs = [(key, (key[0], key[1] + 1)) for key in current if (key[0], key[1] + 1) in current]
    assert len(pairs) == 24
    for before, after in pairs:
        for item in ("rules", "normative_documents"):
            issued, repealed, stock = (
                current[after][f"proactive/{item}/{measure}"].value
                for measure in ("issued", "repealed", "in_force")
            )
            old = current[before][f"proactive/{item}/in_force"].value
            if None not in (issued, repealed, stock, old):
                assert stock == (old or 0) + (issued or 0) - (repealed or 0), (after, item)


def test_status_and_value_agree() -> None:
    for report in REPORTS:
        for cell, printed in report.figures.items():
            assert (printed.value is not None) == (printed.status == "reported"), (_name(report), cell)
            assert (printed.text == "") == (printed.status == "blank"), (_name(report), cell)


def test_the_odd_things_are_there() -> None:
    printed = {(item.text, item.status, item.value) for report in REPORTS for item in report.figures.values()}
    assert {
        ("增18", "reported", Decimal(18)),
        ("减5", "reported", Decimal(-5)),
        ("-8", "reported", Decimal(-8)),
        ("+2", "reported", Decimal(2)),
        ("106.36万元", "reported", Decimal(1063600)),
        ("35.7200", "reported", Decimal(357200)),
        ("85.2", "reported", Decimal("85.2")),
        ("1,240", "reported", Decimal(1240)),
        ("/", "not_applicable", None),
        ("—", "not_applicable", None),
        ("约300", "unreadable", None),
        ("", "blank", None),
    } <= printed
    forms = {(r.organ.key, r.publication.year): r.publication.form for r in REPORTS}
    assert {form for (_, year), form in forms.items() if year <= 2020} == {"2019"}
    assert [key for key, form in forms.items() if key[1] > 2020 and form == "2019"] == [("bing-health", 2022)]
    assert 50 <= len(REPORTS) <= 60
