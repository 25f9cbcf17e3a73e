"""Who is who among organs: one name for the ways it is printed, and what reforms made of it. Pure, but for the loading
of the reviewed files `datasets/registry/organ_kinds.toml`, `organ_changes.toml` and `organs.toml`.
"""

from __future__ import annotations

from pipeline.organs.changes import Change, ChangeKind, Reforms
from pipeline.organs.decisions import Decisions
from pipeline.organs.load import Registry, load_registry
from pipeline.organs.naming import OrganName, level_before, name_organ
from pipeline.organs.vocabulary import Kind, Vocabulary

__all__ = [
    "Change",
    "ChangeKind",
    "Decisions",
    "Kind",
    "OrganName",
    "Reforms",
    "Registry",
    "Vocabulary",
    "level_before",
    "load_registry",
    "name_organ",
]
