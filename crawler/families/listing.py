"""What a family makes of a list page: how many entries it announces, and the ways on to more of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode, urlsplit, urlunsplit

from crawler.pages import Link, Page

_NUMBERS = {"{page}", "{offset}", "{start}", "{end}", "{size}"}


@dataclass(frozen=True, slots=True)
class Call:
    """A call by which the script of a list page gets its records.

    `url` and the values of `query` and `form` may hold {page}, {start}, {end}, {size} and {offset}, which is how many
    records came before. `form` is what is
    posted, None for GET; where `json_in` is not None as JSON, inside the member that it names, if any. `size` is how
    many records a call brings, a guess where it is not `sized`; `first` is the number of the first page. A call with
    `then` brings no records, but the values that the placeholders of `then` are named after. `link` is how the address
    of a record is put together that has none: what stands before a member, its name, and what stands behind it.
    """

    url: str
    query: tuple[tuple[str, str], ...] = ()
    form: tuple[tuple[str, str], ...] | None = None
    size: int = 15
    first: int = 1
    sized: bool = True
    json_in: str | None = None
    then: Call | None = None
    link: tuple[str, str, str] | None = None

    @property
    def is_paged(self) -> bool:
        """Whether it asks for another page each time; one that does not brings all there is."""
        values = (value for _, value in self.fields)
        return any(name in text for text in (self.url, *values) for name in ("{page}", "{start}", "{offset}"))

    @property
    def may_be_repeated(self) -> bool:
        """Whether the same call may bring something else for another list."""
        return self.is_paged or self.form is not None

    @property
    def fields(self) -> frozenset[tuple[str, str]]:
        """What it says, in the address or posted."""
        return frozenset((*self.query, *(self.form or ())))

    def at(self, number: int, seen: int) -> tuple[str, str | None]:
        """Address and posted form for a page; `seen` records came before it."""
        window = {
            "{page}": str(number), "{start}": str(seen + 1), "{end}": str(seen + self.size),
            "{size}": str(self.size), "{offset}": str(seen),
        }  # fmt: skip

        def filled(text: str) -> str:
            for name in _NUMBERS:
                text = text.replace(name, window[name])
            return text

        parts = urlsplit(filled(self.url))
        query = "&".join(
            part for part in (parts.query, urlencode([(k, filled(v)) for k, v in self.query])) if part
        )
        return urlunsplit((*parts[:3], query, "")), self._body([(k, filled(v)) for k, v in self.form or ()])

    def _body(self, fields: list[tuple[str, str]]) -> str | None:
        """What is posted."""
        if self.form is None or self.json_in is None:
            return None if self.form is None else urlencode(fields)
        return json.dumps({self.json_in: dict(fields)} if self.json_in else dict(fields))

    def given(self, named: Mapping[str, str]) -> Call:
        """The call with values for its placeholders."""

        def filled(text: str) -> str:
            return re.sub(r"\{(\w+)\}", lambda found: named.get(found[1], found[0]), text)

        form = None if self.form is None else tuple((k, filled(v)) for k, v in self.form)
        return replace(
            self, url=filled(self.url), query=tuple((k, filled(v)) for k, v in self.query), form=form
        )

    def otherwise(self) -> Call:
        """The same call by the other method: some servers know one alone."""
        if self.form is None:
            return replace(self, query=(), form=self.query)
        return replace(self, query=(*self.query, *self.form), form=None)


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from one page of a list: an address, or a call. Where something is posted to it, it is `form`, and the
    address ends in `#` and what tells it from others. `number`
    counts the pages of the list from 1, those of a call as the call does; `base` is the number that a static second
    page would have, less one.
    """

    number: int
    url: str = ""
    call: Call | None = None
    base: int | None = None
    form: str | None = None

    def request(self, seen: int) -> tuple[str, str | None]:
        """Address and posted form; the address of what is posted ends in `#` and the form."""
        if self.call is None:
            return self.url, self.form
        url, form = self.call.at(self.number, seen)
        return (url if form is None else f"{url}#{form}"), form

    def known(self, named: Mapping[str, Mapping[str, str]]) -> Way:
        """The way itself; that behind it, where it asks for values which an address has already given."""
        then = self.call.then if self.call else None
        values = named.get(self.request(0)[0]) if then else None
        return self if then is None or values is None else Way(then.first, call=then.given(values))


@dataclass(frozen=True, slots=True)
class Listing:
    """`ways` are tried in order until one leads on. `total` is how many entries the list announces, `pages` how many
    pages. `records` are entries that are surely of this list; `lists` further lists, each a name and the way to it.
    """

    family: str
    ways: tuple[Way, ...] = ()
    total: int | None = None
    records: tuple[Link, ...] = ()
    lists: tuple[tuple[str, Way], ...] = ()
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """The answer of a call: its entries, and what it says of their number; of a script, its `code` and what it sets."""

    links: tuple[Link, ...]
    total: int | None = None
    pages: int | None = None
    named: Mapping[str, str] = field(default_factory=dict)
    code: str = ""


__all__ = ["Call", "Link", "Listing", "Page", "Records", "Way"]
