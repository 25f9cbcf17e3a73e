"""The national forms that the sample prints."""

from __future__ import annotations

from functools import cache

from pipeline.forms import Form, load_forms


@cache
def national_form(code: str) -> Form:
    """The form with this code, `2019` or `2021`; KeyError where there is none."""
    return {form.code: form for form in load_forms().forms}[code]
