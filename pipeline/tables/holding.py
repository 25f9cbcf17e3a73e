"""The tables of what is held and of where: fetch, coverage, division, indicator."""

from __future__ import annotations

from pipeline.archive import Tls
from pipeline.tables.model import (
    BIGINT,
    BOOLEAN,
    INTEGER,
    TEXT,
    TIMESTAMP,
    Column,
    Table,
    required,
)

STATES = ("held", "missing", "failed", "unreadable")

FETCH = Table(
    "fetch",
    "One request (一次抓取) or one imported file, in the order of the archive's ledger, and its outcome. The "
    'name is a word of SQL: write "fetch", in double quotes',
    (
        required("number", BIGINT, "Line of the ledger, counted from 1"),
        required("url", TEXT, "Address asked for, or the path of an imported file (网址)"),
        Column("portal_code", TEXT, "Portal crawled (门户); NULL for an imported file"),
        Column("run_id", TEXT, "Run of the crawler; NULL for an imported file"),
        Column("kind", TEXT, "What was asked for: robots, page, list, report or import"),
        required("fetched_at", TIMESTAMP, "When, UTC (抓取时间)"),
        required(
            "outcome",
            TEXT,
            "How it ended, from the documented vocabulary (结果); damaged: the archive no "
            "longer gives the bytes back",
        ),
        Column(
            "reason",
            TEXT,
            "Why a body that was expected to be a report gave none; NULL where it gave one or "
            "none was expected",
        ),
        Column("report_id", TEXT, "The report the body gave, see table report"),
        Column("status", INTEGER, "HTTP status; NULL where no answer came"),
        Column("media_type", TEXT, "Format as the server told it"),
        Column("charset_declared", TEXT, "Character set as the server told it"),
        Column("sha256", TEXT, "SHA-256 of the body, content encoding undone"),
        Column("size", BIGINT, "Bytes of the body, content encoding undone"),
        Column("warc", TEXT, "WARC file in the archive that holds the exchange"),
        Column("warc_offset", BIGINT, "Where its record begins in that file, in bytes"),
        Column("warc_length", BIGINT, "Length of its record in that file, in bytes"),
        Column("referrer", TEXT, "Page whose link led here (来源页)"),
        Column("anchor", TEXT, "Text of that link (链接文字)"),
        Column("note", TEXT, "What the crawler noted"),
        required("attempts", INTEGER, "Requests it took"),
        Column(
            "tls",
            TEXT,
            "How the connection was secured (连接安全); NULL where the answer did not come over https",
            values=tuple(Tls),
        ),
        Column(
            "left_until", TIMESTAMP, "Until when the host was left alone after this, UTC; NULL: it was not"
        ),
    ),
    key=("number",),
    group=8_192,
)

COVERAGE = Table(
    "coverage",
    "One organ and year that is expected on a portal (应公开): held, or why not",
    (
        Column("portal_code", TEXT, "Portal (门户); NULL for imported files"),
        Column("organ_id", TEXT, "The organ, see table organ; NULL where only an address is known"),
        Column(
            "organ",
            TEXT,
            "The organ's name (机关名称); NULL where only an address is known, and on the row "
            "of a portal where nothing was found",
        ),
        Column("report_year", INTEGER, "Year reported on (报告年度); NULL where it is not known"),
        required(
            "state", TEXT, "held (已得); missing (没有); failed (没抓到); unreadable (读不出)", values=STATES
        ),
        Column(
            "reason",
            TEXT,
            "Why it is not held, from the documented vocabulary (原因); unexplained where nothing says why",
        ),
        Column("report_id", TEXT, "The current report held, see table report"),
        Column("url", TEXT, "Address it was got from, or should have been"),
        Column("announced_as", TEXT, "Text of the link that announces it (链接文字)"),
        Column("figure_count", INTEGER, "Cells read of the report held; 0 where it has no readable table"),
    ),
    checks=("(reason IS NULL) = (state = 'held')",),
)

DIVISION = Table(
    "division",
    "A division (行政区划): provinces, prefectures, counties and development zones, those abolished since 2009 among "
    "them, and places of crawled portals. One row a code: reports carry the names of their own year",
    (
        required(
            "code", TEXT, "Code of GB/T 2260 or of the statistics office, or the portal list's own (代码)"
        ),
        required("name", TEXT, "Full name, the last one under this code (名称)"),
        Column("former_names", TEXT, "Earlier names under this code, each with the year it ended (曾用名)"),
        Column(
            "short_name",
            TEXT,
            "Name as development zones carry it (简称); NULL where it could be another place",
        ),
        required(
            "level",
            TEXT,
            "province (省级), municipality (直辖市), prefecture (地级), county (县级), zone (开发区等), or other",
            values=("province", "municipality", "prefecture", "county", "zone", "other"),
        ),
        Column("parent_code", TEXT, "Code of the division that it lies in (上级); NULL for a province"),
        Column("province_code", TEXT, "Code of its province; NULL where the registry does not know it"),
        Column("province", TEXT, "Name of its province (省级)"),
        Column(
            "city",
            TEXT,
            "Name of its city (地级); NULL for a province; a county directly below its province is its own city",
        ),
        Column(
            "valid_from",
            INTEGER,
            "Year it was set up (设立); NULL where that was before 2009 or is not known",
        ),
        Column(
            "valid_to",
            INTEGER,
            "Year it was abolished (撤销); NULL while it stands, or where it is not known",
        ),
        Column(
            "successors", TEXT, "Codes of the divisions that have its area since (现属), parted by blanks"
        ),
        Column(
            "parted",
            TEXT,
            "Years in which a part of it became another division while it stayed (析出), parted by blanks",
        ),
        required(
            "source",
            TEXT,
            "registry (reviewed) or portals (the list a crawl was given)",
            values=("registry", "portals"),
        ),
    ),
    key=("code",),
)

INDICATOR = Table(
    "indicator",
    "The codebook: one cell of one national form (指标)",
    (
        required("form", TEXT, "The form (格式): 2014, 2019 or 2021"),
        required("part", TEXT, "Part of the form"),
        required("item", TEXT, "Row of the form"),
        required("measure", TEXT, "Column of the form"),
        required("position", INTEGER, "Order in the form, counted from 1 (次序)"),
        required("item_label", TEXT, "Printed label of the row (行名)"),
        required("measure_label", TEXT, "Printed label of the column (列名)"),
        required("item_english", TEXT, "English label of the row"),
        required("measure_english", TEXT, "English label of the column"),
        Column("unit", TEXT, "Unit of the form (单位); NULL where the cell itself prints it"),
        required("confirmed", BOOLEAN, "Whether the label was seen on a real page or official copy"),
    ),
    key=("form", "part", "item", "measure"),
)
