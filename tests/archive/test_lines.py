"""The append-only line file: torn, damaged, newer, full and read while written."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import DamagedLedger
from pipeline.archive.lines import LineFile, encode_line, read_line_at, read_lines
from pipeline.problem import Problem

ANY_TEXT = st.text(st.characters(exclude_categories=()))
LINES = st.lists(
    st.dictionaries(ANY_TEXT.filter(lambda key: key != "v"), ANY_TEXT | st.integers() | st.none())
)


def same(line: Mapping[str, object]) -> dict[str, object]:
    return dict(line)


def lines_of(path: Path) -> list[dict[str, object]]:
    return [line for _, line in read_lines(path, same)]


@given(LINES)
def test_what_goes_in_comes_out(
    tmp_path_factory: pytest.TempPathFactory, given_lines: list[dict[str, object]]
) -> None:
    path = tmp_path_factory.mktemp("lines") / "file.jsonl"
    path.write_bytes(b"".join(map(encode_line, given_lines)))
    found = list(read_lines(path, same))
    assert [line for _, line in found] == given_lines
    assert [read_line_at(path, offset, same) for offset, _ in found] == given_lines


def test_chinese_stands_readable_in_the_file() -> None:
    assert encode_line({"text": "公开"}) == '{"v":2,"text":"公开"}\n'.encode()


def test_a_last_line_torn_at_any_byte_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    first, last, next_line = {"text": "第一行"}, {"text": "公开\n}{", "n": {"a": [1, {}]}}, {"text": "下一行"}
    kept, torn = encode_line(first), encode_line(last)
    for length in range(len(torn) + 1):
        path.write_bytes(kept + torn[:length])
        whole = length >= len(torn) - 1  # nothing or only the newline is missing
        expected = [first, last] if whole else [first]
        assert lines_of(path) == expected, "a reader passes over the torn line"
        assert path.stat().st_size == len(kept) + length, "and changes nothing"
        file = LineFile(path)
        file.append(next_line)
        file.close()
        assert lines_of(path) == [*expected, next_line]


def test_a_first_line_torn_at_any_byte_leaves_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    torn = encode_line({"text": "公开"})
    for length in range(1, len(torn) - 1):
        path.write_bytes(torn[:length])
        LineFile(path).close()
        assert path.read_bytes() == b""


def test_a_torn_line_longer_than_a_block_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    kept, torn = encode_line({"text": "x" * 200_000}), encode_line({"text": "y" * 300_000})
    path.write_bytes(kept + torn[:-5])
    LineFile(path).close()
    assert path.read_bytes() == kept


@pytest.mark.parametrize("tail", [b"\0" * 50, b'{"v":1,"a' + b"\0" * 50, b"\0" * 50 + b'"}\n'])
def test_blocks_of_zeros_that_a_power_cut_leaves_are_cut_off(tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / "file.jsonl"
    path.write_bytes(encode_line({"a": 1}) + tail)
    LineFile(path).close()
    assert lines_of(path) == [{"a": 1}]


@pytest.mark.parametrize(
    "damage", [b"garbage\n", b"[1]\n", b'{"v":1,\n', b"\xff\n", b"\n", b'{"a":1}\n', b"[" * 9999 + b"\n"]
)
def test_a_damaged_line_is_named(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "file.jsonl"
    path.write_bytes(encode_line({"a": 1}) + damage + encode_line({"a": 3}))
    with pytest.raises(DamagedLedger, match=r"^Line 2 of .*file\.jsonl is damaged"):
        lines_of(path)


def test_a_line_of_a_newer_gongkai_is_said_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    path.write_bytes(encode_line({"a": 1}) + b'{"v":99,"shape":"unheard of"}\n')
    with pytest.raises(Problem, match=r"Line 2 of .* written by a newer gongkai.*Update gongkai") as caught:
        lines_of(path)
    assert not isinstance(caught.value, DamagedLedger)


def test_no_file_has_no_lines(tmp_path: Path) -> None:
    assert lines_of(tmp_path / "none.jsonl") == []


def test_a_reader_takes_no_growing_line_for_two(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    lines: list[dict[str, object]] = [{"n": number, "text": "公" * 40} for number in range(150)]
    done = threading.Event()

    def write_piece_by_piece() -> None:
        with path.open("wb", buffering=0) as stream:
            whole = b"".join(map(encode_line, lines))
            for start in range(0, len(whole), 7):
                stream.write(whole[start : start + 7])
        done.set()

    writer = threading.Thread(target=write_piece_by_piece)
    writer.start()
    while not done.is_set():
        found = lines_of(path)
        assert found == lines[: len(found)]
    writer.join()
    assert lines_of(path) == lines
