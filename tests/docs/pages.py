"""The pages under docs/ that are made from the code: `python -m tests.docs.pages`, or `make docs`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from typer.testing import CliRunner

from crawler.registering import RowState
from gongkai.cli import COMMANDS, GROUPS, app
from gongkai.endings import ExitCode
from pipeline.archive import Outcome, Tls
from pipeline.check import Cause, Verdict
from pipeline.extract.issue_codes import ISSUE_CODES
from pipeline.extract.record import Status
from pipeline.forms import load_forms
from pipeline.identify import Reason
from pipeline.inside import FORMATS_DISAGREE
from pipeline.organs import ChangeKind, load_registry
from pipeline.tables.across import load_across_years
from pipeline.tables.identity import DOUBTS
from pipeline.tables.layout import lay_out
from pipeline.tables.model import Table, View
from pipeline.tables.reasons import DAMAGED, REASONS
from pipeline.tables.schema import ABOUT, KEPT, MACROS, SCHEMA_VERSION, TABLES, VIEWS

_Word = TypeVar("_Word", bound=str)

DOCS = Path(__file__).resolve().parents[2] / "docs"
_MADE = "Made from the code by `make docs`; a test holds them to each other.\n"

STATUSES = {
    Status.REPORTED: "A number is printed, a zero among them. Only this status has a value.",
    Status.BLANK: "The cell is there and empty.",
    Status.NOT_APPLICABLE: "A dash, a slash or 无 is printed.",
    Status.UNREADABLE: "Something else is printed, or what is recognised in a picture is not certain.",
    Status.AMBIGUOUS: "Something is printed in this row, but not certainly in this cell.",
}
METHODS = {
    "ocr": "Recognised in a picture; where the figure is reported, alike by two ways.",
    "ocr_identity": "Recognised in a picture, and confirmed by an identity of the form.",
}
VERDICTS = {
    Verdict.PASS: "Both sides agree.",
    Verdict.FAIL: "The sides differ; `cause` says who is to blame.",
    Verdict.UNASSESSABLE: "A cell of the identity is missing or is no number.",
}
STATES = {
    "held": "A report is held.",
    "missing": "None is held and no fetch failed: not announced, or what came is no report, or nothing says why.",
    "failed": "It did not come, or a page that leads to it did not.",
    "unreadable": "It came and could not be read.",
}
ROW_STATES = {
    RowState.HOLDS: "Its home page answers, and reports are announced on its lists.",
    RowState.UNREACHABLE: "Its home page could not be had.",
    RowState.MOVED: "It points to a host outside the portal, which was not followed.",
    RowState.REFUSED: "It refuses programs: a challenge, a login, robots.txt.",
    RowState.NO_COLUMN: "It answers, and no column that announces reports was found.",
    RowState.FAMILY_CHANGED: "Its lists are of another platform family than the list of portals says.",
}
LINKS = {
    ChangeKind.RENAMED: "One organ goes on under another name.",
    ChangeKind.MERGED: "Several organs were given up for one, or one went into another; or their divisions did.",
    ChangeKind.SPLIT: "One organ, or its division, went to several.",
    ChangeKind.MOVED: "One organ whose division has another code: a county that became a district.",
}
CAUSES = {
    Cause.SOURCE: "The report is printed so.",
    Cause.READING: "Our reading is doubtful.",
}


def pages() -> Mapping[str, str]:
    """Every page that is made, by its name in docs/."""
    return {"vocabulary.md": vocabulary(), "tables.md": tables(), "commands.md": commands()}


def vocabulary() -> str:
    """Every word with which a column or an ending says how something went."""
    parts = [
        "# Vocabulary\n\nEvery ending has a name, and every name stands here. " + _MADE,
        _section(
            "Outcomes of a fetch",
            "`fetch.outcome`",
            {**{o: o.description for o in Outcome}, **_sentences({DAMAGED: REASONS[DAMAGED]})},
        ),
        _section(
            "How a connection was secured", "`fetch.tls`, `report.tls`", {t: t.description for t in Tls}
        ),
        _section(
            "Why something is no report",
            "`reason` of `gongkai identify` and `gongkai extract`; after the colon of `not_a_report:…` and "
            "`left_alone:…`",
            {r: r.description for r in Reason},
        ),
        _section("States of what is expected", "`coverage.state`", STATES),
        _section("Why a report is not held", "`coverage.reason`, `fetch.reason`", _sentences(REASONS)),
        _section("Status of a cell", "`figure.status`", STATUSES),
        _section("How a figure in a picture was told", "`figure.method`", METHODS),
        _section("Things noticed while reading", "`issue.code`", _sentences(ISSUE_CODES)),
        _section("Checks", "`finding.check_id`", _checks()),
        _section("Verdicts of a check", "`finding.verdict`", VERDICTS),
        _section("Kinds of organs", "`organ.kind`", _kinds()),
        _section("What became of an organ", "`organ_link.kind`", LINKS),
        _section(
            "Why it is not certain who an organ is", "`organ_link.doubt`, `organ_uncertain.doubt`", DOUBTS
        ),
        _section("States of a registered portal", "`gongkai portals check`", ROW_STATES),
        _section("Causes of a failed check", "`finding.cause`", CAUSES),
        _section("Exit codes", "every command", {str(code.value): code.description for code in ExitCode}),
    ]
    return "\n".join(parts)


def tables() -> str:
    """Every table, view and macro with its columns, as the database's own comments tell them."""
    opening = "The database holds the same words as comments on its tables and columns."
    parts = [f"# Tables\n\nSchema version {SCHEMA_VERSION}. {opening} {_MADE}"]
    parts += [_table(table) for table in (*TABLES, ABOUT)]
    parts += [_view(view) for view in VIEWS]
    for macro in MACROS:
        names = ", ".join(name for name, _ in macro.parameters)
        head = "| parameter | is |\n| --- | --- |"
        gives = "| column | is |\n| --- | --- |"
        parts.append(
            f"## {macro.name}({names}) (macro)\n\n{macro.comment}. Ask `FROM {macro.name}('…')`.\n\n"
            f"{head}\n{_rows(macro.parameters)}\n\n{gives}\n{_rows(macro.columns)}\n"
        )
    above = {table.name for table in TABLES}
    kept = [laid.table for laid in lay_out(TABLES) if laid.table.name not in above]
    parts.append(
        "# How the database keeps the long tables\n\nIn the Parquet files the tables are as above. In the database "
        f"{_and(f'`{laid.view.name}`' for laid in lay_out(TABLES) if laid.view)} are views over the tables below: a "
        "number stands for the report, the cell or the check, and the figures are sorted by cell, then by report.\n"
    )
    parts += [_table(table) for table in kept]
    parts += [_view(view) for view in KEPT]
    return "\n".join(parts)


def _table(table: Table) -> str:
    rows = [
        f"| `{column.name}` | {'ENUM' if column.values else column.kind.sql} | {'' if column.null else 'always'} "
        f"| {_cell(column.comment)} |"
        for column in table.columns
    ]
    head = "| column | type | filled | is |\n| --- | --- | --- | --- |"
    return f"## {table.name}\n\n{table.comment}.\n\n{head}\n" + "\n".join(rows) + "\n"


def _view(view: View) -> str:
    kind = "table, only in the database" if view.kept else "view"
    return f"## {view.name} ({kind})\n\n{view.comment}.\n\n| column | is |\n| --- | --- |\n{_rows(view.columns)}\n"


def _rows(columns: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"| `{name}` | {_cell(comment)} |" for name, comment in columns)


def _and(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}"


def commands() -> str:
    """What `--help` says of every command."""
    parts = ["# Commands\n\n`gongkai COMMAND`, also `python -m gongkai COMMAND`. " + _MADE]
    inner = {group: [f"{group} {one}" for one in names] for group, names in GROUPS.items()}
    for name in ("", *(path for one in COMMANDS for path in (one, *inner.get(one, ())))):
        asked = [*name.split(), "--help"]
        shown = CliRunner().invoke(app, asked, prog_name="gongkai", terminal_width=100)
        text = "\n".join(line.rstrip() for line in shown.stdout.strip().splitlines())
        parts.append(f"## gongkai {name}".rstrip() + f"\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def _section(title: str, where: str, words: Mapping[_Word, str]) -> str:
    rows = "\n".join(f"| `{word}` | {_cell(sentence)} |" for word, sentence in words.items())
    return f"## {title}\n\nIn {where}.\n\n| word | means |\n| --- | --- |\n{rows}\n"


def _checks() -> dict[str, str]:
    """Each identity with its rule; where forms differ in it, each form's."""
    rules: dict[str, dict[str, list[str]]] = {}
    for form in load_forms().forms:
        for identity in form.identities:
            rules.setdefault(identity.id, {}).setdefault(identity.rule, []).append(form.code)
    return {
        name: "; ".join(f"{rule} (form {', '.join(forms)})" for rule, forms in by_rule.items())
        for name, by_rule in rules.items()
    } | {
        FORMATS_DISAGREE: "One report in several formats gives each cell the same number in all of them",
        **{name: f"Between reports: {rule}" for name, rule in load_across_years(load_forms()).rules.items()},
    }


def _kinds() -> dict[str, str]:
    kinds = load_registry().vocabulary.kinds.values()
    return {kind.code: f"{kind.chinese}: {kind.english}." for kind in kinds}


def _sentences(words: Mapping[str, str]) -> dict[str, str]:
    return {word: sentence[:1].upper() + sentence[1:] + "." for word, sentence in words.items()}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
