"""From a document to its record: identity, figures, sections and what was noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from pipeline.extract.cells import CellReader
from pipeline.extract.flattened import read_flattened
from pipeline.extract.grammar import Grammar
from pipeline.extract.grid_heads import HeadReader
from pipeline.extract.grids import GridReader
from pipeline.extract.local_tables import read_local
from pipeline.extract.record import Figure, Issue, Record, Status
from pipeline.extract.sections import split_sections
from pipeline.extract.strips import Strip
from pipeline.forms import Forms
from pipeline.identify import identify_page
from pipeline.read.blocks import Block, Document, Grid, Paragraph

# What a document is stands at its head, who signed it at its foot.
_TELLING_LINES = 5_000
# The longest real report has about two thousand lines to search for flattened tables.
_MOST_LINES = 20_000


class Extractor:
    """Reads documents by the forms; one serves any number of documents."""

    def __init__(self, forms: Forms) -> None:
        self._grammar = Grammar(forms)
        self._heads = HeadReader(self._grammar)
        self._local = forms.local
        self._reader = CellReader(forms)
        self._rows_of = [{(cell.part, cell.item) for cell in form.cells()} for form in forms.forms]
        self._forms_of: dict[str, set[str]] = {}
        for cell in forms.cells():
            self._forms_of.setdefault(cell.name, set()).add(cell.form)

    def extract(self, document: Document, *, as_report: bool = False) -> Record:
        """The record of `document`. With `as_report` figures are read even where it is not recognised as a report."""
        lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
        identity = identify_page(document.titles, _telling(lines), document.metadata)
        noticed = [Issue(issue.code, None, issue.message) for issue in document.issues]
        if identity.is_report and identity.year_doubt:
            noticed.append(Issue("year_doubtful", None, identity.year_doubt))
        record = Record(
            identity.is_report,
            identity.reason,
            identity.title or next(iter(document.titles), None),
            identity.organ,
            identity.year,
            None,
            identity.published_on,
            identity.scope,
            issues=tuple(noticed),
        )
        if not document.blocks and document.issues:
            return replace(record, is_report=False, reason=document.issues[0].code)
        if not (identity.is_report or as_report):
            return record
        strips, tables = self._strips(document)
        strips, veiled = _shown(strips, document)
        figures, issues = self._reader.read(strips)
        figures, issues = self._with_local(document, figures, issues)
        figures, doubled = _once_each(figures)
        figures = _one_form_a_row(figures, self._rows_of)
        figures, cut = _without_cut_end(figures, document)
        noticed += (
            issues + doubled + cut + [_local(strip) for strip in strips if strip.local and strip.printed]
        )
        noticed += [*_hidden(document), *veiled, *_beyond(lines)]
        if not figures:
            noticed.append(Issue("no_figures", None, "no cell of a form was found"))
        return replace(
            record,
            form=self._form(figures),
            figures=tuple(figures),
            sections=split_sections(_prose(document, tables), self._grammar.index),
            issues=tuple(noticed),
        )

    def _strips(self, document: Document) -> tuple[list[Strip], set[int]]:
        """The rows of the document, and the numbers of the paragraphs that belong to flattened tables."""
        grids = GridReader(self._grammar, self._heads)
        strips: list[Strip] = []
        tables: set[int] = set()
        left = _MOST_LINES
        for blocks in _runs(document.blocks):
            if isinstance(blocks[0], Grid):
                strips += [
                    strip for block in blocks if isinstance(block, Grid) for strip in grids.read(block)
                ]
            else:
                # A picture of a table without its lines has lost its columns too.
                lines = [block for block in blocks if isinstance(block, Paragraph) and block.sight is None]
                if not self._grammar.may_hold_table([line.text for line in lines]):
                    continue
                open_end = any(lines[-1] is block for block in _torn(document))
                found, numbers = read_flattened(lines[:left], self._grammar, open_end=open_end)
                left = max(0, left - len(lines))
                strips += found
                tables |= numbers
        return strips, tables

    def _with_local(
        self, document: Document, figures: list[Figure], issues: list[Issue]
    ) -> tuple[list[Figure], list[Issue]]:
        """`figures` with those of local statistical tables in place of what passed there for national rows.

        A table that only may be local is one where no national figure is read in it.
        """
        national = {figure.where.table for figure in figures if figure.value is not None}
        local: list[Figure] = []
        for block in document.blocks:
            table = read_local(block, self._local) if isinstance(block, Grid) else None
            if table is not None and (table.certain or table.figures[0].where.table not in national):
                local += table.figures
        if not local:
            return figures, issues
        tables = {figure.where.table for figure in local}
        gone = {f"{figure.part}/{figure.item}" for figure in figures if figure.where.table in tables}
        kept = [figure for figure in figures if figure.where.table not in tables]
        told = [issue for issue in issues if issue.code != "heads_missing" and issue.at not in gone]
        return kept + local, told

    def _form(self, figures: Sequence[Figure]) -> str | None:
        """The form that most cells belong to; of forms that share them all, the one whose own cells are there."""
        counts = Counter(form for figure in figures for form in self._forms_of.get(figure.cell, ()))
        if not counts:
            return None
        best = max(counts.values())
        leading = sorted(form for form, count in counts.items() if count == best)
        return leading[0] if len(leading) == 1 else None


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks in runs of grids and runs of paragraphs, none of which goes on over a gap."""
    gaps = accumulate(block.after_gap for block in blocks)
    kinds = (isinstance(block, Grid) for block in blocks)
    for _, run in groupby(zip(kinds, gaps, blocks, strict=True), key=lambda item: item[:2]):
        yield [block for _, _, block in run]


def _prose(document: Document, tables: set[int]) -> list[str]:
    """The paragraphs of the main text that belong to no flattened table."""
    if not tables:
        return list(document.prose)
    lines = [block for block in document.blocks if isinstance(block, Paragraph)]
    if not any(isinstance(block, Grid) for block in document.blocks) and len(lines) >= len(document.prose):
        return [line.text for line in lines if line.number not in tables]
    printed = {line.text.strip() for line in lines if line.number in tables}
    return [line for line in document.prose if line.strip() not in printed]


def _once_each(figures: Sequence[Figure]) -> tuple[list[Figure], list[Issue]]:
    """Each cell once. Printed twice alike it is one figure; printed differently nobody can say which holds."""
    kept: dict[str, Figure] = {}
    issues: list[Issue] = []
    certain = {figure.cell for figure in figures if figure.status is not Status.AMBIGUOUS}
    for figure in figures:
        if figure.status is Status.AMBIGUOUS and figure.cell in certain:
            continue  # a row that is not told apart says nothing against one that is
        first = kept.setdefault(figure.cell, figure)
        if first is figure or (first.status, first.value) == (figure.status, figure.value):
            continue
        if first.status is Status.AMBIGUOUS:
            continue
        kept[figure.cell] = replace(first, value=None, status=Status.AMBIGUOUS)
        issues.append(Issue("ambiguous_cell", figure.cell, f"printed as “{first.raw}” and as “{figure.raw}”"))
    return list(kept.values()), issues


def _torn(document: Document) -> Sequence[Block]:
    """The blocks within which the document, or one of its pages, may have been cut off."""
    return (*document.torn, *(document.blocks[-1:] if document.ends_open else ()))


def _without_cut_end(figures: list[Figure], document: Document) -> tuple[list[Figure], list[Issue]]:
    """`figures` without the value of one that a page cut off ends with: 1 may be what is left of 10.

    A zero stands, for no number goes on behind it.
    """
    ends = {_end(block) for block in _torn(document) if isinstance(block, Grid)}
    if not ends:
        return figures, []
    kept: list[Figure] = []
    issues: list[Issue] = []
    for figure in figures:
        at_end = (figure.where.table, figure.where.row, figure.where.column) in ends
        if at_end and figure.value is not None and figure.raw.strip() != "0":
            kept.append(replace(figure, value=None, status=Status.AMBIGUOUS))
            issues.append(
                Issue("cut_off", figure.cell, f"the page ends with “{figure.raw}”, which may go on")
            )
        else:
            kept.append(figure)
    return kept, issues


def _end(grid: Grid) -> tuple[int, int, int] | None:
    """Where the last cell stands in which something is printed."""
    filled = [(grid.number, cell.row, cell.column) for cell in grid.cells if cell.text.strip()]
    return max(filled, default=None)


def _one_form_a_row(figures: Sequence[Figure], rows_of: Sequence[set[tuple[str, str]]]) -> list[Figure]:
    """`figures` without rows that no form has beside their own parts, unless figures are printed in them.

    （六）其他处理 is a row of figures in the form of 2019 and a heading over three rows in that of 2021. Figures beside
    it there belong to one of the three whose label is lost: they are ambiguous.
    """
    rows = {(figure.part, figure.item) for figure in figures}
    headings = {
        (part, item)
        for part, item in rows
        for other_part, other in rows
        if part == other_part
        and other.startswith(item + ".")
        and not any({(part, item), (part, other)} <= form for form in rows_of)
    }
    kept = []
    for figure in figures:
        if (figure.part, figure.item) not in headings:
            kept.append(figure)
        elif figure.status is not Status.BLANK:
            kept.append(replace(figure, value=None, status=Status.AMBIGUOUS))
    return kept


def _shown(strips: list[Strip], document: Document) -> tuple[list[Strip], list[Issue]]:
    """`strips` without those of tables around which the page hides something, where others of their part are shown.

    Such tables are last year's, or the same again for a small screen; where there are no others, a script shows them.
    """
    veiled = {block.number for block in document.blocks if isinstance(block, Grid) and block.veiled}
    shown = {strip.part for strip in strips if strip.where.table not in veiled and strip.printed}
    left_out = [strip for strip in strips if strip.where.table in veiled and strip.part in shown]
    if not left_out:
        return strips, []
    counts = Counter(strip.where.table for strip in left_out)
    issues = [
        Issue(
            "hidden_rows",
            f"table {number}",
            f"{rows} rows around which the page hides something are left out",
        )
        for number, rows in sorted((number or 0, rows) for number, rows in counts.items())
    ]
    kept = [strip for strip in strips if strip.where.table not in veiled or strip.part not in shown]
    return kept, issues


def _hidden(document: Document) -> list[Issue]:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    counts = [
        (grid.number, len({cell.row for cell in grid.cells if cell.hidden and cell.text})) for grid in grids
    ]
    return [
        Issue("hidden_rows", f"table {number}", f"{rows} rows that the page does not show are left out")
        for number, rows in counts
        if rows
    ]


def _telling(lines: list[str]) -> list[str]:
    return lines if len(lines) <= 2 * _TELLING_LINES else lines[:_TELLING_LINES] + lines[-_TELLING_LINES:]


def _beyond(lines: Sequence[str]) -> list[Issue]:
    if len(lines) <= _MOST_LINES:
        return []
    message = f"the document has {len(lines)} lines; tables are looked for in the first {_MOST_LINES}"
    return [Issue("too_large", None, message)]


def _local(strip: Strip) -> Issue:
    return Issue("local_row", f"{strip.part}/{strip.item}", f"“{strip.label}” is not a row of the forms")
