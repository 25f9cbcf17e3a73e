"""The rooms import only what CONTRIBUTING allows them, and the pure ones nothing that reaches out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EVERYONE = {"pipeline.problem", "pipeline.datasets"}
MAY_IMPORT = {
    "crawler": {
        "pipeline.archive",
        "pipeline.cluster",
        "pipeline.identify",
        "pipeline.read",
        "pipeline.working_copy",
    },
    "pipeline.archive": {"pipeline.storage"},
    "pipeline.storage": set[str](),
    "pipeline.read": set[str](),
    "pipeline.identify": set[str](),
    "pipeline.forms": set[str](),
    "pipeline.extract": {"pipeline.read", "pipeline.identify", "pipeline.forms"},
    "pipeline.check": {"pipeline.extract", "pipeline.forms"},
    "pipeline.sample": {"pipeline.forms"},
    "pipeline.divisions": set[str](),
    "pipeline.upload": {"pipeline.publish", "pipeline.storage"},
    "pipeline.organs": set[str](),
}
PURE = ("pipeline.read", "pipeline.identify", "pipeline.extract", "pipeline.check")
REACHES_OUT = {
    "asyncio", "httpx", "io", "os", "pathlib", "random", "requests", "scrapy", "shutil", "socket", "subprocess",
    "tempfile", "threading", "time", "twisted", "urllib.request",
}  # fmt: skip
TOUCHES_NOTHING = {"io.BytesIO"}  # bytes that are at hand, for a library that wants a file
# Bytes to a process that reads them, its answer back, and nothing else.
HANDS_OVER = {"pipeline/read/office/soffice.py", "pipeline/read/apart.py"}


def modules(room: str) -> list[Path]:
    found = sorted(ROOT.joinpath(*room.split(".")).rglob("*.py"))
    assert found
    return found


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def room_of(name: str) -> str:
    return ".".join(name.split(".")[: 2 if name.startswith("pipeline.") else 1])


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_what_it_may(room: str) -> None:
    allowed = MAY_IMPORT[room] | EVERYONE | {room}
    wrong = [
        f"{module.relative_to(ROOT)}: {name}"
        for module in modules(room)
        for name in imported(module)
        if name.split(".")[0] in {"crawler", "gongkai", "pipeline"} and room_of(name) not in allowed
    ]
    assert not wrong


def test_nothing_of_the_pipeline_imports_crawler_or_face() -> None:
    wrong = [
        f"{module.relative_to(ROOT)}: {name}"
        for module in modules("pipeline")
        for name in imported(module)
        if name.split(".")[0] in {"crawler", "gongkai"}
    ]
    assert not wrong


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_touches_no_network_disk_or_clock(room: str) -> None:
    wrong = [
        f"{module.relative_to(ROOT)}: {name}"
        for module in modules(room)
        if str(module.relative_to(ROOT)) not in HANDS_OVER
        for name in imported(module)
        if REACHES_OUT & {name.split(".")[0], ".".join(name.split(".")[:2])} and name not in TOUCHES_NOTHING
    ]
    assert not wrong


def test_no_module_is_longer_than_300_lines() -> None:
    code = [path for room in ("crawler", "gongkai", "pipeline", "benchmarks") for path in modules(room)]
    long = [str(path.relative_to(ROOT)) for path in code if len(path.read_text("utf-8").splitlines()) > 300]
    assert not long
