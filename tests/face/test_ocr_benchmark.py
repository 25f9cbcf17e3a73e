"""The corpus of pictures is what it says: figures as large as told, and tables of every kind of figure."""

from __future__ import annotations

from benchmarks import ocr
from benchmarks.ocr_truth import multiplied, random_grid
from pipeline.check import Verdict, check
from pipeline.extract import Extractor
from pipeline.forms import load_forms
from pipeline.read import read_document
from pipeline.sample import sample_reports


def test_multiplied_figures_still_add_up() -> None:
    forms = load_forms()
    extractor = Extractor(forms)
    document = read_document(next(iter(sample_reports())).html)
    before, after = (extractor.extract(one) for one in (document, multiplied(document, extractor, 1208)))
    verdicts = [[finding.verdict for finding in check(record, forms)] for record in (before, after)]
    assert verdicts[0] == verdicts[1]
    assert Verdict.PASS in verdicts[0]
    pairs = [
        (one.value, other.value)
        for one, other in zip(before.figures, after.figures, strict=True)
        if one.value
    ]
    assert sum(1208 * one == other for one, other in pairs) > 0.9 * len(pairs) > 10


def test_tables_of_figures_hold_marks_commas_and_points_and_differ() -> None:
    texts = [cell.text for cell in random_grid(3).cells]
    assert {"", "/", "-"} <= set(texts)
    assert any("," in text for text in texts)
    assert any("." in text for text in texts)
    assert texts != [cell.text for cell in random_grid(4).cells]


def test_scores_are_shown_as_shares_and_seconds_a_page() -> None:
    score = ocr.Score("clean", 200, 199, 0, 2, 9.0)
    *_, line = ocr.lines("read", iter([score]))
    assert line.split() == ["clean", "200", "99.5%", "0", "4.5"]
