"""Documents that only an office program reads well (doc, wps, rtf, ods): LibreOffice makes OOXML of them."""

from pipeline.read.office.reader import READER, as_docx, convert_together, converted, source
from pipeline.read.office.soffice import INSTALL, Source, convert, program, version

__all__ = [
    "INSTALL",
    "READER",
    "Source",
    "as_docx",
    "convert",
    "convert_together",
    "converted",
    "program",
    "source",
    "version",
]
