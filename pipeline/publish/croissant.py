"""croissant.json of MLCommons (Croissant 1.0): the Parquet files and what their columns are."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.publish import edition as facts
from pipeline.publish.edition import Edition
from pipeline.tables.model import BIGINT, BOOLEAN, DATE, DECIMAL, INTEGER, TEXT, TIMESTAMP, Table
from pipeline.tables.schema import TABLES

_TYPES = {
    TEXT.sql: "sc:Text",
    INTEGER.sql: "sc:Integer",
    BIGINT.sql: "sc:Integer",
    BOOLEAN.sql: "sc:Boolean",
    DATE.sql: "sc:Date",
    TIMESTAMP.sql: "sc:DateTime",
    DECIMAL.sql: "sc:Float",  # Croissant 1.0 has no exact number; the file itself holds a decimal
}
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(edition: Edition, sums: Mapping[str, tuple[str, int]]) -> dict[str, object]:
    """The description; `sums` gives the SHA-256 and size of every Parquet file."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": "gongkai",
        "alternateName": facts.TITLE_ZH,
        "description": facts.DESCRIPTION,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "license": facts.LICENCE_URL,
        "version": _semantic(edition),
        "datePublished": edition.date.isoformat(),
        "citeAs": f"{facts.CREATOR} ({edition.date.year}). {facts.TITLE}, version {edition.version.text}.",
        "creator": {"@type": "sc:Organization", "name": facts.CREATOR},
        "inLanguage": ["zh", "en"],
        "keywords": list(facts.KEYWORDS),
        "isLiveDataset": False,
        "url": "./",
        "distribution": [_file(table, sums) for table in TABLES],
        "recordSet": [_records(table) for table in TABLES],
    }


def _semantic(edition: Edition) -> str:
    """Croissant asks for three numbers."""
    version = edition.version
    return f"{version.year}.{version.number}.{version.repair}" + (
        f"-{version.candidate}" if version.candidate else ""
    )


def _file(table: Table, sums: Mapping[str, tuple[str, int]]) -> dict[str, object]:
    path = f"tables/{table.name}.parquet"
    return {
        "@type": "cr:FileObject",
        "@id": f"{table.name}.parquet",
        "name": f"{table.name}.parquet",
        "description": table.comment,
        "contentUrl": path,
        "contentSize": f"{sums[path][1]} B",
        "encodingFormat": "application/x-parquet",
        "sha256": sums[path][0],
    }


def _records(table: Table) -> dict[str, object]:
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{table.name}/{column.name}",
            "name": column.name,
            "description": column.comment,
            "dataType": _TYPES[column.kind.sql],
            "source": {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": column.name}},
        }
        for column in table.columns
    ]
    key = {"key": [{"@id": f"{table.name}/{name}"} for name in table.key]} if table.key else {}
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.comment,
        **key,
        "field": fields,
    }
