"""CITATION.cff of a release: how to name it."""

from __future__ import annotations

import json

from pipeline.publish import edition as facts
from pipeline.publish.edition import Edition


def citation(edition: Edition) -> str:
    """The file in the Citation File Format 1.2.0. A JSON string is a YAML string, whatever it holds."""
    keywords = "".join(f"  - {_text(word)}\n" for word in facts.KEYWORDS)
    return f"""cff-version: 1.2.0
message: If you use these data, please cite them as below.
type: dataset
title: {_text(facts.TITLE)}
abstract: {_text(facts.DESCRIPTION)}
version: {_text(edition.version.text)}
date-released: {edition.date.isoformat()}
license: {facts.LICENCE}
authors:
  - name: {_text(facts.CREATOR)}
keywords:
{keywords}"""


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
