"""Web archives (mht, mhtml, and what Word saves as such under the name doc): their page, without what goes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.errors import MessageError

from pipeline.read.blocks import Document
from pipeline.read.given import Given, Unreadable
from pipeline.read.pages import read_html
from pipeline.read.sniff import HTML

_MAX_PARTS = 2_000


@dataclass(frozen=True, slots=True)
class PagePart:
    """The bytes of the page and the charset that its part declares."""

    data: bytes
    charset: str | None


def page_part(data: bytes) -> PagePart:
    """The first page of a web archive. Raises Unreadable where there is none, or the archive is cut off in it."""
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        for number, part in enumerate(message.walk()):
            if number > _MAX_PARTS:
                break
            if part.get_content_type() == HTML:
                body = part.get_payload(decode=True)
                if isinstance(body, bytes) and body.strip():
                    _check_end(data, message.get_boundary())
                    return PagePart(body, part.get_content_charset())
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise Unreadable("damaged_document", f"The web archive cannot be read: {error}.") from error
    raise Unreadable("unreadable_document", "The web archive holds no page.")


def _check_end(data: bytes, boundary: str | None) -> None:
    if boundary and b"--" + boundary.encode("latin-1", "replace") + b"--" not in data:
        raise Unreadable("damaged_document", "The web archive is cut off.")


def read_mhtml(given: Given) -> Document:
    """Read the page of a web archive."""
    part = page_part(given.data)
    document = read_html(replace(given, data=part.data, kind=HTML, declared=part.charset))
    return replace(document, media_type=given.kind)
