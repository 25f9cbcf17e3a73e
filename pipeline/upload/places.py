"""Which place an address names."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from pipeline.problem import InputProblem
from pipeline.upload.huggingface import HuggingFace
from pipeline.upload.patience import Patience
from pipeline.upload.place import Place
from pipeline.upload.s3 import S3
from pipeline.upload.webdav import WebDav
from pipeline.upload.zenodo import Zenodo

_FORMS = "s3://BUCKET/FOLDER, davs://HOST/FOLDER, zenodo://zenodo.org, hf://datasets/OWNER/NAME"


def place_of(url: str, environment: Mapping[str, str], patience: Patience) -> Place:
    """The place of an address. `environment` has its secrets, but for S3, whose client finds them as it does elsewhere;
    they are looked up when it is gone to.

    Raises InputProblem for an address of another form, and for one that would send a password in the clear.
    """
    parts = urlsplit(url)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise InputProblem(
            "An address has no user, password or query: what is secret stands in the environment."
        )
    path = parts.path.strip("/")
    match parts.scheme:
        case "s3" if parts.netloc:
            return S3(parts.netloc, path, patience)
        case "dav" | "davs" if parts.netloc:
            web = _web(parts, plain=parts.scheme == "dav")
            return WebDav(f"{web}/{path}".rstrip("/"), environment, patience)
        case "zenodo" if parts.netloc and (not path or path.isdecimal()):
            return Zenodo(_web(parts, plain=_here(parts)), path, environment, patience)
        case "hf" if parts.netloc == "datasets" and path.count("/") == 1:
            return HuggingFace(path, environment, patience)
    raise InputProblem(f"{url!r} is no place that is known. Give one as {_FORMS}.")


def _web(parts: SplitResult, *, plain: bool) -> str:
    if plain and not _here(parts):
        raise InputProblem(
            f"Over plain http a password can be read on the way. Give {parts.netloc} as davs://."
        )
    return f"{'http' if plain else 'https'}://{parts.netloc}"


def _here(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.")
