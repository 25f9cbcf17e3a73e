"""A row goes into a list of portals without touching the others, and only for what may be registered."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.portal_rows import COLUMNS, add_row, read_rows, rows_of_province
from crawler.portals import Portal, load_portals
from crawler.probing import Probe
from crawler.registering import Adding, Place, RowState, state_of
from pipeline.archive import Outcome
from pipeline.problem import InputProblem, Problem

_LIST = (
    "code,name,home,note,group\r\n"
    '370800,"济宁市",http://www.jining.gov.cn/,"zwei\nZeilen, ""so""",370800\r\n'
    "370900 ,泰安市,http://www.taian.gov.cn/, ,\r\n"
    "kjj,科技局,http://kjj.taian.gov.cn/x/,,"
)  # fmt: skip
_PLACES = {
    "370881": Place("曲阜市", "山东省", "济宁市", "370800"),
    "370811": Place("任城区", "山东省", "济宁市", "370800"),
}
_HOME = "http://www.qufu.gov.cn/"
_TODAY = date(2026, 11, 29)


def seen(**more: object) -> Probe:
    found: dict[str, object] = {
        "home": Outcome.HELD,
        "family": "jpage",
        "columns": (_HOME + "col/col1/", _HOME + "col/col2/"),
        "announced": 31,
        "site_code": "3708810001",
        "site_name": "曲阜市人民政府",
        "site_domain": "www.qufu.gov.cn",
    }
    return Probe(Portal("new", "x", _HOME), **{**found, **more})  # type: ignore[arg-type]


def listed(folder: Path, text: str = _LIST) -> Path:
    path = folder / "portals.csv"
    path.write_bytes(text.encode())
    return path


def test_a_row_goes_between_the_others_and_leaves_them_byte_for_byte(tmp_path: Path) -> None:
    path = listed(tmp_path)
    row, doubts = Adding(path, _PLACES).write(seen(), _TODAY)
    assert doubts == []
    assert row["verified"] == "probed, column of reports found, 2026-11-29"
    before, after = _LIST.split("370900 ", 1)
    assert path.read_bytes().decode() == before + f"370881,曲阜市,{_HOME},,370800\r\n370900 " + after + "\r\n"
    assert [p.code for p in load_portals(path)] == ["370800", "370881", "370900", "kjj"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_list_that_is_not_there_is_begun(tmp_path: Path) -> None:
    path = tmp_path / "portals.csv"
    Adding(path, _PLACES).write(seen(scheme_switched=True), _TODAY)
    (row,) = read_rows(path)
    assert tuple(row) == COLUMNS
    assert (row["code"], row["name"], row["home"], row["family"]) == ("370881", "曲阜市", _HOME, "jpage")
    assert (row["province"], row["city"], row["group"]) == ("山东省", "济宁市", "")
    assert (row["evidence"], row["access"]) == (_HOME + "col/col1/", "protocol-switch")


_cells = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    max_size=8,
)


@given(
    codes=st.lists(st.integers(100000, 999999), min_size=1, max_size=8, unique=True),
    cells=st.lists(st.one_of(_cells, st.just('a "b",\nc')), min_size=8, max_size=8),
    new=st.integers(100000, 999999),
    ending=st.sampled_from(["\n", "\r\n"]),
    bom=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_list_takes_a_row(
    tmp_path: Path, codes: list[int], cells: list[str], new: int, ending: str, bom: bool
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=ending)
    writer.writerow(["note", "code", "name", "home"])
    for code, note in zip(sorted(codes), cells, strict=False):
        writer.writerow([note, code, "甲市", f"http://{code}.gov.cn/"])
    path = listed(tmp_path, ("\ufeff" if bom else "") + text.getvalue())
    row = {"code": str(new), "name": "乙市", "home": "http://new.gov.cn/"}
    if new in codes:
        with pytest.raises(InputProblem, match="is there already"):
            add_row(path, row)
        return
    before = path.read_bytes()
    add_row(path, row)
    line = f",{new},乙市,http://new.gov.cn/{ending}".encode()
    after = path.read_bytes()
    assert after.count(line) == 1
    assert after.replace(line, b"") == before
    assert [portal.code for portal in load_portals(path)] == [str(code) for code in sorted([*codes, new])]


@pytest.mark.parametrize(
    ("code", "url", "said"),
    [
        ("370800", "http://www.other.gov.cn/", "370800 is there already: 济宁市"),
        (None, "https://jining.gov.cn/zwgk/", "is there already: 370800 济宁市"),
        (None, "http://brianwinch.com/", "no host of the government"),
        (None, "http://www.jining.gov.cn.example.com/", "no host of the government"),
        (None, "http://39.102.231.87/", "--allow-host"),
        (None, "www.qufu.gov.cn", "no http or https address"),
    ],
)
def test_what_must_not_be_registered_is_refused_before_it_is_asked(
    tmp_path: Path, code: str | None, url: str, said: str
) -> None:
    with pytest.raises(InputProblem, match=said):
        Adding(listed(tmp_path), _PLACES, code=code).portal(url, allow_host=False)


def test_a_bare_address_is_taken_where_a_person_says_so_and_no_other_host_is(tmp_path: Path) -> None:
    adding = Adding(listed(tmp_path), _PLACES, code="410581", name="林州市")
    assert adding.portal("http://39.102.231.87", allow_host=True) == Portal(
        "410581", "林州市", "http://39.102.231.87/"
    )
    with pytest.raises(InputProblem, match="no host of the government"):
        adding.portal("http://brianwinch.com/", allow_host=True)


@pytest.mark.parametrize(
    ("more", "doubt"),
    [
        ({"site_code": None}, "no SiteIDCode of ten digits (none)"),
        ({"site_code": "bm01000001"}, "no SiteIDCode of ten digits (bm01000001)"),
        ({"site_code": "3708110001"}, "one of 370811 (任城区)"),
        ({"site_code": "5001120001"}, "one of 500112 (no division of the registry)"),
        ({"site_domain": "www.cqnc.gov.cn"}, "its SiteDomain is www.cqnc.gov.cn, not qufu.gov.cn"),
    ],
)
def test_what_speaks_against_a_portal_is_told(
    tmp_path: Path, more: dict[str, str | None], doubt: str
) -> None:
    _, doubts = Adding(listed(tmp_path), _PLACES, code="370881").write(seen(**more), _TODAY)
    assert len(doubts) == 1
    assert doubt in doubts[0]


def test_a_portal_that_says_neither_code_nor_name_needs_a_person(tmp_path: Path) -> None:
    path = listed(tmp_path)
    for code, more in (
        (None, {"site_code": None}),
        (None, {"site_code": "9999990001"}),
        ("zone1", {"site_name": None}),
    ):
        with pytest.raises(InputProblem, match=r"--code CODE|--name NAME"):
            Adding(path, _PLACES, code=code).write(seen(**more), _TODAY)
    assert path.read_bytes().decode() == _LIST
    row, _ = Adding(path, _PLACES, code="zone1").write(seen(), _TODAY)
    assert (row["code"], row["name"], row["province"], row["group"]) == ("zone1", "曲阜市人民政府", "", "")


@pytest.mark.parametrize(
    "home", [Outcome.OFFSITE_REDIRECT, Outcome.CHALLENGE, Outcome.TIMEOUT, Outcome.NOT_FOUND]
)
def test_what_did_not_answer_is_not_written(tmp_path: Path, home: Outcome) -> None:
    path = listed(tmp_path)
    with pytest.raises(Problem, match="Nothing was written"):
        Adding(path, _PLACES).write(seen(home=home, columns=()), _TODAY)
    assert path.read_bytes().decode() == _LIST


@pytest.mark.parametrize(
    ("more", "pinned", "state"),
    [
        ({}, None, RowState.HOLDS),
        ({}, "jpage", RowState.HOLDS),
        ({}, "vsb", RowState.FAMILY_CHANGED),
        ({"family": None}, "vsb", RowState.FAMILY_CHANGED),
        ({"family": None}, None, RowState.HOLDS),
        ({"columns": (), "announced": 0}, "vsb", RowState.NO_COLUMN),
        ({"home": Outcome.OFFSITE_REDIRECT, "moved_to": "http://b.gov.cn/"}, None, RowState.MOVED),
        ({"home": Outcome.CHALLENGE}, None, RowState.REFUSED),
        ({"home": Outcome.ROBOTS_REFUSED}, None, RowState.REFUSED),
        ({"home": Outcome.TIMEOUT}, None, RowState.UNREACHABLE),
        ({"home": Outcome.SOFT_404}, None, RowState.UNREACHABLE),
    ],
)
def test_the_state_of_a_row(more: dict[str, object], pinned: str | None, state: RowState) -> None:
    assert state_of(seen(**more), pinned)[0] is state


def test_rows_of_a_province(tmp_path: Path) -> None:
    path = tmp_path / "portals.csv"
    Adding(path, _PLACES).write(seen(), _TODAY)
    assert list(read_rows(path)[0]) == list(COLUMNS)
    assert (
        rows_of_province(path, "山东省") == rows_of_province(path, "370000") == rows_of_province(path, None)
    )
    with pytest.raises(InputProblem, match="no portal is of 河北省"):
        rows_of_province(path, "河北省")
