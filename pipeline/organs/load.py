"""The reviewed files on organs, read once and held against one another."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pipeline.datasets import dataset_file
from pipeline.organs.changes import Reforms, parse_reforms
from pipeline.organs.decisions import Decisions, parse_decisions
from pipeline.organs.strict import Entry
from pipeline.organs.vocabulary import Vocabulary, parse_vocabulary
from pipeline.problem import Problem

_Parsed = TypeVar("_Parsed")


@dataclass(frozen=True, slots=True)
class Registry:
    """All that is known of organs beside their reports."""

    vocabulary: Vocabulary
    reforms: Reforms
    decisions: Decisions


def load_registry() -> Registry:
    """The reviewed files. Raises Problem that names the file and what is wrong in it."""
    vocabulary = _parsed("organ_kinds.toml", parse_vocabulary)
    return Registry(
        vocabulary,
        _parsed("organ_changes.toml", lambda data: parse_reforms(data, vocabulary)),
        _parsed("organs.toml", parse_decisions),
    )


def _parsed(name: str, parse: Callable[[Entry], _Parsed]) -> _Parsed:
    path = dataset_file("registry", name)
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, TypeError, ValueError) as error:
        raise Problem(f"The file {path} cannot be used: {error}. Put it right or restore it.") from error
