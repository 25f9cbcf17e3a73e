"""Loading the forms from their files."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pipeline.datasets import dataset_file
from pipeline.forms.model import Block, Column, Form, Forms, Identity, LocalHeads, Row
from pipeline.problem import Problem

_Parsed = TypeVar("_Parsed")
_SHAPES = ("rows", "columns")


def load_forms() -> Forms:
    """Every form under `datasets/forms/`, oldest first. Raises Problem for a file that is not a form."""
    folder = dataset_file("forms")
    forms = tuple(_load(path, parse_form) for path in sorted(folder.glob("*.toml")))
    return Forms(forms, _load(dataset_file("local_tables.toml"), _local_heads))


def _load(path: Path, parse: Callable[[Mapping[str, Any]], _Parsed]) -> _Parsed:
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Problem(
            f"The form file {path} cannot be used: {error}. Put the file right or restore it."
        ) from error


def _local_heads(data: Mapping[str, Any]) -> LocalHeads:
    _only(data, ("names", "units", "own_units", "codes", "own_codes"))
    units, codes = frozenset(data["own_units"]), frozenset(data["own_codes"])
    every_unit, every_code = units | frozenset(data["units"]), codes | frozenset(data["codes"])
    return LocalHeads(frozenset(data["names"]), every_unit, every_code, units | codes)


def parse_form(data: Mapping[str, Any]) -> Form:
    """A form from the parsed content of its file.

    Raises KeyError, TypeError or ValueError for content that is no form: a key missing or unknown, an identity over
    cells that the form does not have.
    """
    blocks = tuple(_block(entry) for entry in data["block"])
    form = Form(
        code=data["form"],
        official_document=data["official_document"],
        usual_report_years=tuple(data["usual_report_years"]),
        blocks=blocks,
        identities=tuple(_identity(entry, blocks) for entry in data["identity"]),
    )
    names = [cell.name for cell in form.cells()]
    doubles = {name for name in names if names.count(name) > 1}
    if doubles:
        raise ValueError(f"cells named twice: {', '.join(sorted(doubles))}")
    return form


def _block(entry: Mapping[str, Any]) -> Block:
    if entry["shape"] not in _SHAPES:
        raise ValueError(f"shape is {entry['shape']!r}, not one of {', '.join(_SHAPES)}")
    group = entry.get("group")
    return Block(
        part=entry["part"],
        title=entry["title"],
        caption=entry.get("caption"),
        shape=entry["shape"],
        measures=tuple(_column(column) for column in entry["measures"]),
        rows=tuple(_row(row) for row in entry["rows"]),
        group=group["label"] if group else None,
        ungrouped=tuple(group.get("ungrouped", ())) if group else (),
        corner=tuple(entry.get("corner", ())),
        serial=tuple(entry.get("serial", ())),
    )


def _column(entry: Mapping[str, Any]) -> Column:
    _only(entry, ("code", "label", "english", "unit", "aliases", "signed"))
    return Column(
        entry["code"],
        entry["label"],
        entry["english"],
        entry.get("unit"),
        tuple(entry.get("aliases", ())),
        entry.get("signed", False),
    )


def _row(entry: Mapping[str, Any]) -> Row:
    if "heading" in entry:
        _only(entry, ("heading", "aliases"))
        return Row(None, entry["heading"], aliases=tuple(entry.get("aliases", ())))
    _only(entry, ("code", "label", "english", "unit", "aliases", "confirmed"))
    return Row(
        entry["code"],
        entry["label"],
        entry["english"],
        entry.get("unit"),
        tuple(entry.get("aliases", ())),
        entry.get("confirmed", True),
    )


def _identity(entry: Mapping[str, Any], blocks: Sequence[Block]) -> Identity:
    identity = Identity(
        id=entry["id"],
        part=entry["part"],
        each=entry["each"],
        left=tuple(entry["left"]),
        right=tuple(entry["right"]),
        printed=entry["printed"],
        rule=entry["rule"],
    )
    own = [block for block in blocks if block.part == identity.part]
    if identity.each == "measure":
        known = {row.code for block in own for row in block.items}
    elif identity.each == "item":
        known = {column.code for block in own for column in block.measures}
    else:
        raise ValueError(f"identity {identity.id}: each is {identity.each!r}, not measure or item")
    unknown = {*identity.left, *identity.right} - known
    if unknown:
        raise ValueError(
            f"identity {identity.id} names what the form has not: {', '.join(sorted(map(str, unknown)))}"
        )
    return identity


def _only(entry: Mapping[str, Any], keys: Sequence[str]) -> None:
    unknown = set(entry) - set(keys)
    if unknown:
        raise ValueError(f"unknown keys {', '.join(sorted(unknown))} in {dict(entry)}")
