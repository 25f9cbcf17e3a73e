"""The head of a release's README.md: what the Hugging Face Hub and other readers of YAML front matter take from it."""

from __future__ import annotations

import json

from pipeline.publish import edition as facts
from pipeline.tables.schema import TABLES


def card() -> str:
    """YAML between two lines of dashes: licence, languages, and every table as a configuration of its own, by which
    `load_dataset` and the Hub's viewer find it; `report` is the first. A JSON string is a YAML string."""
    tags = "".join(f"- {_text(word)}\n" for word in facts.KEYWORDS)
    tables = "".join(
        f"- config_name: {table.name}\n  data_files: tables/{table.name}.parquet\n"
        + ("  default: true\n" if table.name == "report" else "")
        for table in TABLES
    )
    return (
        f"---\npretty_name: {_text(facts.TITLE)}\nlicense: {facts.LICENCE.lower()}\n"
        f"language:\n- zh\n- en\ntags:\n{tags}configs:\n{tables}---\n"
    )


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
