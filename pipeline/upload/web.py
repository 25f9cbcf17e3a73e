"""Requests to one web server, asked again where it is busy; for WebDAV and Zenodo."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import requests
from requests.auth import AuthBase

from pipeline.problem import Problem
from pipeline.upload.counted import Counted
from pipeline.upload.parcel import File
from pipeline.upload.patience import BUSY, Again, Patience
from pipeline.upload.place import Sent

_WAIT = (30, 300)  # seconds for a connection, and for the next bytes of an answer
_PIECE = 1 << 20
_OK = frozenset({200, 201, 202, 204, 207})


class Bearer(AuthBase):
    """A token in the header, and no other way of proving who asks."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Web:
    """One server. Answers of BUSY and broken connections are asked again; what it refuses is a Problem."""

    def __init__(self, auth: AuthBase | tuple[str, str] | None, secret: str, patience: Patience) -> None:
        """`secret` names the environment variables to look at where the server does not take who asks."""
        self._session = requests.Session()
        self._session.auth = auth
        self._secret, self._patience = secret, patience

    def ask(
        self, method: str, url: str, *, json: object = None, accept: Collection[int] = (), **headers: str
    ) -> requests.Response:
        """The answer, with a status that means success or is one of `accept`."""

        def once() -> requests.Response:
            with self._answer(method, url, accept, json=json, headers=headers) as answer:
                return answer

        return self._patience.ask(f"{method} {url}", once)

    def put(self, url: str, file: File, sent: Sent) -> None:
        """Send a file."""

        def once() -> None:
            with file.path.open("rb") as opened, Counted(opened, file.size, sent) as body:
                kind = {"Content-Type": "application/octet-stream"}
                with self._answer("PUT", url, (), data=body if file.size else b"", headers=kind):
                    body.taken()

        self._patience.ask(f"PUT {url}", once)

    def sha256(self, url: str) -> str:
        """The SHA-256 of what the server gives back under an address."""

        def once() -> str:
            digest = hashlib.sha256()
            asked = {"Accept-Encoding": "identity"}
            with self._answer("GET", url, (), stream=True, headers=asked) as answer:
                for piece in answer.iter_content(_PIECE):
                    digest.update(piece)
            return digest.hexdigest()

        return self._patience.ask(f"GET {url}", once)

    @contextmanager
    def _answer(
        self, method: str, url: str, accept: Collection[int], **request: Any
    ) -> Iterator[requests.Response]:
        try:
            asked = self._session.request(method, url, timeout=_WAIT, allow_redirects=False, **request)
            with asked as answer:
                if answer.status_code in BUSY:
                    raise Again.busy(answer.status_code, answer.headers.get("Retry-After"))
                if answer.status_code not in _OK and answer.status_code not in accept:
                    raise Problem(f"{method} {url}: the server answered {self._refusal(answer)}")
                yield answer
        except requests.exceptions.SSLError as error:
            raise Problem(f"{method} {url}: the server's certificate is not good: {error}") from error
        except requests.exceptions.RequestException as error:
            raise Again(f"the connection broke ({type(error).__name__})") from error

    def _refusal(self, answer: requests.Response) -> str:
        said = f"{answer.status_code} {answer.reason}: {' '.join(answer.text.split())[:300]}"
        if answer.status_code in {401, 403}:
            said += f"\nIs what stands in {self._secret} right, and may it write there?"
        if answer.is_redirect:
            said += f"\nIt has moved to {answer.headers.get('Location')}. Give that address."
        return said
