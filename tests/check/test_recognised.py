"""Figures recognised in a picture count where two ways read them alike or an identity confirms them, else not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.check.recognised import SURE, confirmed
from pipeline.extract import Figure, Record, Status, Where
from pipeline.extract.numerals import read_count
from pipeline.forms import load_forms
from pipeline.read.blocks import Sight

FORMS = load_forms()
MEASURES = (
    "natural_person",
    "business",
    "research",
    "public_welfare",
    "legal_service",
    "other_organisation",
    "total",
)
ALIKE = Sight(0.99, ("",), certain=True)
UNLIKE = Sight(0.99, ("", ""), certain=False)
FAINT = Sight(SURE - 0.01, ("",), certain=True)


def figure(cell: str, text: str, sight: Sight | None) -> Figure:
    """A count as it is read, before anybody asks whether to believe it."""
    part, item, measure = cell.split("/")
    reading = read_count(text)
    return Figure(part, item, measure, reading.value, "件", reading.status, text, Where(1, 1, 1), sight=sight)


def row(texts: str, sights: dict[str, Sight] | None = None, item: str = "received") -> list[Figure]:
    """One row of section three: seven texts, all of them read alike but for `sights`; a dot is an empty cell."""
    return [
        figure(f"requests/{item}/{measure}", "" if text == "." else text, (sights or {}).get(measure, ALIKE))
        for measure, text in zip(MEASURES, texts.split(), strict=True)
    ]


def told(figures: list[Figure]) -> dict[str, tuple[Status, int | None, bool]]:
    record = Record(True, None, None, None, None, None, None, None, figures=tuple(figures))
    return {
        one.measure if one.item == "received" else one.item + "." + one.measure: (
            one.status,
            None if one.value is None else int(one.value),
            one.by_identity,
        )
        for one in confirmed(record, FORMS).figures
    }


def test_what_two_ways_read_alike_and_adds_up_stands() -> None:
    assert told(row("11 3 0 0 0 0 14"))["natural_person"] == (Status.REPORTED, 11, False)


def test_characters_of_the_document_are_not_doubted() -> None:
    figures = [
        figure(f"requests/received/{measure}", text, None)
        for measure, text in zip(MEASURES, ["11", "3", "0", "0", "0", "0", "15"], strict=True)
    ]
    assert told(figures)["total"] == (Status.REPORTED, 15, False)


def test_what_is_not_alike_is_unreadable_and_keeps_what_was_seen() -> None:
    lone = figure("proactive/licensing/decisions", "28", UNLIKE)
    record = Record(True, None, None, None, None, None, None, None, figures=(lone,))
    after = confirmed(record, FORMS)
    assert (after.figures[0].status, after.figures[0].value, after.figures[0].raw) == (
        Status.UNREADABLE,
        None,
        "28",
    )
    assert [issue.code for issue in after.issues] == ["unreadable_cell"]


def test_low_confidence_is_not_enough() -> None:
    assert told([figure("proactive/licensing/decisions", "28", FAINT)]) == {
        "licensing.decisions": (Status.UNREADABLE, None, False)
    }


def test_an_identity_confirms_the_one_doubtful_figure_in_it() -> None:
    assert told(row("11 3 0 0 0 0 14", {"business": UNLIKE}))["business"] == (Status.REPORTED, 3, True)
    assert told(row("11 3 0 0 0 0 14", {"research": FAINT}))["research"] == (Status.REPORTED, 0, True)


def test_an_identity_does_not_confirm_two_doubtful_figures() -> None:
    after = told(row("11 3 0 0 0 0 14", {"business": UNLIKE, "research": UNLIKE}))
    assert {after[one][0] for one in ("business", "research")} == {Status.UNREADABLE}
    assert after["natural_person"] == (Status.REPORTED, 11, False)


def test_nothing_but_zeros_confirms_nothing() -> None:
    assert told(row("0 0 0 0 0 0 0", {"business": UNLIKE}))["business"][0] is Status.UNREADABLE


def test_two_ways_that_err_alike_are_found_out_by_the_sum() -> None:
    after = told(row("17 3 0 0 0 0 14"))
    assert {status for status, _, _ in after.values()} == {Status.UNREADABLE}


def test_a_contradiction_leaves_what_another_identity_holds() -> None:
    figures = [
        *row("4 1 0 0 0 0 5", item="received"),
        *row("2 0 0 0 0 0 2", item="carried_in"),
        *row("6 1 0 0 0 0 7", item="concluded"),
        *row("0 0 0 0 0 0 8", item="carried_out"),
    ]
    after = told(figures)
    assert after["natural_person"] == (Status.REPORTED, 4, False)
    assert after["carried_out.total"][0] is Status.UNREADABLE


def test_a_doubtful_figure_in_a_sum_that_fails_takes_only_itself_along() -> None:
    after = told(row("11 8 0 0 0 0 14", {"business": UNLIKE}))
    assert after["business"] == (Status.UNREADABLE, None, False)
    assert after["total"] == (Status.REPORTED, 14, False)


def test_blank_stays_blank_where_nothing_is_drawn_and_a_dash_only_where_it_is_sure() -> None:
    figures = [
        figure("proactive/licensing/decisions", "", Sight(1.0, (), certain=True)),
        figure("proactive/penalties/decisions", "-", ALIKE),
        figure("proactive/coercion/decisions", "/", UNLIKE),
    ]
    after = told(figures)
    assert [status for status, _, _ in after.values()] == [
        Status.BLANK,
        Status.NOT_APPLICABLE,
        Status.UNREADABLE,
    ]


def test_values_are_exact() -> None:
    record = Record(True, None, None, None, None, None, None, None, figures=tuple(row("1100 3 0 0 0 0 1103")))
    assert confirmed(record, FORMS).figures[0].value == Decimal(1100)


def test_a_point_in_a_count_and_thousandths_of_an_amount_are_not_believed() -> None:
    count = figure("proactive/licensing/decisions", "1.5", ALIKE)
    amount = replace(figure("proactive/procurement/amount_yuan", "1.234", ALIKE), unit="元")
    cents = replace(figure("proactive/fees/amount_yuan", "1.23", ALIKE), unit="元")
    after = told([count, amount, cents])
    assert [status for status, _, _ in after.values()] == [
        Status.UNREADABLE,
        Status.UNREADABLE,
        Status.REPORTED,
    ]
