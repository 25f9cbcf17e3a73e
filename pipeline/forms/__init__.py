"""The national forms as data: their blocks, rows, columns, labels and identities.

The forms are reviewed files, `datasets/forms/<form>.toml`; a new form is a new file. Code names no label of a form.
"""

from pipeline.forms.load import load_forms, parse_form
from pipeline.forms.model import Block, Column, Form, FormCell, Forms, Identity, LocalHeads, Row
from pipeline.forms.series import GRADES, JOINED, Series, load_series, parse_series

__all__ = [
    "GRADES",
    "JOINED",
    "Block",
    "Column",
    "Form",
    "FormCell",
    "Forms",
    "Identity",
    "LocalHeads",
    "Row",
    "Series",
    "load_forms",
    "load_series",
    "parse_form",
    "parse_series",
]
