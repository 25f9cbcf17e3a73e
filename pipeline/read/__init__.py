"""From the bytes of a document, of any format, to its blocks: paragraphs and grids, each with its place."""

from pipeline.read.blocks import Block, Cell, Document, Grid, Packed, Paragraph, ReadIssue
from pipeline.read.charset import decode
from pipeline.read.document import read_document
from pipeline.read.sniff import sniff

__all__ = [
    "Block",
    "Cell",
    "Document",
    "Grid",
    "Packed",
    "Paragraph",
    "ReadIssue",
    "decode",
    "read_document",
    "sniff",
]
