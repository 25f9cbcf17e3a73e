"""Where the volumes of an archive lie that are not in its own folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.problem import Problem

_FILE = "elsewhere.json"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The address under which volumes are kept by their names. New ones have the `label` in their names, which no other
    writer uses, and are full after so many `seconds`, so that they can be sent.
    """

    url: str
    label: str
    seconds: float


def elsewhere_of(root: Path) -> Elsewhere | None:
    """Where more volumes of the archive in `root` lie; None where it has all of them itself. Raises Problem."""
    path = root / _FILE
    try:
        return Elsewhere(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise Problem(
            f"{path} cannot be read ({error}). Remove it, and run the same command again."
        ) from error


def lie_elsewhere(root: Path, elsewhere: Elsewhere) -> None:
    """Note it in the folder of the archive, in the place of what stood there."""
    part = root / f".{_FILE}"
    part.write_text(json.dumps(asdict(elsewhere)), encoding="utf-8")
    part.replace(root / _FILE)
