"""What a build notes on the disk."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pipeline.tables.met import Noted, on_disk


def test_what_is_noted_is_found_again_though_there_is_more_than_is_held(tmp_path: Path) -> None:
    path = tmp_path / "met"
    with closing(on_disk(path)) as connection:
        noted = Noted(connection, "some")
        for number in range(50_000):
            assert noted.add(f"{number:064}", str(number))
        assert path.stat().st_size > 2_000_000
        assert [noted.get(f"{number:064}") for number in (0, 777, 49_999, 50_000)] == [
            "0",
            "777",
            "49999",
            None,
        ]


def test_a_value_is_added_once_and_put_in_place_of_another() -> None:
    with closing(on_disk()) as connection:
        noted, other = Noted(connection, "some"), Noted(connection, "other")
        assert noted.add("a", "1")
        assert not noted.add("a", "2")
        assert (noted.get("a"), other.get("a")) == ("1", None)
        noted.put("a", "3")
        assert noted.get("a") == "3"
