"""Printing one reading for a person: the form with its figures, statuses coloured, findings beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.check import Finding, Verdict
from pipeline.extract import Figure, Record, Status
from pipeline.forms import FormCell, load_forms
from pipeline.report import Reading

_WIDTH = 120
_STYLES = {
    Status.REPORTED: "",
    Status.BLANK: "dim",
    Status.NOT_APPLICABLE: "dim",
    Status.UNREADABLE: "bold red",
    Status.AMBIGUOUS: "bold yellow",
}
_MARKS = {Status.BLANK: "·", Status.NOT_APPLICABLE: "—", Status.AMBIGUOUS: "?"}


def show_reading(reading: Reading, source: str) -> None:
    """Print one document: what it is, its figures by part, the findings that fail, and what was noticed."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDTH)
    record = reading.record
    console.rule(Text(source), align="left")
    console.print(_heading(record))
    # the page's own labels last: they win
    forms = sorted(load_forms().forms, key=lambda form: form.code == record.form)
    cells = {(cell.part, cell.item, cell.measure): cell for form in forms for cell in form.cells()}
    titles = {block.part: block.title for form in forms for block in form.blocks}
    columns = [column for form in forms for block in form.blocks for column in block.measures]
    signed = {column.code for column in columns if column.signed}
    for part, figures in groupby(record.figures, key=lambda figure: figure.part):
        console.print(Text(f"\n{titles.get(part, part)}", style="bold"))
        for table in _tables(list(figures), cells, signed, reading.findings):
            console.print(table)
    for issue in record.issues:
        console.print(Text(f"{issue.code}  {issue.at or ''}  {issue.message}", style="yellow"))
    if record.figures:
        console.print(
            Text("· blank   — not applicable   ? ambiguous   red: unreadable, as printed", style="dim")
        )


def _heading(record: Record) -> Text:
    if not record.is_report:
        return Text(f"no report: {record.reason or 'unknown'}   {record.title or ''}", style="red")
    facts = [
        record.organ or "organ unknown",
        str(record.year or "year unknown"),
        f"form {record.form or 'unknown'}",
    ]
    facts += [f"published {record.published_on}" if record.published_on else "no date", record.scope or ""]
    return Text("   ".join(fact for fact in facts if fact), style="bold")


def _tables(
    figures: Sequence[Figure],
    cells: dict[tuple[str, str, str], FormCell],
    signed: set[str],
    findings: Iterable[Finding],
) -> Iterable[Table]:
    """A table for each run of rows with the same columns."""
    failed = [finding for finding in findings if finding.verdict is Verdict.FAIL]
    rows = [(item, list(group)) for item, group in groupby(figures, key=lambda figure: figure.item)]
    for measures, same in groupby(rows, key=lambda row: tuple(figure.measure for figure in row[1])):
        group = list(same)
        part = group[0][1][0].part
        notes = {
            item: "; ".join(_note(finding) for finding in failed if finding.at == f"{part}/{item}")
            for item, _ in group
        }
        table = Table(box=SIMPLE_HEAD, caption_justify="left")
        table.add_column("", overflow="fold", min_width=20)
        for measure in measures:
            label = next(
                (cells[part, i, measure].measure_label for i, _ in group if (part, i, measure) in cells), ""
            )
            table.add_column(label or measure, justify="right")
        if any(notes.values()):
            table.add_column("")
        for item, row in group:
            label = next(
                (cells[part, item, m].item_label for m in measures if (part, item, m) in cells), item
            )
            shown = [_figure(figure, signed=figure.measure in signed) for figure in row]
            table.add_row(label, *shown, *([Text(notes[item], style="red")] if any(notes.values()) else []))
        for finding in failed:
            if finding.at.startswith(f"{part}/*"):
                table.caption = f"{table.caption or ''}{finding.at}: {_note(finding)}\n"
        yield table


def _figure(figure: Figure, *, signed: bool) -> Text:
    if figure.value is not None:
        unit = f" {figure.unit}" if figure.unit == "元" else ""
        sign = "+" if figure.value > 0 and signed else ""
        return Text(f"{sign}{figure.value.normalize():,f}{unit}", style="dim" if not figure.value else "")
    return Text(_MARKS.get(figure.status, figure.raw), style=_STYLES[figure.status])


def _note(finding: Finding) -> str:
    return f"{finding.check}: {finding.left} ≠ {finding.right} ({finding.cause})"
