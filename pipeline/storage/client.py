"""The client of fsspec that reaches an address."""

from __future__ import annotations

from typing import Any

import fsspec

from pipeline.problem import InputProblem, Problem


def client(url: str, **settings: Any) -> tuple[Any, str]:
    """fsspec's file system of an address, and the path of the address in it; nothing is contacted.

    Raises InputProblem for an address of a kind that is not known, Problem where its library is missing.
    """
    try:
        return fsspec.url_to_fs(url, use_listings_cache=False, **settings)  # type: ignore[no-any-return]
    except ImportError as error:
        raise Problem(
            f"{url} needs a library that is not installed ({error}). For s3:// run: "
            "python -m pip install 'gongkai[s3]'"
        ) from error
    except ValueError as error:
        raise InputProblem(
            f"{url} is no address of a storage ({error}). One is s3://BUCKET/FOLDER."
        ) from error
