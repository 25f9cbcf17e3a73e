"""What an address of a storage looks like."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether this is the address of a storage, as `s3://bucket/prefix`, and no path of a folder."""
    return _SCHEME.match(text) is not None
