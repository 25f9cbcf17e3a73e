"""Finding the forms' cells in a document: labels, grids, flattened text, numerals, sections."""

from pipeline.extract.extract import Extractor
from pipeline.extract.issue_codes import ISSUE_CODES
from pipeline.extract.record import Figure, Issue, Record, Section, Status, Where

__all__ = ["ISSUE_CODES", "Extractor", "Figure", "Issue", "Record", "Section", "Status", "Where"]
