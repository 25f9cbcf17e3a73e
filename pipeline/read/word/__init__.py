"""Documents of Word (docx, docm; macros are never looked at): OOXML to blocks, as a person sees it printed."""

from pipeline.read.word.docx import pictures_of, read_docx

__all__ = ["pictures_of", "read_docx"]
