"""What the validators of metadata formats say of releases: run by the Python of the environment `metadata`.

    python validators.py FOLDER...

Prints a JSON list, one object a folder: what each validator complains of, and the first rows that mlcroissant loads.
Nothing of it may ask the network.
"""

from __future__ import annotations

import json
import socket
import sys
from itertools import islice
from pathlib import Path

import frictionless  # type: ignore[import-not-found]
import mlcroissant  # type: ignore[import-not-found]
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef  # type: ignore[import-not-found]

SPDX = Namespace("http://spdx.org/rdf/terms#")
MANDATORY = {
    DCAT.Dataset: {DCTERMS.title: Literal, DCTERMS.description: Literal},
    DCAT.Distribution: {DCAT.accessURL: URIRef},
    FOAF.Agent: {FOAF.name: Literal},
    SPDX.Checksum: {SPDX.algorithm: URIRef, SPDX.checksumValue: Literal},
}
"""What DCAT-AP 3.0 asks of each class that a release uses (section 5, "mandatory properties"), and the kind of value.

The SHACL shapes of DCAT-AP are in no registry of packages, so the properties are held against this list instead.
"""
ROWS = 5
LOADED = ("report", "figure", "organ")


def data_package(folder: Path) -> list[str]:
    """What frictionless says of datapackage.json, of the CSV files by their columns, and of all files by their sums."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    return [f"{error.type}: {error.message}" for error in errors]


def croissant(folder: Path) -> tuple[list[str], dict[str, list[dict[str, str]]]]:
    """What mlcroissant says of croissant.json, and the first rows of some tables as it loads them from Parquet."""
    try:
        dataset = mlcroissant.Dataset(str(folder / "croissant.json"))
    except mlcroissant.ValidationError as error:
        return [str(error)], {}
    issues = dataset.metadata.ctx.issues
    rows = {
        name: [
            {field: _text(value) for field, value in row.items()}
            for row in islice(dataset.records(name), ROWS)
        ]
        for name in LOADED
    }
    return [*issues.errors, *issues.warnings], rows


def dcat(folder: Path) -> list[str]:
    """Which mandatory properties of DCAT-AP dcat.jsonld leaves out or gives another kind of value."""
    graph = Graph().parse(folder / "dcat.jsonld", format="json-ld", publicID="https://example.org/release/")
    wrong = [f"no {kind.n3()}" for kind in MANDATORY if not list(graph.subjects(RDF.type, kind))]
    for kind, asked in MANDATORY.items():
        for subject in graph.subjects(RDF.type, kind):
            for name, form in asked.items():
                values = list(graph.objects(subject, name))
                if not values or not all(isinstance(value, form) for value in values):
                    wrong.append(f"{subject.n3()} {name.n3()}: {values}")
    return wrong


def _text(value: object) -> str:
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def _refuse(*_: object, **__: object) -> None:
    raise OSError("A validator asks the network.")


if __name__ == "__main__":
    socket.socket.connect = _refuse  # type: ignore[method-assign]
    socket.getaddrinfo = _refuse  # type: ignore[assignment]
    told = []
    for path in map(Path, sys.argv[1:]):
        errors, rows = croissant(path)
        told.append(
            {"datapackage": data_package(path), "croissant": errors, "rows": rows, "dcat": dcat(path)}
        )
    json.dump(told, sys.stdout)
