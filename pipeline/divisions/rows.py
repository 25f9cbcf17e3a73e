"""The rows of `divisions.csv`: every division and development zone, with the years in which its name stood. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.divisions.changes import BEGUN, Change, State
from pipeline.divisions.editions import MIXED, STATISTICS, Edition, is_zone
from pipeline.divisions.names import alias_of, level_of, stem_of, unique
from pipeline.problem import Problem

COLUMNS = (
    "code", "name", "level", "parent_code", "province", "city", "short_name", "alias", "valid_from", "valid_to",
    "successors", "source",
)  # fmt: skip
Row = dict[str, str]


def division_rows(
    states: Mapping[int, State],
    changes: Sequence[Change],
    lists: Sequence[tuple[Edition, State]],
    no_short_names: Iterable[str],
) -> list[Row]:
    """One row a code and name, by code and year.

    `no_short_names` are codes whose short name could be another place. Raises Problem where no list holds a row.
    """
    begun = {(change.code, change.name): change for change in changes if change.change == BEGUN}
    ended = {(change.code, change.name): change for change in changes if change.change != BEGUN}
    rows = []
    for code, name in sorted({pair for state in states.values() for pair in state.items()}):
        start, end = begun.get((code, name)), ended.get((code, name))
        year = end.year - 1 if end else max(states)
        row = _row(code, name, level_of(code), _parent(code, states[year]))
        row["valid_from"] = str(start.year) if start else ""
        row["valid_to"] = str(end.year) if end else ""
        row["successors"] = " ".join(end.related) if end else ""
        rows.append(row)
    rows += _zones(dict(lists), states[max(states)])
    current = [row for row in rows if not row["valid_to"] and row["level"] != "zone"]
    _name_short(current, frozenset(no_short_names))
    latest = {row["code"]: row["name"] for row in sorted(rows, key=_order)}
    for row in rows:
        _complete(row, latest)
        row["source"] = " ".join(
            dict.fromkeys(e.package for e, listed in lists if listed.get(row["code"]) == row["name"])
        )
        if not row["source"]:
            raise Problem(f"No list holds {row['code']} {row['name']}.")
    return sorted(rows, key=_order)


def _order(row: Row) -> tuple[str, str, bool, str]:
    """By code; of one code, the name that stands last."""
    return row["code"], row["valid_to"] or "9999", not row["successors"], row["name"]


def _row(code: str, name: str, level: str, parent: str) -> Row:
    return {**dict.fromkeys(COLUMNS, ""), "code": code, "name": name, "level": level, "parent_code": parent}


def _parent(code: str, state: State) -> str:
    if code.endswith("0000"):
        return ""
    prefecture = code[:4] + "00"
    return prefecture if prefecture in state and prefecture != code else code[:2] + "0000"


def _zones(lists: Mapping[Edition, State], state: State) -> list[Row]:
    """The zones of the lists of the statistics office; when each began and ended is not known. One that the newer
    list has under another code or name has that as its successor.
    """
    newer = {code: name for code, name in lists[STATISTICS].items() if is_zone(code)}
    codes = {name: code for code, name in newer.items()}
    rows = [_row(code, name, "zone", _parent(code, state)) for code, name in newer.items()]
    for code, name in lists[MIXED].items():
        if is_zone(code) and newer.get(code) != name:
            row = _row(code, name, "zone", _parent(code, state))
            row["successors"] = codes.get(name) or (code if code in newer else "")
            rows.append(row)
    return rows


def _name_short(current: Sequence[Row], without: frozenset[str]) -> None:
    """Give the short names and aliases of divisions that stand, where no other place has them."""
    names = {row["name"] for row in current}
    aliases = unique((alias_of(row["name"]) for row in current), names)
    for row in current:
        alias = alias_of(row["name"])
        row["alias"] = alias if alias in aliases else ""
        if row["level"] in ("prefecture", "municipality") and row["code"] not in without:
            row["short_name"] = stem_of(row["name"]) or ""


def _complete(row: Row, latest: Mapping[str, str]) -> None:
    """Name the province and the city; a municipality, and what stands directly below a province, is its own city."""
    code, parent = row["code"], row["parent_code"]
    row["province"] = latest[code[:2] + "0000"]
    if row["level"] == "province":
        return
    if row["level"] in ("municipality", "prefecture"):
        row["city"] = row["name"]
    elif parent.endswith("0000") and latest[parent][-1] != "市":
        row["city"] = "" if row["level"] == "zone" else row["name"]
    else:
        row["city"] = latest[parent]
