"""The one call from the bytes of a document to its checked record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pipeline.check import Finding, check
from pipeline.extract import Extractor, Record
from pipeline.forms import Forms
from pipeline.read import read_document


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says: its kind and hash, its record, and the findings on it."""

    media_type: str
    sha256: str
    record: Record
    findings: tuple[Finding, ...]


class ReportReader:
    """Reads documents by the forms; build it once and use it for any number of documents."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._extractor = Extractor(forms)

    def read(
        self,
        data: bytes,
        *,
        media_type: str | None = None,
        charset: str | None = None,
        name: str | None = None,
        as_report: bool = False,
        prose: bool = True,
    ) -> Reading:
        """Read any bytes; nothing raises, a document that cannot be read has an issue that says why.

        `media_type` and `charset` are what was declared, `name` the file's name; the bytes decide. With `as_report`
        figures are read even where the document is not recognised as a report. Without `prose` there are no sections.
        """
        document = read_document(data, media_type=media_type, charset=charset, name=name, prose=prose)
        record = self._extractor.extract(document, as_report=as_report)
        digest = hashlib.sha256(data).hexdigest()
        return Reading(document.media_type, digest, record, check(record, self._forms))


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
