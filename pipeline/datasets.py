"""Where the reviewed data files lie: the forms, the registry and the sample."""

from __future__ import annotations

from pathlib import Path

from pipeline.problem import Problem

_CHECKOUT = Path(__file__).resolve().parents[1] / "datasets"
_INSTALLED = Path(__file__).resolve().parents[1] / "gongkai" / "datasets"


def dataset_file(*parts: str) -> Path:
    """The path of a reviewed data file, in the checkout or inside the installed package.

    Raises Problem where neither has it: the installation is then incomplete.
    """
    for folder in (_CHECKOUT, _INSTALLED):
        path = folder.joinpath(*parts)
        if path.exists():
            return path
    raise Problem(
        f"The data file {'/'.join(parts)} is missing (looked in {_CHECKOUT} and {_INSTALLED}). Install gongkai again."
    )
