"""What a person does after a yearly run, step by step. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from gongkai.show_crawl.lines import counted
from gongkai.year_report.facts import YearRun
from pipeline.publish.gates import Passing


def steps(run: YearRun) -> Iterator[str]:
    """The steps, each a paragraph of Markdown, the most urgent first."""
    year = run.standing
    data = f"--data {shlex.quote(str(run.data))}"
    if year.failed:
        yield (
            f"**Nothing was released, {counted(len(year.failed), 'check')} failed:** see below. Find out why. A floor "
            "or bound that is wrong for this release alone is overridden, with a reason, in `expectations.toml`. Then "
            "start the same command again: it goes on where it stopped."
        )
    if year.open:
        yield (
            f"**{counted(len(year.open), 'gap')} to look at.** [The report of the crawl]({run.run}.md) says what to "
            f"do about each portal, and `gongkai coverage --year {year.year} --missing {data}` names each gap. Pages "
            f"that a browser shows are taken in with `gongkai import FOLDER {data}`. Then start the same command with "
            "`--again`: it asks for the lists and for what is missing alone."
        )
    if year.doubts:
        yield (
            f"**{counted(len(year.doubts), 'doubtful reading')}.** Look at the pages of the reports named below. Teach "
            "the labels that are not recognised, or write a correction. Then start the same command again: it builds "
            "anew and asks no portal."
        )
    if any(gate.passing is Passing.NO_FLOOR for gate in year.gates):
        yield (
            "**Places and years without a floor**, named below: nothing says whether they are whole. Once you have "
            "looked at their counts, write floors 10 to 20 % under them into `expectations.toml`, for the next time."
        )
    if run.released is None or year.failed:
        return
    if not run.released.candidate:
        yield f"This build is released as {run.released.text}. There is nothing more to release."
        return
    final = run.released.text.partition("-")[0]
    yield (
        f"Look at the candidate: README.md, CHANGES.md and CHECKS.md in `{run.folder}`. If it is good, release it with "
        f"`gongkai release {final} {data}`, and hand it on with `gongkai upload {final} --to PLACE {data}`."
    )
