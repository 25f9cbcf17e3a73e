"""The identities of the forms: whatever the figures, a finding says how both sides stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.check import Cause, Verdict, check
from pipeline.extract import Figure, Record, Status, Where
from pipeline.forms import Form, load_forms

FORMS = load_forms()
EMPTY = Record(True, None, None, None, None, None, None, None)


def record(form: Form, values: Mapping[str, int | None]) -> Record:
    """A report with every cell of `form`: zero unless `values` says otherwise; None is a blank cell."""
    figures = []
    for cell in form.cells():
        value = values.get(cell.name, 0)
        status = Status.BLANK if value is None else Status.REPORTED
        number = None if value is None else Decimal(value)
        figures.append(
            Figure(cell.part, cell.item, cell.measure, number, cell.unit, status, str(value or ""), Where())
        )
    return replace(EMPTY, figures=tuple(figures))


def form(code: str) -> Form:
    return next(form for form in FORMS.forms if form.code == code)


def test_a_report_of_zeros_passes_every_check_of_its_form() -> None:
    # 7 columns balance, 7 add up, 23 or 25 rows add up, 3 blocks of disputes; 7 sums of the annex.
    for code, count in (("2019", 40), ("2021", 42), ("2014", 7)):
        findings = check(record(form(code), {}), FORMS)
        assert {finding.verdict for finding in findings} == {Verdict.PASS}
        assert len(findings) == count


def test_nothing_on_the_page_nothing_to_check() -> None:
    assert check(EMPTY, FORMS) == ()


def test_a_contradiction_shows_both_sides() -> None:
    printed = {"requests/received/natural_person": 1, "requests/received/total": 2}
    fails = {
        (finding.check, finding.at): finding
        for finding in check(record(form("2021"), printed), FORMS)
        if finding.verdict is Verdict.FAIL
    }
    row = fails["applicant_sum", "requests/received"]
    assert (row.left, row.right, row.cause) == (Decimal(2), Decimal(1), Cause.SOURCE)
    assert set(fails) == {
        ("applicant_sum", "requests/received"),
        ("request_balance", "requests/*/natural_person"),
        ("request_balance", "requests/*/total"),
    }


def test_a_contradiction_of_figures_placed_by_order_may_be_the_readings() -> None:
    printed = {"requests/received/natural_person": 1, "requests/received/total": 2}
    report = record(form("2021"), printed)
    by_order = [
        replace(figure, by_order=figure.cell == "requests/received/research") for figure in report.figures
    ]
    causes = {
        finding.at: finding.cause
        for finding in check(replace(report, figures=tuple(by_order)), FORMS)
        if finding.verdict is Verdict.FAIL
    }
    assert causes == {
        "requests/received": Cause.READING,
        "requests/*/natural_person": Cause.SOURCE,
        "requests/*/total": Cause.SOURCE,
    }


def test_a_blank_is_no_zero() -> None:
    findings = check(record(form("2019"), {"disputes/review/pending": None}), FORMS)
    finding = next(finding for finding in findings if finding.at == "disputes/review")
    assert finding.verdict is Verdict.UNASSESSABLE
    assert (finding.left, finding.right) == (Decimal(0), None)
    assert finding.cause is None


def test_outcomes_are_those_of_the_form_on_the_page() -> None:
    printed = {"requests/received/total": 4, "requests/received/natural_person": 4}
    for part in ("concluded", "other.unpaid"):
        printed |= {f"requests/{part}/total": 4, f"requests/{part}/natural_person": 4}
    assert all(finding.verdict is Verdict.PASS for finding in check(record(form("2021"), printed), FORMS))


@given(st.lists(st.integers(0, 500), min_size=6, max_size=6), st.integers(0, 2000))
def test_applicants_add_up_or_the_finding_says_so(parts: list[int], total: int) -> None:
    kinds = [
        "natural_person",
        "business",
        "research",
        "public_welfare",
        "legal_service",
        "other_organisation",
    ]
    printed: dict[str, int | None] = {
        f"requests/granted/{kind}": part for kind, part in zip(kinds, parts, strict=True)
    }
    printed["requests/granted/total"] = total
    findings = check(record(form("2019"), printed), FORMS)
    finding = next(f for f in findings if (f.check, f.at) == ("applicant_sum", "requests/granted"))
    assert (finding.left, finding.right) == (Decimal(total), Decimal(sum(parts)))
    assert finding.verdict is (Verdict.PASS if total == sum(parts) else Verdict.FAIL)
