"""From the bytes of any document to its blocks."""

from __future__ import annotations

from pipeline.read.blocks import Document, ReadIssue
from pipeline.read.given import Given, Slow, Unreadable
from pipeline.read.readers import read
from pipeline.read.sniff import BINARY, HTML, MHTML, TEXT, XML, sniff

_BLANKS = b"\r\n\t "
_BEGINS_ANYWHERE = frozenset((BINARY, HTML, MHTML, TEXT, XML))


def read_document(
    data: bytes,
    *,
    media_type: str | None = None,
    charset: str | None = None,
    name: str | None = None,
    prose: bool = True,
    slow: Slow | None = None,
) -> Document:
    """Read any bytes; nothing raises. What cannot be read gives a document without blocks and an issue that
    says why.

    `media_type` and `charset` are what the server declared, `name` the file's name: hints, the bytes
    decide. Without `prose` the main text of pages is not looked for. `slow` as in `pipeline.read.given`.
    """
    data = _without_blanks(data)
    kind = sniff(data, declared=media_type, name=name)
    try:
        return read(Given(data, kind, charset or media_type, name, prose, slow or Slow()))
    except Unreadable as reason:
        return Document(kind, issues=(ReadIssue(reason.code, reason.message),))


def _without_blanks(data: bytes) -> bytes:
    """The bytes without the empty lines that scripts of portals write before a file, where no such file begins so."""
    bare = data.lstrip(_BLANKS)
    return data if len(bare) == len(data) or sniff(bare) in _BEGINS_ANYWHERE else bare
