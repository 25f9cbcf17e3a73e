"""The small vocabulary of kinds of organs, and the functions (职能) by whose names they are told. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.organs.strict import Entry, entries, only, text, texts

_JOINING = re.compile(r"(?<=.)[和与及暨、,，·•・&](?=.)")
FORMED = re.compile(r"(?P<function>.{2,}?)(?P<form>局|委员会|委|厅|办公厅|办公室|办)")
"""The name of a department: what it does, and the form of its office."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One word of the vocabulary."""

    code: str
    chinese: str
    english: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`kinds` by code; `kind_of` is the kind of each function; `functions` holds each function by all its spellings,
    and `whole` function and form of names that stand for themselves. Spellings are without joining words. `in_full` has
    the names behind a place that are printed shortened.
    """

    kinds: Mapping[str, Kind]
    kind_of: Mapping[str, str]
    functions: Mapping[str, str]
    whole: Mapping[str, tuple[str, str]]
    in_full: Mapping[str, str]


def joined(name: str) -> str:
    """A name without the words that join its parts (和, 与, 及, 暨, 、), which are printed and left out at will."""
    return _JOINING.sub("", name)


def parse_vocabulary(data: Entry) -> Vocabulary:
    """The vocabulary of `organ_kinds.toml`. Raises ValueError that says what is wrong, as a spelling given twice."""
    only(data, "kind", "in_full")
    kinds: dict[str, Kind] = {}
    kind_of: dict[str, str] = {}
    functions: dict[str, str] = {}
    whole: dict[str, tuple[str, str]] = {}
    for entry in entries(data, "kind"):
        only(entry, "code", "chinese", "english", "names")
        kind = Kind(text(entry, "code"), text(entry, "chinese"), text(entry, "english"))
        if kind.code in kinds:
            raise ValueError(f"the kind {kind.code} is there twice")
        kinds[kind.code] = kind
        for function, spellings in dict(entry.get("names", {})).items():
            kind_of[function] = kind.code
            for spelling in map(joined, (function, *spellings)):
                if functions.get(spelling, function) != function or spelling in whole:
                    raise ValueError(f"{spelling} stands for {functions[spelling]} and for {function}")
                named = FORMED.fullmatch(spelling) if spelling[-1] in "局委办" else None
                if named:
                    whole[spelling] = (function, named["form"])
                else:
                    functions[spelling] = function
    return Vocabulary(kinds, kind_of, functions, whole, _in_full(data.get("in_full", {})))


def _in_full(names: Entry) -> dict[str, str]:
    """Full names by their short ones. Raises ValueError for a short name of two."""
    found: dict[str, str] = {}
    for full in names:
        for short in texts(names, full):
            if found.setdefault(short, full) != full:
                raise ValueError(f"{short} stands for {found[short]} and for {full}")
    return found
