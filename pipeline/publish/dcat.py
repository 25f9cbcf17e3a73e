"""dcat.jsonld: the release in the Data Catalog Vocabulary of the W3C (DCAT 3), for open data portals."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.publish import edition as facts
from pipeline.publish.edition import Edition
from pipeline.tables.database import DATABASE

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = {".parquet": "application/vnd.apache.parquet", ".csv": "text/csv"}
_IANA = "https://www.iana.org/assignments/media-types/"


def dcat(edition: Edition, sums: Mapping[str, tuple[str, int]]) -> dict[str, object]:
    """The description; `sums` gives the SHA-256 and size of every Parquet and CSV file. Addresses are relative."""
    years = edition.years
    temporal = (
        {
            "dct:temporal": {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": _typed(f"{years[0]}-01-01", "date"),
                "dcat:endDate": _typed(f"{years[1]}-12-31", "date"),
            }
        }
        if years
        else {}
    )
    database = {
        "@id": DATABASE,
        "@type": "dcat:Distribution",
        "dct:title": DATABASE,
        "dcat:accessURL": {"@id": DATABASE},
        "dcat:downloadURL": {"@id": DATABASE},
        "dct:license": {"@id": facts.LICENCE_URL},
    }
    return {
        "@context": _CONTEXT,
        "@id": "./",
        "@type": "dcat:Dataset",
        "dct:identifier": f"gongkai-{edition.version.text}",
        "dct:title": _both(facts.TITLE, facts.TITLE_ZH),
        "dct:description": _both(facts.DESCRIPTION, facts.DESCRIPTION_ZH),
        "dct:issued": _typed(edition.date.isoformat(), "date"),
        "dcat:version": edition.version.text,
        "dct:license": {"@id": facts.LICENCE_URL},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": facts.CREATOR},
        "dct:creator": {"@type": "foaf:Agent", "foaf:name": facts.CREATOR},
        "dct:language": [
            {"@id": "http://publications.europa.eu/resource/authority/language/ZHO"},
            {"@id": "http://publications.europa.eu/resource/authority/language/ENG"},
        ],
        "dct:spatial": {"@id": "http://publications.europa.eu/resource/authority/country/CHN"},
        "dct:accrualPeriodicity": {
            "@id": "http://publications.europa.eu/resource/authority/frequency/ANNUAL"
        },
        "dcat:keyword": list(facts.KEYWORDS),
        **temporal,
        "dcat:distribution": [database, *(_distribution(path, *sums[path]) for path in sorted(sums))],
    }


def _distribution(path: str, digest: str, size: int) -> dict[str, object]:
    return {
        "@id": path,
        "@type": "dcat:Distribution",
        "dct:title": path,
        "dcat:accessURL": {"@id": path},
        "dcat:downloadURL": {"@id": path},
        "dcat:mediaType": {"@id": _IANA + _MEDIA["." + path.rpartition(".")[2]]},
        "dcat:byteSize": _typed(str(size), "nonNegativeInteger"),
        "dct:license": {"@id": facts.LICENCE_URL},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed(digest, "hexBinary"),
        },
    }


def _both(english: str, chinese: str) -> list[dict[str, str]]:
    return [{"@value": english, "@language": "en"}, {"@value": chinese, "@language": "zh"}]


def _typed(value: str, kind: str) -> dict[str, str]:
    return {"@value": value, "@type": f"xsd:{kind}"}
