"""Ways to a secure connection: today's standard first, and what old servers need after it has failed."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from types import MappingProxyType

from aiohttp import ClientConnectorCertificateError, ClientConnectorError, ClientConnectorSSLError
from OpenSSL import SSL
from service_identity import VerificationError
from twisted.internet.error import ConnectionClosed, VerifyError

from pipeline.archive import Tls

_LEGACY_SERVER_CONNECT = 0x4  # of OpenSSL; Python names it from 3.12 on


class Trouble(Enum):
    """Why no secure connection was made."""

    CERTIFICATE = auto()  # it does not prove the host
    PROTOCOL = auto()  # no version, cipher or key that both sides would take
    HANDSHAKE = auto()  # closed without a word while it was being agreed on
    # closed without a word, be it then or later: old servers do so when offered new TLS only
    DROPPED = auto()


_NEXT: Mapping[tuple[Tls, Trouble], Tls] = MappingProxyType(
    {
        (Tls.NORMAL, Trouble.CERTIFICATE): Tls.UNVERIFIED,
        (Tls.NORMAL, Trouble.PROTOCOL): Tls.LEGACY,
        (Tls.NORMAL, Trouble.DROPPED): Tls.LEGACY,
        (Tls.UNVERIFIED, Trouble.PROTOCOL): Tls.LEGACY_UNVERIFIED,
        (Tls.LEGACY, Trouble.CERTIFICATE): Tls.LEGACY_UNVERIFIED,
    }
)


def next_way(tls: Tls, trouble: Trouble) -> Tls | None:
    """What to try after a way has failed, None where nothing is left."""
    return _NEXT.get((tls, trouble))


def trouble_of(error: BaseException) -> Trouble | None:
    """What a failed download says of the secure connection, None where it failed for another reason."""
    for cause in _causes(error):
        if isinstance(cause, ClientConnectorCertificateError | VerificationError | VerifyError):
            return Trouble.CERTIFICATE
        if isinstance(cause, ClientConnectorSSLError):
            return Trouble.PROTOCOL
        if isinstance(cause, ClientConnectorError) and isinstance(cause.os_error, ConnectionResetError):
            return Trouble.HANDSHAKE
        if isinstance(cause, SSL.Error):
            failed = "certificate verify failed" in str(cause)
            return Trouble.CERTIFICATE if failed else Trouble.PROTOCOL
        if isinstance(cause, ConnectionClosed):
            return Trouble.DROPPED
    return None


def is_lasting(error: BaseException) -> bool:
    """Whether two sides could not agree on how to be secure: asking again does not help then."""
    return trouble_of(error) in (Trouble.CERTIFICATE, Trouble.PROTOCOL)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """What broke a download, as aiohttp and Twisted wrap it."""
    cause = error.__cause__
    if cause is not None:
        yield cause
        yield from (reason.value for reason in getattr(cause, "reasons", ()))


def context(tls: Tls) -> ssl.SSLContext:
    """The context of Python's ssl for a way that is not the normal one. It uses the system's OpenSSL, which still
    has what is old; the one that comes with Scrapy has not.
    """
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if tls is Tls.LEGACY:
        made.load_default_certs()
    else:
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    if tls is Tls.UNVERIFIED:
        made.set_ciphers("DEFAULT")
    else:
        made.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        made.set_ciphers("DEFAULT@SECLEVEL=0")
        made.options |= _LEGACY_SERVER_CONNECT
    return made
