"""The one call from the bytes of a document to its checked record."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.check import Finding, check
from pipeline.check.recognised import confirmed
from pipeline.extract import Extractor, Record
from pipeline.forms import Forms
from pipeline.inside import choose, is_of_several, none_of_several
from pipeline.read import Document, Packed, read_document
from pipeline.read.given import Slow
from pipeline.read.joined import join
from pipeline.read.sheaf import read_sheaf
from pipeline.read.sniff import HTML

_ENDING = re.compile(r"\.[A-Za-z]{2,5}$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says: its kind and hash, its record, and the findings on it.

    `through` is the program that converted it before it was read, None where none did.
    """

    media_type: str
    sha256: str
    record: Record
    findings: tuple[Finding, ...]
    through: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of one page of a report, and what was declared of them."""

    data: bytes
    media_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class PagesReading:
    """What several pages or pictures say that are one report. `numbers` tells of each the number of its page in the
    report, None where it shows no page.
    """

    reading: Reading
    numbers: tuple[int | None, ...]


class ReportReader:
    """Reads documents by the forms; build it once and use it for any number of documents."""

    def __init__(self, forms: Forms, *, slow: Slow | None = None) -> None:
        """`slow` is for readers that are, as in `pipeline.read.given`."""
        self._forms = forms
        self._slow = slow
        self._extractor = Extractor(forms)

    def read(
        self,
        data: bytes,
        *,
        media_type: str | None = None,
        charset: str | None = None,
        name: str | None = None,
        title: str | None = None,
        as_report: bool = False,
        prose: bool = True,
    ) -> Reading:
        """Read any bytes; nothing raises, a document that cannot be read has an issue that says why.

        `media_type` and `charset` are what was declared, `name` the file's name; the bytes decide. `title` is what the
        link to a file says, or its name: it counts where the file says nothing and holds a form. With `as_report`
        figures are read even where the document is not recognised as a report. Without `prose` there are no sections.
        """
        document = read_document(
            data, media_type=media_type, charset=charset, name=name, prose=prose, slow=self._slow
        )
        digest = hashlib.sha256(data).hexdigest()
        if document.packed:
            chosen = choose(document, lambda one: self._packed(one, document, title, as_report=as_report))
            findings = (*check(chosen.record, self._forms), *chosen.findings)
            return Reading(document.media_type, digest, chosen.record, findings, _through(document))
        record = self._record(document, title, as_report=as_report)
        return Reading(document.media_type, digest, record, check(record, self._forms), document.through)

    def read_pictures(self, pictures: Sequence[bytes | None], *, title: str | None = None) -> PagesReading:
        """Read pictures that are pages of one report, in their order; nothing raises. None stands for one that was not
        got. `title` as in `read`. The reading's hash is that of the first page.
        """
        sheaf = read_sheaf(pictures, self._slow)
        pages = zip(pictures, sheaf.numbers, strict=True)
        first = next((data for data, number in pages if data is not None and number is not None), b"")
        record = self._record(sheaf.document, title, as_report=False)
        digest = hashlib.sha256(first).hexdigest()
        reading = Reading(sheaf.document.media_type, digest, record, check(record, self._forms))
        return PagesReading(reading, sheaf.numbers)

    def read_pages(self, pages: Sequence[Body | None]) -> PagesReading:
        """Read the pages over which the text of one report is spread, in their order; nothing raises. None stands for
        one that was not got. Each figure says on which it stands. The reading's hash is that of the first.
        """
        documents = [None if page is None else self._page(page) for page in pages]
        joined = join([one if one is not None and one.media_type == HTML else None for one in documents])
        record = self._record(joined.document, None, as_report=False)
        placed = tuple(
            replace(one, where=replace(one.where, page=joined.page(one.where.table, one.where.line)))
            for one in record.figures
        )
        digest = hashlib.sha256(b"" if pages[0] is None else pages[0].data).hexdigest()
        findings = check(record, self._forms)
        return PagesReading(Reading(HTML, digest, replace(record, figures=placed), findings), joined.numbers)

    def _page(self, page: Body) -> Document:
        return read_document(page.data, media_type=page.media_type, charset=page.charset, slow=self._slow)

    def _packed(self, one: Packed, file: Document, title: str | None, *, as_report: bool) -> Record:
        """The record of a document in a file. The only one may be what the title of the file says."""
        record = self._record(one.document, one.name, as_report=as_report)
        if record.is_report or title is None or len(file.packed) > 1:
            return record
        return self._record(one.document, title, as_report=as_report)

    def _record(self, document: Document, title: str | None, *, as_report: bool) -> Record:
        """The record of a document. A file that does not say what it is, and holds a form, is what its title says."""
        if is_of_several(document):
            return none_of_several(document)
        return confirmed(self._extracted(document, title, as_report=as_report), self._forms)

    def _extracted(self, document: Document, title: str | None, *, as_report: bool) -> Record:
        record = self._extractor.extract(document, as_report=as_report)
        if record.is_report or title is None or not document.blocks or document.media_type == HTML:
            return record
        told = self._extractor.extract(
            replace(document, titles=(_without_ending(title),)), as_report=as_report
        )
        return told if told.is_report and told.figures else record


def _through(document: Document) -> str | None:
    """The program that converted documents inside a packed file."""
    return next((one.document.through for one in document.packed if one.document.through), None)


def _without_ending(title: str) -> str:
    """A title without folders, and without what the name of a file ends with."""
    return _ENDING.sub("", title.replace("\\", "/").rpartition("/")[2].strip())


def read_report(
    data: bytes,
    forms: Forms,
    *,
    media_type: str | None = None,
    charset: str | None = None,
    name: str | None = None,
    as_report: bool = False,
    prose: bool = True,
) -> Reading:
    """`ReportReader(forms).read(…)`, for a single document."""
    return ReportReader(forms).read(
        data, media_type=media_type, charset=charset, name=name, as_report=as_report, prose=prose
    )
