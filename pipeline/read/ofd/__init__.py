"""OFD (GB/T 33190), the form of official documents: its pages are drawn anew as those of a PDF, and read as such."""

from pipeline.read.ofd.reader import as_pdf, read_ofd

__all__ = ["as_pdf", "read_ofd"]
