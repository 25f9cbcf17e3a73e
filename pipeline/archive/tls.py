"""How the connection was secured over which an answer came."""

from __future__ import annotations

from pipeline.archive.word import Word


class Tls(Word):
    """What a https connection proves.

    Only `NORMAL` and `LEGACY` prove whose server answered, and of these only `NORMAL` by today's standard. Each
    of the others is taken only after what stands above it has failed.
    """

    NORMAL = "normal", "Secured by today's standard, and the certificate proves the host."
    UNVERIFIED = (
        "unverified",
        "The certificate does not prove the host (expired, self-signed, another's): anybody may have answered.",
    )
    LEGACY = (
        "legacy",
        "The certificate proves the host, but only TLS or ciphers were offered that can be broken today.",
    )
    LEGACY_UNVERIFIED = (
        "legacy_unverified",
        "Old TLS or ciphers, and a certificate that does not prove the host.",
    )
