"""From bytes to text: by what the bytes can be, not by what headers say of them.

Order: byte order mark; strict UTF-8 (a last character cut short still counts); what the header, then the
page itself declares; GB18030, which holds all of GB 2312 and GBK; big5. Each but the first is accepted only
if all bytes decode.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_.:\-]+)""", re.IGNORECASE
)
_PARAMETER = re.compile(r"""charset\s*=\s*["']?\s*([a-z0-9_.:\-]+)""", re.IGNORECASE)
_META_WITHIN = 4096
_CHINESE = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
# Declarations that are worth trying, to the charset that holds theirs. All others prove nothing: UTF-8 has
# been tried, and single-byte charsets decode any bytes.
_DECLARABLE = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030"} | dict.fromkeys(
    ("big5", "cp950", "big5hkscs"), "big5hkscs"
)
_FALLBACKS = ("gb18030", "big5hkscs")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the charset used. `certain` is False where bytes that no charset explains were replaced."""

    text: str
    charset: str
    certain: bool = True


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str]:
    """The text of the bytes and the charset used. `declared` is a charset's name or a whole Content-Type."""
    decoded = decode_with_evidence(data, declared=declared)
    return decoded.text, decoded.charset


def decode_with_evidence(data: bytes, *, declared: str | None = None) -> Decoded:
    """As `decode`, and whether the text is certain."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], charset, declared)
    named = _declared(data, declared)
    text = _strictly(data, "utf-8")
    if text is not None and not ("gb18030" in named and _is_chance_utf8(text, data)):
        return Decoded(text, "utf-8")
    damaged = data.decode("utf-8", errors="replace")
    if _is_damaged_utf8(damaged):
        return Decoded(damaged, "utf-8", certain=False)
    for charset in (*named, *_FALLBACKS):
        text = _strictly(data, charset)
        if text is not None:
            return Decoded(text, charset)
    return _replaced(data)


def _marked(data: bytes, charset: str, declared: str | None) -> Decoded:
    text = _strictly(data, charset)
    if text is not None:
        return Decoded(text, charset)
    if charset != "utf-8":
        return Decoded(data.decode(charset, errors="replace"), charset, certain=False)
    return decode_with_evidence(data, declared=declared)


def _declared(data: bytes, declared: str | None) -> list[str]:
    names = []
    if declared:
        parameter = _PARAMETER.search(declared)
        names.append(parameter[1] if parameter else declared)
    names.extend(name.decode("ascii") for name in _META.findall(data[:_META_WITHIN]))
    return [charset for name in names if (charset := _known(name)) is not None]


def _known(name: str) -> str | None:
    """The codec to use for a declared name, None for one that is unknown or says nothing."""
    try:
        charset = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    return _DECLARABLE.get(charset)


def _is_chance_utf8(text: str, data: bytes) -> bool:
    """Bytes of GBK that happen to be valid UTF-8 as well: they give letters of other scripts, no Chinese."""
    return not data.isascii() and not _CHINESE.search(text)


def _is_damaged_utf8(text: str) -> bool:
    """Few characters broken among many whole ones, as by a cut; other charsets break nearly all."""
    broken = text.count("\ufffd")
    others = len(text) - len(text.encode("ascii", errors="ignore")) - broken
    return 0 < broken * 10 < others


def _strictly(data: bytes, charset: str) -> str | None:
    """The text if all bytes decode, but for a last character cut short; None otherwise."""
    decoder = codecs.getincrementaldecoder(charset)(errors="strict")
    try:
        return decoder.decode(data, final=False)
    except UnicodeError:
        return None


def _replaced(data: bytes) -> Decoded:
    """The reading that has to replace least."""
    readings = [(charset, data.decode(charset, errors="replace")) for charset in ("utf-8", *_FALLBACKS)]
    charset, text = min(readings, key=lambda reading: reading[1].count("\ufffd"))
    return Decoded(text, charset, certain=False)
