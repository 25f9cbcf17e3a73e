"""What a finished folder of files has: its sums, and all of it on the disk."""

from __future__ import annotations

import os
from pathlib import Path

SUMS = "SHA256SUMS"
"""The file with the SHA-256 of all others in its folder."""


def synced(path: Path) -> None:
    """Return when the file, or the folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
