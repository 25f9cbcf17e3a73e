"""What former runs got from each address, so that a portal can be asked whether it has changed."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.urls import origin_of
from pipeline.archive import Archive, Entry, Outcome

_GOOD = frozenset({Outcome.HELD, Outcome.UNCHANGED})


@dataclass(frozen=True, slots=True)
class _Whole:
    """An answer that came in full: where its line stands, the words it can be asked by, and its bytes."""

    place: int
    words: str | None
    digest: str
    is_html: bool


class Former:
    """The last whole answer of each address: of pages and lists, and of `reports` where these are asked again.

    ETag and Last-Modified are a host's words for the bytes. A host whose words once stood still while the bytes
    changed is in `lying`, one whose words were seen to change with them in `moving`. A portal whose lists fell short
    when it was last asked is in `short`.
    """

    def __init__(self, archive: Archive, *, reports: bool) -> None:
        self.lying: set[str] = set()
        self.moving: set[str] = set()
        self.short: set[str] = set()
        self._archive = archive
        self._kinds = frozenset({"page", "list", "report"} if reports else {"page", "list"})
        self._whole: dict[str, _Whole] = {}
        self._runs: dict[str, str | None] = {}

    def meet(self, place: int, entry: Entry) -> None:
        """Take up an entry of a former run, in the order of the ledger; its line begins at `place`."""
        if entry.kind not in self._kinds or entry.portal is None:
            return
        if self._runs.get(entry.portal) != entry.run:
            self._runs[entry.portal] = entry.run
            self.short.discard(entry.portal)
        if entry.outcome is Outcome.SHORT_LIST:
            self.short.add(entry.portal)
        if entry.outcome not in _GOOD or entry.sha256 is None:
            self._whole.pop(entry.url, None)
        elif entry.status != 304:
            is_html = entry.kind == "list" and "html" in (entry.media_type or "")
            self._take(entry.url, _Whole(place, words_of(entry), entry.sha256[:16], is_html))

    def is_html(self, url: str) -> bool:
        """Whether the last whole answer of an address was a page, got without posting anything."""
        whole = self._whole.get(url)
        return whole is not None and whole.is_html and "#" not in url

    def at(self, url: str) -> Entry | None:
        """The last whole answer of an address, None where the last answer was none."""
        whole = self._whole.get(url)
        return None if whole is None else self._archive.entry_at(whole.place)

    def changed(self, url: str, before: str | None, now: str | None) -> None:
        """Take up that the bytes of an address have changed, and what its words for them were and are."""
        if before is not None and now is not None:
            (self.lying if before == now else self.moving).add(origin_of(url))

    def _take(self, url: str, whole: _Whole) -> None:
        before = self._whole.get(url)
        if before is not None and before.digest != whole.digest:
            self.changed(url, before.words, whole.words)
        self._whole[url] = whole


def words_of(entry: Entry) -> str | None:
    """What a server that compares compares by: ETag before Last-Modified (RFC 9110, 13.2.2)."""
    return entry.etag or entry.last_modified
