"""`python -m benchmarks`: print what was measured."""

from __future__ import annotations

import typer

from benchmarks.building import timed_build
from benchmarks.pages import large_page, sample_pages
from benchmarks.reading import BASE, reading_rates

ROUNDS = 5
COPIES = 10


def main() -> None:
    """Measure and print."""
    pages = sample_pages()
    _print_rates(f"{len(pages)} sample reports", pages)
    _print_rates("one page of 60 KB", [large_page()] * 10)
    built = timed_build(pages, copies=COPIES)
    typer.echo(
        f"build: {built.documents} reports, {built.rows} rows in {built.seconds:.1f} s, "
        f"{built.rows / built.seconds:.0f} rows/s"
    )


def _print_rates(title: str, pages: list[bytes]) -> None:
    size = sum(map(len, pages)) / len(pages) / 1024
    typer.echo(f"{title} ({size:.0f} KB a page), median of {ROUNDS} rounds")
    for rate in reading_rates(pages, rounds=ROUNDS):
        typer.echo(f"  {rate.way:<26}{rate.pages_per_second:8.1f} pages/s {rate.ratio:6.2f} x {BASE}")


if __name__ == "__main__":
    main()
