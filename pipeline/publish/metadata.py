"""The metadata files of a release, made from the one schema."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from pipeline.publish.citation import citation
from pipeline.publish.croissant import croissant
from pipeline.publish.csv_files import CsvFile
from pipeline.publish.datapackage import datapackage
from pipeline.publish.dcat import dcat
from pipeline.publish.edition import Edition


def metadata(
    edition: Edition, csv: Sequence[CsvFile], sums: Mapping[str, tuple[str, int]]
) -> Mapping[str, str]:
    """Every metadata file by its name. `sums` gives the SHA-256 and size of every Parquet and CSV file."""
    return {
        "datapackage.json": as_json(datapackage(edition, csv, sums)),
        "croissant.json": as_json(croissant(edition, sums)),
        "dcat.jsonld": as_json(dcat(edition, sums)),
        "CITATION.cff": citation(edition),
    }


def as_json(content: object) -> str:
    """As every metadata file is written."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
