"""Documents that only an office program reads well (doc, wps, rtf, odt, ods): LibreOffice makes OOXML of them."""

from pipeline.read.office.reader import convert_together, source
from pipeline.read.office.soffice import INSTALL, Source, convert, program

__all__ = ["INSTALL", "Source", "convert", "convert_together", "program", "source"]
