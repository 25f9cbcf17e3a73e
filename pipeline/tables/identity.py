"""The tables of who is who: organ, organ_name, organ_link, organ_kind, and the view of what is not certain."""

from __future__ import annotations

from enum import StrEnum

from pipeline.organs import ChangeKind
from pipeline.tables.model import BOOLEAN, INTEGER, TEXT, Column, Table, View, required


class Doubt(StrEnum):
    """Why two organs of a link are not joined, though a rule connects them."""

    REFORM_DIFFERS = "reform_differs"
    AFTER_REFORM = "after_reform"
    BOTH_IN_ONE_YEAR = "both_in_one_year"
    NOT_HELD = "not_held"
    ANOTHER_LEVEL = "another_level"
    UNPLACED = "unplaced"


DOUBTS = {
    Doubt.REFORM_DIFFERS: "A reform may have made one of the other; local governments carried it out differently.",
    Doubt.AFTER_REFORM: "A reform was to make one of the other, and the earlier one still reports after it.",
    Doubt.BOTH_IN_ONE_YEAR: "By the rules they are one organ; both have a report of one year and scope, not the same.",
    Doubt.NOT_HELD: "A reform was to make one of an organ and another of which nothing is held: whether there was one, "
    "and the year, are not known. In organ_link alone.",
    Doubt.ANOTHER_LEVEL: "The name is of an organ above or below the division whose portal has it, as 县财政局 or a "
    "town without its county on that of a city: where it belongs is not known. Without organ_id, several may be meant.",
    Doubt.UNPLACED: "The place is not known. Without organ_id, several organs may be meant.",
}

ORGAN = Table(
    "organ",
    "One organ (行政机关) with a report here, over time: in whatever way its name is printed, renamed, or with another "
    "code of its division. Where it is not certain that two are one they are two, see organ_uncertain",
    (
        required(
            "organ_id", TEXT, "Opaque: the first code of its division and a hash of its name or function"
        ),
        required("organ", TEXT, "Name in its latest report (机关名称)"),
        required("canonical_name", TEXT, "That name in full and without its place (规范名称)"),
        Column(
            "kind",
            TEXT,
            "What kind of organ it is (机关类别), see organ_kind; NULL where its name does not tell",
        ),
        Column(
            "division_code",
            TEXT,
            "Of its latest report, see table division (行政区划代码); NULL where the place is not known",
        ),
        Column("province", TEXT, "Province, autonomous region or municipality (省级)"),
        Column("city", TEXT, "City or prefecture (地级)"),
        Column("county", TEXT, "County, district or development zone (县级)"),
        Column("first_year", INTEGER, "First year with a report held"),
        Column("last_year", INTEGER, "Last year with a report held"),
        required("report_count", INTEGER, "Current reports held"),
        Column(
            "doubt",
            TEXT,
            "Why it is not certain where it belongs, from the documented vocabulary (所属存疑); NULL where it is",
            values=(Doubt.ANOTHER_LEVEL, Doubt.UNPLACED),
        ),
    ),
    key=("organ_id",),
)

ORGAN_NAME = Table(
    "organ_name",
    "One name of one organ as reports print it (机关名称)",
    (
        required("organ_id", TEXT, "The organ (机关), see table organ"),
        required("name", TEXT, "The name as printed"),
        required("canonical_name", TEXT, "The name in full and without its place (规范名称)"),
        Column("first_year", INTEGER, "First year of a report by this name"),
        Column("last_year", INTEGER, "Last year of a report by this name"),
        required("report_count", INTEGER, "Reports by this name, versions among them"),
    ),
    key=("organ_id", "name"),
)

ORGAN_KIND = Table(
    "organ_kind",
    "The vocabulary of kinds of organs (机关类别)",
    (
        required("kind", TEXT, "The kind, as table organ names it"),
        required("position", INTEGER, "Order, counted from 1 (次序)"),
        required("chinese", TEXT, "What it is, in Chinese"),
        required("english", TEXT, "What it is, in English"),
    ),
    key=("kind",),
)

ORGAN_LINK = Table(
    "organ_link",
    "One organ that became another, or may have (机关沿革). Where organ_id and successor_id are the same, one organ "
    "goes on under another name or in another division; links that are not certain join nothing",
    (
        Column(
            "organ_id",
            TEXT,
            "The organ before, see table organ; NULL where nothing is held of what the one after took in, or may have",
        ),
        required(
            "name",
            TEXT,
            "Its name then, in full and without its place; of an organ of which nothing is held, what it did",
        ),
        required("successor_id", TEXT, "The organ after"),
        required("successor_name", TEXT, "Its name, in full and without its place"),
        required(
            "kind",
            TEXT,
            "renamed (更名): one organ; merged (合并) or split (拆分): organs of their own; moved (区划变更): one "
            "organ whose division has another code or name",
            values=tuple(ChangeKind),
        ),
        required(
            "report_year",
            INTEGER,
            "First year reported on by the organ after; where until_year differs, the earliest that it may have been",
        ),
        Column(
            "until_year",
            INTEGER,
            "The latest year that it may have been, as far as reports and source tell; NULL where they do not",
        ),
        required("source", TEXT, "The decision, or the rule, that says so (依据)"),
        required("is_certain", BOOLEAN, "Whether it is certain for these organs"),
        Column("doubt", TEXT, "Why it is not, from the documented vocabulary", values=tuple(Doubt)[:4]),
        Column("note", TEXT, "What to mind"),
    ),
    checks=(
        "(doubt IS NULL) = is_certain",
        "until_year >= report_year",
        "until_year IS NOT NULL OR NOT is_certain",
        "kind IN ('merged', 'split') OR organ_id = successor_id OR NOT is_certain",
    ),
)

ORGAN_REFORM = View(
    "organ_reform",
    "Years since which an organ is not comparable with what it was before: it took in another, or came from one that "
    "was split, for certain or perhaps, or its division did, or gave up a part (合并或拆分). Where the year is not "
    "known, all in which it may have been",
    (
        ("organ_id", "The organ (机关)"),
        ("since", "First year reported on since then"),
    ),
    """SELECT successor_id AS organ_id,
  unnest(range(report_year, coalesce(until_year, greatest(report_year, last_year)) + 1))::INTEGER AS since
FROM organ_link AS l LEFT JOIN organ ON organ.organ_id = successor_id
WHERE l.kind IN ('merged', 'split')
UNION
SELECT o.organ_id, gone.valid_to FROM organ AS o JOIN division AS d ON d.code = o.division_code
JOIN (SELECT unnest(string_split(successors, ' ')) AS code, valid_to FROM division WHERE valid_to IS NOT NULL) AS gone
  ON gone.code = d.code AND coalesce(d.valid_from, 0) < gone.valid_to
UNION
SELECT o.organ_id, gave.year::INTEGER FROM organ AS o
JOIN (SELECT code, unnest(string_split(parted, ' ')) AS year FROM division) AS gave ON gave.code = o.division_code
ORDER BY organ_id, since""",
    kept=True,
)

ORGAN_UNCERTAIN = View(
    "organ_uncertain",
    "What is not certain about who is who (存疑): organs that are kept apart and may be one or have become one "
    "another, organs of which it is not known where they belong, and names in reports that tell no organ. A decision "
    "in datasets/registry/organs.toml settles it",
    (
        ("doubt", "Why it is not certain, from the documented vocabulary"),
        ("organ_id", "The organ (机关); NULL where several share the name, and which is meant is not known"),
        ("organ", "Its name in its latest report"),
        ("other_id", "The organ that it may be, or have become; NULL where the place is not known"),
        ("other", "The name of that in its latest report"),
        ("kind", "What it may have been: renamed, merged or split"),
        ("report_year", "The first year in which that may have been"),
        ("until_year", "The last year in which it may have been; NULL where nothing tells it"),
        ("source", "The decision or rule"),
        ("note", "What to mind; of a name that several share, the area in which it was found"),
    ),
    """SELECT l.doubt::VARCHAR AS doubt, l.organ_id, a.organ, l.successor_id AS other_id, b.organ AS other,
  l.kind::VARCHAR AS kind, l.report_year, l.until_year, l.source, l.note
FROM organ_link AS l JOIN organ AS a ON a.organ_id = l.organ_id JOIN organ AS b ON b.organ_id = l.successor_id
WHERE NOT l.is_certain
UNION ALL
SELECT doubt::VARCHAR, organ_id, organ, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM organ WHERE doubt IS NOT NULL
UNION ALL
SELECT DISTINCT CASE WHEN division_code IS NULL THEN 'unplaced' ELSE 'another_level' END, NULL, organ, NULL, NULL, NULL,
  NULL, NULL, NULL, coalesce(county, city, province) FROM report WHERE organ_id IS NULL AND organ IS NOT NULL
ORDER BY ALL""",
)
