"""A notebook as a script: a process of its own, with nothing in it that another cell or test has left there."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
_GLYPHS = """
import runpy
runpy.run_path(sys.argv[0], run_name="__main__")
import altair, vl_convert
def drawn(text):
    chart = altair.Chart(altair.Data(values=[{"text": text}])).mark_text(size=40).encode(text="text:N")
    return vl_convert.vegalite_to_png(chart.configure(font="Noto Sans CJK SC, sans-serif").to_json())
print(len({drawn(sign) for sign in "公开甲"}))
"""


def script(name: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the notebook on the data of `demo` in the folder."""
    command = [sys.executable, str(NOTEBOOKS / name), *options]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, encoding="utf-8")


def draws_chinese(name: str, folder: Path, *options: str) -> bool:
    """Whether different characters look different after the notebook has run: without a font all are the same box."""
    code = f"import sys; sys.argv = {[str(NOTEBOOKS / name), *options]!r}{_GLYPHS}"
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, check=True, capture_output=True, text=True
    )
    return ended.stdout.endswith("3\n")


def size_of_png(path: Path) -> tuple[int, int]:
    """Width and height of a PNG file."""
    body = path.read_bytes()
    assert body.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", body[16:24])
    return width, height
