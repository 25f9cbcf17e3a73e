"""Uploads to a dataset repository of the Hugging Face Hub: one commit, then a tag with the version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pipeline.problem import Problem
from pipeline.upload.parcel import File, Parcel
from pipeline.upload.patience import BUSY, Again, Patience
from pipeline.upload.place import Sent, State, library, secret

TOKEN = "HF_TOKEN"  # noqa: S105 - the name of a variable
_MAIN = "main"
_OF_THE_HUB = ".gitattributes"
_T = TypeVar("_T")


class HuggingFace:
    """A dataset repository, at the server that HF_ENDPOINT names or the Hub itself.

    Long files are stored one by one, where nobody sees them; one commit then shows all files at once, and takes those
    of the version before away. The tag comes when they were held against what the Hub tells. A new repository is
    private before it is published.
    """

    publishes = True

    def __init__(self, repository: str, environment: Mapping[str, str], patience: Patience) -> None:
        self._repository, self._environment, self._patience = repository, environment, patience
        self._repo = {"repo_id": repository, "repo_type": "dataset"}
        self._additions: list[Any] = []

    def groups(self, parcel: Parcel, scratch: Path) -> Sequence[Sequence[File]]:
        self._version = parcel.version.text
        return [parcel.files]

    def address(self, name: str) -> str:
        return f"hf://datasets/{self._repository}@{self._version}/{name}"

    def begin(self) -> bool:
        token = secret(self._environment, TOKEN, "A token of the Hub that may write")
        self._hub = library("huggingface_hub")
        self._broken = library("httpx2").TransportError
        library("huggingface_hub.utils").disable_progress_bars()
        self._api = self._hub.HfApi(
            endpoint=self._environment.get("HF_ENDPOINT") or None, token=token, library_name="gongkai"
        )
        self._ask(lambda: self._api.create_repo(**self._repo, private=True, exist_ok=True))
        tags = self._ask(lambda: self._api.list_repo_refs(**self._repo)).tags
        self._tagged = any(tag.name == self._version for tag in tags)
        self._look(self._version if self._tagged else _MAIN)
        return self._tagged

    def state(self, file: File) -> State:
        there = self._there.get(file.name)
        if there is None:
            return State.ABSENT
        told, here = (there.lfs.sha256, file.sha256) if there.lfs else (there.blob_id, file.git_blob)
        return State.SAME if (there.size, told) == (file.size, here) else State.OTHER

    def send(self, file: File, sent: Sent) -> None:
        addition = self._hub.CommitOperationAdd(path_in_repo=file.name, path_or_fileobj=str(file.path))
        self._ask(lambda: self._api.preupload_lfs_files(**self._repo, additions=[addition], revision=_MAIN))
        self._additions.append(addition)
        sent(file.size)

    def settle(self, group: Sequence[File]) -> None:
        old = self._there.keys() - {file.name for file in group} - {_OF_THE_HUB}
        changes = [
            *self._additions,
            *(self._hub.CommitOperationDelete(path_in_repo=name) for name in sorted(old)),
        ]
        if changes and not self._tagged:
            message = f"Release {self._version}"
            self._ask(
                lambda: self._api.create_commit(
                    **self._repo, operations=changes, commit_message=message, revision=_MAIN
                )
            )
            self._look(_MAIN)

    def finish(self, *, publish: bool) -> str:
        if not self._tagged:
            self._ask(
                lambda: self._api.create_tag(
                    **self._repo, tag=self._version, revision=self._commit, exist_ok=True
                )
            )
        if publish and self._private:
            self._ask(lambda: self._api.update_repo_settings(**self._repo, private=False))
        hidden = self._private and not publish
        return self.address("") + (" (private: make it public there or with --publish)" if hidden else "")

    def _look(self, revision: str) -> None:
        info = self._ask(lambda: self._api.repo_info(**self._repo, revision=revision))
        self._commit, self._private = str(info.sha), bool(info.private)
        tree = self._ask(
            lambda: list(self._api.list_repo_tree(**self._repo, recursive=True, revision=self._commit))
        )
        self._there = {one.path: one for one in tree if hasattr(one, "blob_id")}

    def _ask(self, question: Callable[[], _T]) -> _T:
        """The library asks again by itself for most requests, not for all, and not for as long."""

        def once() -> _T:
            try:
                return question()
            except (RuntimeError, OSError, ValueError, self._broken) as error:
                for cause in _causes(error):
                    answer = getattr(cause, "response", None)
                    if answer is not None and answer.status_code in BUSY:
                        raise Again.busy(answer.status_code, answer.headers.get("Retry-After")) from error
                    if isinstance(cause, self._broken):
                        raise Again(f"the connection broke ({type(cause).__name__})") from error
                reason = str(list(_causes(error))[-1]).strip() or type(error).__name__
                raise Problem(
                    f"{self.address('')}: {error} ({reason})\nIs the token in {TOKEN} right, and may it write there?"
                ) from error

        return self._patience.ask(self.address(""), once)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
