"""gongkai release: a versioned folder of the dataset."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from gongkai.data import DATA, DataPlace, writing


def release(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="Year and number, for instance 2026.1.")],
    data: DataPlace = DATA,
    day: Annotated[
        datetime | None,
        typer.Option(
            "--date", formats=["%Y-%m-%d"], help="Date of the release. Without it, the last fetch's."
        ),
    ] = None,
) -> None:
    """Make a release of the last build: DATA/releases/VERSION.

    It is made aside, held against the floors and bounds of DATA/expectations.toml (or the project's), read again, and
    only then given its name; DATA/releases/latest leads to it. Below a floor or above a bound nothing is released, and
    the command ends with 3. A version is never changed. One with a word after it, as 2026.1-candidate, is a
    candidate, to which "latest" never leads. The same archive gives the same files, whenever it is released.

    Example: gongkai release 2026.1 --data datasets
    """
    from pipeline.publish.gates import Passing
    from pipeline.publish.release import release as make_release
    from pipeline.publish.version import Version

    with writing(data, "build", "releases") as there:
        made = make_release(
            there.folder,
            Version.of(version),
            day=day.date() if day else None,
            progress=lambda step: typer.echo(f"{step} ...", err=True),
        )
        shown = there.shown(made.folder)
    for gate in made.gates:
        if gate.passing is not Passing.PASS:
            reason = f" ({gate.reason})" if gate.reason else ""
            typer.echo(f"{gate.passing.value}: {gate.what}: {gate.found}, {gate.asked}{reason}", err=True)
    typer.echo(shown)
