"""Content-encoding: what is undone, what is refused, and within which bounds."""

from __future__ import annotations

import gzip
import sys
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import UndecodableBody, decode_body

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


@given(st.binary(max_size=5000), st.lists(st.sampled_from(sorted(PACKERS)), max_size=3))
def test_what_was_packed_comes_out(body: bytes, codings: list[str]) -> None:
    packed = body
    for coding in codings:
        packed = PACKERS[coding](packed)
    assert decode_body(packed, [("content-ENCODING", ", ".join(codings).upper())]) == body


def test_deflate_without_its_envelope() -> None:
    assert decode_body(_raw_deflate(b"page" * 99), [("Content-Encoding", "deflate")]) == b"page" * 99


def test_parts_of_gzip_follow_one_another_and_padding_is_skipped() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\0"
    assert decode_body(packed, [("Content-Encoding", "x-gzip")]) == b"one two"


@pytest.mark.parametrize("value", ["utf-8", "identity", "", "none", "gzip"])
def test_a_header_that_is_not_meant_leaves_the_body(value: str) -> None:
    assert decode_body(b"<html>", [("Content-Encoding", value)]) == b"<html>"


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_no_body_is_no_body(coding: str) -> None:
    assert decode_body(b"", [("Content-Encoding", coding)]) == b""


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_a_body_that_breaks_off_is_never_passed_for_whole(coding: str) -> None:
    body = b"a page with some text to it, " * 20
    packed = PACKERS[coding](body)
    for length in range(2, len(packed)):
        try:
            assert decode_body(packed[:length], [("Content-Encoding", coding)]) == body, length
        except UndecodableBody:
            continue


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_a_body_that_breaks_off_in_the_middle_is_refused(coding: str) -> None:
    packed = PACKERS[coding](b"a page with some text to it, " * 20)
    with pytest.raises(UndecodableBody):
        decode_body(packed[: len(packed) // 2], [("Content-Encoding", coding)])


@pytest.mark.parametrize("coding", sorted(PACKERS))
@pytest.mark.parametrize("surplus", [0, 1])
def test_the_limit_is_met_to_the_byte(coding: str, surplus: int) -> None:
    packed = PACKERS[coding](b"x" * (10_000 + surplus))
    if surplus:
        with pytest.raises(UndecodableBody, match="more than 10000 bytes"):
            decode_body(packed, [("Content-Encoding", coding)], limit=10_000)
    else:
        assert len(decode_body(packed, [("Content-Encoding", coding)], limit=10_000)) == 10_000


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_a_bomb_does_not_fill_the_memory(coding: str) -> None:
    bomb = PACKERS[coding](bytes(50_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(UndecodableBody, match="more than 4000000 bytes"):
            decode_body(bomb, [("Content-Encoding", coding)], limit=4_000_000)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_too_many_layers_and_parts_are_refused() -> None:
    with pytest.raises(UndecodableBody, match="4 times over"):
        decode_body(b"x", [("Content-Encoding", "gzip, gzip"), ("Content-Encoding", "br, gzip")])
    with pytest.raises(UndecodableBody, match="more than 1000 parts"):
        decode_body(gzip.compress(b"") * 1001, [("Content-Encoding", "gzip")])


@pytest.mark.parametrize("coding", ["compress", "dcz", "sdch"])
def test_an_encoding_we_do_not_know_is_named(coding: str) -> None:
    with pytest.raises(UndecodableBody, match=coding):
        decode_body(b"x", [("Content-Encoding", coding)])


@given(st.binary(max_size=300), st.sampled_from(sorted(PACKERS)))
def test_any_bytes_end_in_a_body_or_a_named_refusal(data: bytes, coding: str) -> None:
    for payload in (data, b"\x1f\x8b\x08" + data, b"\x28\xb5\x2f\xfd" + data):
        with suppress(UndecodableBody):
            assert isinstance(decode_body(payload, [("Content-Encoding", coding)]), bytes)
