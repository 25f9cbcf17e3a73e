"""The reviewed form files: complete, consistent, and refused when they are not."""

from __future__ import annotations

import copy
import json
import tomllib
from typing import Any

import pytest

from pipeline.datasets import dataset_file
from pipeline.forms import load_forms, parse_form
from tests.shared import shared_file

FORMS = {form.code: form for form in load_forms().forms}


def test_numbers_of_cells() -> None:
    assert {code: len(list(form.cells())) for code, form in FORMS.items()} == {
        "2014": 58,
        "2019": 198,
        "2021": 200,
    }


def test_every_cell_has_labels_in_both_languages() -> None:
    for form in FORMS.values():
        for cell in form.cells():
            assert cell.item_label, cell
            assert cell.measure_label, cell
            assert cell.item_english.isascii(), cell
            assert cell.measure_english.isascii(), cell
            assert cell.unit, cell


def test_cells_and_labels_are_those_of_the_codebook() -> None:
    codebook = json.loads(shared_file("codebook.json").read_text(encoding="utf-8"))
    for entry in codebook["forms"]:
        ours = {(cell.name, cell.item_label, cell.measure_label) for cell in FORMS[entry["form"]].cells()}
        assert ours == {
            (f"{part['part']}/{c[0]}", *c[1:]) for part in entry["parts"] for c in codebook_cells(part)
        }


def codebook_cells(part: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (f"{row['item']}/{measure['measure']}", row["label"].split(" / ")[-1], measure["label"])
        for block in part.get("blocks", [part])
        for row in block.get("rows", block.get("items", []))
        if "item" in row
        for measure in block["measures"]
    ]


@pytest.fixture
def data() -> dict[str, Any]:
    return tomllib.loads(dataset_file("forms", "2021.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda form: form["block"][0].update(shape="circle"),
        lambda form: form["block"][0]["rows"][0].update(colour="red"),
        lambda form: form["block"][0]["rows"].append(copy.deepcopy(form["block"][0]["rows"][0])),
        lambda form: form["identity"][0]["left"].append("nothing_of_this_name"),
        lambda form: form["identity"][0].update(each="page"),
        lambda form: form.pop("official_document"),
    ],
)
def test_a_damaged_form_is_refused(data: dict[str, Any], damage: Any) -> None:
    damage(data)
    with pytest.raises((KeyError, ValueError)):
        parse_form(data)
