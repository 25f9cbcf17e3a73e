"""Texts of OpenDocument (odt, ott), read as they are written."""

from pipeline.read.opendocument.reader import pictures_of, read_odt

__all__ = ["pictures_of", "read_odt"]
