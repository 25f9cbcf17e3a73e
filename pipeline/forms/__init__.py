"""The national forms as data: their blocks, rows, columns, labels and identities.

The forms are reviewed files, `datasets/forms/<form>.toml`; a new form is a new file. Code names no label of a form.
"""

from pipeline.forms.load import load_forms, parse_form
from pipeline.forms.model import Block, Column, Form, FormCell, Forms, Identity, LocalHeads, Row

__all__ = [
    "Block",
    "Column",
    "Form",
    "FormCell",
    "Forms",
    "Identity",
    "LocalHeads",
    "Row",
    "load_forms",
    "parse_form",
]
