"""Several pictures that are the pages of one document: scans, or slices of one table."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.blocks import Document, ReadIssue, Sheaf
from pipeline.read.given import Slow, Unreadable
from pipeline.read.scan.apart import read_together
from pipeline.read.sniff import PNG


def read_sheaf(pictures: Sequence[bytes | None], slow: Slow | None = None) -> Sheaf:
    """Read the pictures in their order; nothing raises. None stands for one that is known to be there and was not got:
    no table goes on over it. `slow` as in `pipeline.read.given`.
    """
    try:
        (sheaf,) = read_sheaves([pictures], slow or Slow())
    except Unreadable as reason:
        issue = ReadIssue(reason.code, reason.message)
        return Sheaf(Document(PNG, issues=(issue,)), tuple(range(1, len(pictures) + 1)))
    return sheaf


def read_sheaves(runs: Sequence[Sequence[bytes | None]], slow: Slow) -> list[Sheaf]:
    """As `read_sheaf`, of pictures that stand in one document with other things between them: they are counted on from
    run to run, and no table goes on from one to the next. Raises Unreadable where none can be read.
    """
    from pipeline.read.readers import check_installed  # noqa: PLC0415 - whose readers read pictures too

    check_installed(PNG)
    return read_together(runs, slow)
