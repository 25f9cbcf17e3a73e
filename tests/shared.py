"""The optional folder of real material beside the checkout; tests that want it are skipped, and say so, without it."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_file(*parts: str) -> Path:
    """The path of a real file; skips the calling test where the folder is not there."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the optional folder with {'/'.join(parts)} is not beside this checkout")
    return path
