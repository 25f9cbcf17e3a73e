"""CHECKS.md of a release: what it was held against."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.publish.edition import Edition
from pipeline.publish.gates import Gate

_OPENING = """Before it was released, all of this was held against it. `no_floor`: nobody knows yet how many reports there
must be, so nothing says that this is whole. `overridden`: it would have failed, and a reviewer gave a reason to let it pass.

发布前逐项核对的结果。no_floor：尚无已核定的下限，不能证明齐全；overridden：审阅者说明理由后放行。

| what 内容 | found 结果 | asked for 要求 | |
| --- | --- | --- | --- |
"""


def checks_text(edition: Edition, gates: Sequence[Gate]) -> str:
    """The text: every gate, with the reviewer's reason where one was overridden."""
    rows = "".join(f"| {gate.what} | {gate.found} | {gate.asked} | {_ending(gate)} |\n" for gate in gates)
    return f"# Checks of release {edition.version.text}\n\n{_OPENING}{rows}"


def _ending(gate: Gate) -> str:
    return f"{gate.passing.value}: {gate.reason}" if gate.reason else gate.passing.value
