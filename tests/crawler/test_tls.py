"""Servers that are old or cannot prove themselves, over real TLS: what is got from them, and what is said of it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from pipeline.archive import Entry, Outcome, Tls
from tests.crawler import town
from tests.crawler.command import crawl, ledger, portals_file
from tests.crawler.farm import Farm

_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_OLD = "DEFAULT@SECLEVEL=0"


@dataclass(frozen=True, slots=True)
class Authority:
    """One that the crawl is told to trust, and the folder of what it has signed."""

    folder: Path
    key: rsa.RSAPrivateKey
    name: x509.Name

    @classmethod
    def make(cls, folder: Path) -> Authority:
        authority = cls(folder, _KEY, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "清溪镇 CA")]))
        own = authority._certificate(authority.name, -9, 9).add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True
        )
        (folder / "ca.pem").write_bytes(_pem(own.sign(_KEY, hashes.SHA256())))
        return authority

    def context(
        self, address: str, *, until: int = 9, key_size: int | None = None, named: bool = True
    ) -> ssl.SSLContext:
        """A server's context whose certificate is for an address and runs out in so many days."""
        key = _KEY if key_size is None else rsa.generate_private_key(public_exponent=65537, key_size=key_size)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        certificate = self._certificate(name, -9, until, key)
        if named:
            certificate = certificate.add_extension(names, critical=False)
        path = self.folder / f"{address} {until}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(private + _pem(certificate.sign(self.key, hashes.SHA256())))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if key_size is not None:
            context.set_ciphers(_OLD)
        context.load_cert_chain(path)
        return context

    def _certificate(
        self, name: x509.Name, begins: int, ends: int, key: rsa.RSAPrivateKey = _KEY
    ) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=begins))
            .not_valid_after(now + timedelta(days=ends))
        )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def old(context: ssl.SSLContext) -> ssl.SSLContext:
    """The same, as a server that knows nothing newer than TLS 1.0."""
    context.set_ciphers(_OLD)
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with pytest.warns(DeprecationWarning, match="TLSv1 is deprecated"):
        context.maximum_version = ssl.TLSVersion.TLSv1
    return context


def serves_old_tls(authority: Authority) -> bool:
    """Whether the system's OpenSSL can speak TLS 1.0 with itself."""
    server = old(authority.context("127.0.0.1"))
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    client.set_ciphers(_OLD)
    client.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [client.wrap_bio(back, there), server.wrap_bio(there, back, server_side=True)]
    try:
        for _ in range(4):
            for end in ends:
                try:
                    end.do_handshake()
                except ssl.SSLWantReadError:
                    continue
    except ssl.SSLError:
        return False
    return ends[0].version() == "TLSv1"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.make(tmp_path_factory.mktemp("tls"))


Contexts = Mapping[str, Callable[[str], ssl.SSLContext | None]]


def crawled(
    authority: Authority, folder: Path, contexts: Contexts, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Farm, list[Entry]]]:
    """The name, the server and the ledger of each of these portals, all crawled at once, a quarter second apart."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.folder / "ca.pem"))
    with ExitStack() as stack:
        farms: dict[str, Farm] = {}
        for number, (name, context) in enumerate(contexts.items(), start=20):
            address = f"127.0.0.{number}"
            farm = Farm(town.small, address, tls=context(address), plain=False)
            farm.home = farm.home.replace("http:", "https:")
            farms[name] = stack.enter_context(farm)
        portals = portals_file(folder, {name: farm.home for name, farm in farms.items()})
        crawl(portals, folder, "--delay", "0.25")
    entries = ledger(folder)
    for name, farm in farms.items():
        yield name, farm, [entry for entry in entries if entry.portal == name]


def test_what_cannot_prove_itself_is_taken_and_told_from_the_rest(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contexts: Contexts = {
        "normal": authority.context,
        "expired": lambda address: authority.context(address, until=-1),
        "of_another": lambda _: authority.context("127.0.0.99"),
        "of_nobody": lambda address: authority.context(address, named=False),
        "weak_key": lambda address: authority.context(address, key_size=1024),
        "no_tls": lambda _: None,
    }
    expected = {
        "normal": Tls.NORMAL,
        "expired": Tls.UNVERIFIED,
        "of_another": Tls.UNVERIFIED,
        "of_nobody": Tls.UNVERIFIED,
        "weak_key": Tls.UNVERIFIED,
    }
    for name, farm, entries in crawled(authority, tmp_path, contexts, monkeypatch):
        if name == "no_tls":
            secure = [entry for entry in entries if entry.url.startswith("https:")]
            assert [entry.outcome for entry in secure] == [
                Outcome.BROKEN_TLS
            ] * 2  # robots.txt and the home page
            assert {entry.tls for entry in entries} == {None}
            continue
        came = [entry for entry in entries if entry.status is not None]
        assert {entry.tls for entry in came} == {expected[name]}, name
        assert sum(entry.kind == "report" and entry.outcome == Outcome.HELD for entry in came) == 3, name
        first, *others = came
        assert first.attempts == (1 if name in ("normal", "of_nobody") else 2), name
        assert {entry.attempts for entry in others} == {1}, name  # the way is known from then on
        answers = [(one.answered, two.came) for one, two in pairwise(farm.asked)]
        for before, after in [*answers, *pairwise(farm.connected)]:
            assert after - before >= 0.23, name


def test_tls_of_old_servers_is_tried_after_the_normal_attempt(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not serves_old_tls(authority):
        pytest.skip("the OpenSSL of this system speaks no TLS 1.0, so there is no server to ask")
    contexts: Contexts = {
        "legacy": lambda address: old(authority.context(address)),
        "legacy_unverified": lambda address: old(authority.context(address, until=-1)),
    }
    for name, _, entries in crawled(authority, tmp_path, contexts, monkeypatch):
        came = [entry for entry in entries if entry.status is not None]
        assert {entry.tls for entry in came} == {Tls(name)}, name
        assert sum(entry.kind == "report" and entry.outcome == Outcome.HELD for entry in came) == 3, name
        assert came[0].attempts == (2 if name == "legacy" else 3)
