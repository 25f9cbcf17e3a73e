"""The vocabulary of what is noticed while a document is read."""

from __future__ import annotations

from types import MappingProxyType

ISSUE_CODES = MappingProxyType(
    {
        "empty_document": "the document has no bytes or only blanks",
        "unreadable_document": "the bytes are of no kind of document that is known",
        "reader_missing": "there is no reader for documents of this kind, or what it needs is not installed",
        "damaged_document": "the document is cut off or damaged; nothing of it is read",
        "encrypted_document": "the document is locked with a password",
        "several_reports": "the file packs reports of several organs or years, which are not told apart",
        "packed_document": "the report is one of the documents inside the file, which is named",
        "pictures_not_read": "pictures that may show a table are not read",
        "too_large": "the document is larger than what is read",
        "too_complex": "the page is built so that reading it would cost too much, as no real report is",
        "grid_cut": "a table claims more rows or columns than are read; what lies beyond is left out",
        "charset_uncertain": "no charset fits the bytes; some characters are lost",
        "page_missing": "a page of a report that is spread over several is missing, and nothing is told of what stands "
        "on it",
        "page_unreadable": "a page was left out: damaged, too large, or in fonts that do not tell their signs",
        "files_inside": "the document holds other files, which are not read with it",
        "prose_fallback": "the main text was not found and stands as the densest part of the page",
        "year_doubtful": "several years are printed for the report, or its date is from before that year's end",
        "no_figures": "the document is a report, but no cell of a form was found in it",
        "ambiguous_row": "fewer or more things are printed in a row than it has columns, and their places are lost",
        "ambiguous_cell": "the same cell is printed twice with different content",
        "cut_off": "the text ends in the middle of a table, with a figure that may go on",
        "cell_twice": "the same cell came twice out of one document; it is given as ambiguous",
        "value_out_of_range": "a number does not fit the tables' decimals; it is given as unreadable",
        "unreadable_cell": "what is printed in a cell, or recognised in a picture of it, is not certainly a number",
        "unit_not_printed": "an amount of money has no unit in its cell, its label or its column's head",
        "heads_missing": "a row has no heads of columns, so that its figures cannot be named",
        "heads_mismatch": "a row stands under heads that no form gives it",
        "unknown_column": "a column's head is not one of the forms; its figures are not read",
        "local_row": "a row that is not one of the forms was added by the organ and is kept under its own label",
        "hidden_rows": "rows that the page does not show were left out",
    }
)
