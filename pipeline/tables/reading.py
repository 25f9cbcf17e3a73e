"""The tables of what is read out of reports: report, figure, section, finding, issue."""

from __future__ import annotations

from pipeline.archive import Tls
from pipeline.tables.model import (
    BOOLEAN,
    DATE,
    DECIMAL,
    INTEGER,
    TEXT,
    TIMESTAMP,
    Column,
    Number,
    Table,
    required,
)

STATUSES = ("reported", "blank", "not_applicable", "unreadable", "ambiguous")
METHODS = ("ocr", "ocr_identity")
VERDICTS = ("pass", "fail", "unassessable")
CAUSES = ("source", "reading")

_REPORT_ID = required(
    "report_id", TEXT, "The report (报告), opaque: from the bytes alone, so it never changes"
)
_POSITION = required("position", INTEGER, "Order in the report, counted from 1 (次序)")

REPORT_NUMBER = Number(
    "report_number",
    "report",
    "Number of the report in this database, by place, organ and year: for joins; report_id is what lasts",
    ("report_id",),
    ("division_code", "organ_id", "report_year", "published_on", "report_id"),
)
CELL_NUMBER = Number(
    "cell_number",
    "cell_name",
    "Number of the cell's name in this database, for joins; see table cell_name",
    ("part", "item", "measure", "cell"),
    ("cell", "item"),
    checks=("cell = part || '/' || item || '/' || measure",),
)
CHECK_NUMBER = Number(
    "check_number",
    "check_name",
    "Number of the check and place in this database, for joins; see table check_name",
    ("check_id", "at"),
    ("check_id", "at"),
)

REPORT = Table(
    "report",
    "One version of one organ's report of one year (政府信息公开工作年度报告): the same figures and words at several "
    "addresses are one row (see report_address), others another row (see report_revision)",
    (
        _REPORT_ID,
        Column(
            "organ_id",
            TEXT,
            "The organ (机关), opaque: see table organ; NULL where the document names none, or by a name that several "
            "may share, see organ_uncertain",
        ),
        Column("organ", TEXT, "The organ's name as the document gives it (机关名称)"),
        Column("division_code", TEXT, "Smallest known administrative division of the organ (行政区划代码)"),
        Column("province", TEXT, "Province, autonomous region or municipality (省级)"),
        Column(
            "city",
            TEXT,
            "City or prefecture (地级), by its name in that year; a municipality stands here too, "
            "and a county that lies directly below its province",
        ),
        Column(
            "county",
            TEXT,
            "County, district or development zone (县级), where it is known for certain; by its name in that year",
        ),
        Column("report_year", INTEGER, "Year reported on, not year of publishing (报告年度)"),
        Column(
            "form", TEXT, "Form most cells of the page belong to, by their labels: 2014, 2019, 2021 (格式)"
        ),
        Column(
            "scope",
            TEXT,
            "own: the organ's own report; area: roll-up of an area (汇总); NULL: not told",
            values=("own", "area"),
        ),
        Column("title", TEXT, "Title as printed (标题)"),
        Column("published_on", DATE, "Date printed or signed (发布日期), NULL where none is"),
        required(
            "url",
            TEXT,
            "Address these bytes were first got from, or the path of an imported file (网址); of a report in several "
            "pages or pictures, that of the first",
        ),
        Column(
            "page_url",
            TEXT,
            "The page that carries the report as a file (附件所在网页); NULL where it is a page itself or was imported",
        ),
        Column(
            "carrier_url",
            TEXT,
            "page_url, where that page is itself the report and this file is a format of it (本报告网页): not a list, "
            "no file that the page links to no longer, and not the older of two files of one format; else NULL",
        ),
        required("media_type", TEXT, "Format of the bytes, told by the bytes"),
        required("fetched_at", TIMESTAMP, "When these bytes were first got, UTC (抓取时间)"),
        required(
            "sha256",
            TEXT,
            "SHA-256 of the bytes, content encoding undone; of a report in several pages or pictures, of the first "
            "(see report_page)",
        ),
        Column("portal_code", TEXT, "Portal they were got from (门户); NULL for an imported file"),
        Column(
            "tls",
            TEXT,
            "How the connection was secured that brought them (连接安全); NULL where it was not https",
            values=tuple(Tls),
        ),
        required(
            "version",
            INTEGER,
            "Which version of its organ, year and scope this is (第几版), counted from 1; the last is the current one",
        ),
        required(
            "is_current",
            BOOLEAN,
            "Whether this is the latest version (最新版本) of this organ, year and scope: the one with figures, that "
            "stands at an address and on its page, with the latest published_on, then fetched_at; of the formats that "
            "one page carries, see carrier_url, the one with most numbers",
        ),
        required("figure_count", INTEGER, "Cells read, whatever their status"),
        required("reported_count", INTEGER, "Cells with a number"),
        required("blank_count", INTEGER, "Cells printed empty"),
        required("not_applicable_count", INTEGER, "Cells with a dash, a slash or 无"),
        required("unreadable_count", INTEGER, "Cells with something that is no number"),
        required("ambiguous_count", INTEGER, "Cells whose number may belong to another cell"),
        required("check_count", INTEGER, "Checks made, whatever their verdict"),
        required("failed_checks", INTEGER, "Checks that failed"),
        required("failed_by_source", INTEGER, "Checks that fail because the source prints it so"),
        required("unassessable_checks", INTEGER, "Checks that could not be made"),
        required("issue_count", INTEGER, "Rows of table issue for this report"),
        required("reader", TEXT, "Program and version that read the bytes"),
    ),
    key=("report_id",),
    group=8_192,
)

REPORT_PAGE = Table(
    "report_page",
    "One page of a report that stands at several addresses (报告分页), in their order: of a text that is spread over "
    "several pages, or a picture that a page shows, of a page or a slice of a table, without what only dresses it",
    (
        _REPORT_ID,
        required(
            "position",
            INTEGER,
            "Its number among the pages of the text, or the pictures of the page, counted from 1 (第几页): where_page "
            "of the figures on it; of a file of several pictures, of the first",
        ),
        required("url", TEXT, "Address of the page or picture (网址)"),
        required("sha256", TEXT, "SHA-256 of its bytes, content encoding undone"),
        required("fetched_at", TIMESTAMP, "When these bytes were first got, UTC (抓取时间)"),
    ),
    key=("report_id", "position"),
)

FIGURE = Table(
    "figure",
    "One cell of one report's tables (表格单元), as printed",
    (
        _REPORT_ID,
        required(
            "part",
            TEXT,
            "Part of the form: proactive (主动公开), requests (依申请公开), disputes "
            "(复议诉讼), annex (统计表)",
        ),
        required("item", TEXT, "Row of the form (行), see table indicator"),
        required("measure", TEXT, "Column of the form (列), see table indicator"),
        required("cell", TEXT, "part/item/measure in one (单元名称)"),
        Column("value", DECIMAL, "The number printed, in unit (数值); only where status is reported"),
        Column("unit", TEXT, "Unit of value (单位); money is in 元 where a unit is printed, else NULL"),
        required(
            "status",
            TEXT,
            "reported: a number (有数); blank: an empty cell (空白); not_applicable: a dash, slash or 无; "
            "unreadable: something else, or a picture not certainly read; ambiguous: not certainly in this cell",
            values=STATUSES,
        ),
        required("raw", TEXT, "What is printed in the cell (原文)"),
        Column(
            "corrected_value",
            DECIMAL,
            "What a reviewed correction reads instead (更正); NULL where there is none. value stays as printed",
        ),
        Column("corrected_unit", TEXT, "Unit of corrected_value (单位)"),
        Column("where_table", INTEGER, "Table of the document, counted from 1 (第几张表)"),
        Column("where_row", INTEGER, "Row of that table, counted from 1 in the expanded grid (第几行)"),
        Column("where_column", INTEGER, "Column of that row, or number of the cell in the line (第几列)"),
        Column("where_line", INTEGER, "Line of a flattened text, counted from 1 (第几行文字)"),
        Column(
            "where_page",
            INTEGER,
            "Page of a document that has pages, or of those in report_page, counted from 1 (第几页)",
        ),
        Column(
            "where_box",
            TEXT,
            "The cell on that page: left, top, right and bottom in points from the upper left corner of the page as it "
            "is shown (页上位置)",
        ),
        Column(
            "method",
            TEXT,
            "How a figure was told that the document shows as a picture (识别方式): ocr: recognised, where reported "
            "alike by two ways; ocr_identity: recognised, and confirmed by an identity of the form. NULL: by its "
            "characters",
            values=METHODS,
        ),
        Column("confidence", DECIMAL, "The recogniser's confidence (置信度), 0 to 1, the least of all ways"),
    ),
    key=("report_id", "part", "item", "measure", "cell"),
    checks=("(value IS NULL) = (status <> 'reported')",),
    numbers=(CELL_NUMBER, REPORT_NUMBER),
    sort=("cell_number", "report_number"),
)

SECTION = Table(
    "section",
    "The prose of one of a report's sections (章节), without its tables",
    (
        _REPORT_ID,
        _POSITION,
        required(
            "number", INTEGER, "Number printed before its title (一 is 1); 0 for what stands before 一、"
        ),
        required("title", TEXT, "Title as printed (标题)"),
        required("text", TEXT, "The prose (正文)"),
    ),
    key=("report_id", "position"),
    group=8_192,
    numbers=(REPORT_NUMBER,),
)

FINDING = Table(
    "finding",
    "One check (核对) on one report, or on two: both sides of an identity that the form demands (勾稽关系), or of "
    "what should agree from one year to the next",
    (
        _REPORT_ID,
        Column(
            "position", INTEGER, "Order in the report, counted from 1 (次序); NULL for a check on two reports"
        ),
        required("check_id", TEXT, "The identity checked"),
        required(
            "at", TEXT, 'The cells that share it, for instance requests/granted; write "at", in double quotes'
        ),
        required(
            "verdict",
            TEXT,
            "pass (相符), fail (不符) or unassessable (无法核对)",
            values=VERDICTS,
        ),
        Column("left_value", DECIMAL, "Left side; NULL where it cannot be computed"),
        Column("right_value", DECIMAL, "Right side; NULL where it cannot be computed"),
        Column(
            "cause",
            TEXT,
            "Of a fail: source (原文如此) or reading (our reading is doubtful)",
            values=CAUSES,
        ),
        Column(
            "other_report_id",
            TEXT,
            "The report compared with: of the year before, or with the same figures; NULL for a check on one report",
        ),
    ),
    key=("report_id", "check_id", "at"),
    numbers=(CHECK_NUMBER, REPORT_NUMBER),
    sort=("check_number", "report_number"),
    checks=("verdict = 'unassessable' OR (left_value IS NOT NULL AND right_value IS NOT NULL)",),
)

ISSUE = Table(
    "issue",
    "One thing noticed while reading a report (问题)",
    (
        _REPORT_ID,
        _POSITION,
        required("code", TEXT, "What it is, from the documented vocabulary"),
        Column("at", TEXT, 'The cell or place it concerns; write "at", in double quotes'),
        required("message", TEXT, "A sentence for a person"),
    ),
    key=("report_id", "position"),
    numbers=(REPORT_NUMBER,),
)
