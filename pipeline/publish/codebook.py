"""CODEBOOK.md and CODEBOOK.zh.md: every table, column, cell and series, from the schema, the forms and the series."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping

from pipeline.datasets import dataset_file
from pipeline.forms import load_forms, load_series
from pipeline.publish.examples import CODEBOOK, Example
from pipeline.tables.model import Table
from pipeline.tables.schema import MACROS, SCHEMA_VERSION, TABLES, VIEWS

Words = Callable[[str, str | None, str], str]
"""Given a table, a column or None for the table itself, and the English comment: what a reader is told."""


def codebook() -> str:
    """The codebook in English, in the words of the database's comments."""
    return _written(_ENGLISH, lambda _table, _column, comment: comment, lambda example: example.english)


def codebook_zh() -> str:
    """The codebook in Chinese, in the reviewed words of `datasets/codebook.zh.toml`.

    What has no words there yet stands in English.
    """
    words = chinese_words()

    def told(table: str, column: str | None, comment: str) -> str:
        own, shared = words.get(table, {}), words["any"]
        return own.get(column or "_") or (shared.get(column, comment) if column else comment)

    return _written(_CHINESE, told, lambda example: example.chinese)


def chinese_words() -> Mapping[str, Mapping[str, str]]:
    """What each table (under `_`) and each of its columns is, in Chinese; `any` holds the words of columns alike."""
    return tomllib.loads(dataset_file("codebook.zh.toml").read_text(encoding="utf-8"))


_ENGLISH = {
    "title": "Codebook",
    "opening": "One row of `report` is one version of one organ's report of one year; `figure` holds its cells. A cell is "
    "named part/item/measure, after the national form that its labels belong to. The database holds these words as "
    "comments on its tables and columns.",
    "schema": "Schema version",
    "questions": "Questions",
    "tables": "Tables",
    "views": "Views and macros, in the database",
    "macro": "macro",
    "columns": "| column | type | filled | is |",
    "columns_view": "| column | is |",
    "always": "always",
    "words": "One of",
    "cells": "Cells of the national forms",
    "form": "Form",
    "columns_cells": "| cell | row | column | unit | in English |",
    "series": "Comparable series",
    "grades": "A: the same definition. B: close, with a break where the form changes. C: related, never joined. N: not "
    "comparable, never joined.",
    "columns_series": "| series | is | unit | cells | steps | to mind |",
}
_CHINESE = {
    "title": "数据说明",
    "opening": "`report` 表一行是一个机关一个年度报告的一个版本，`figure` 表是报告中的各个单元。单元名称为"
    "“部分/行/列”（part/item/measure），按单元的标签所属的全国统一格式确定。",
    "schema": "结构版本",
    "questions": "常见问题",
    "tables": "表",
    "views": "视图与宏（仅在数据库中）",
    "macro": "宏",
    "columns": "| 列 | 类型 | 必填 | 说明 |",
    "columns_view": "| 列 | 说明 |",
    "always": "是",
    "words": "取值",
    "cells": "全国统一格式的单元",
    "form": "格式",
    "columns_cells": "| 单元 | 行 | 列 | 单位 | 英文 |",
    "series": "可比序列",
    "grades": "A：定义相同。B：相近，格式变化处有断点。C：相关，不可连接。N：不可比，不可连接。",
    "columns_series": "| 序列 | 指标 | 单位 | 单元 | 等级 | 注意 |",
}


def _written(says: Mapping[str, str], told: Words, asked: Callable[[Example], str]) -> str:
    questions = "\n".join(f"{asked(example)}\n\n```sql\n{example.sql}\n```\n" for example in CODEBOOK)
    tables = "\n".join(_table(table, says, told) for table in TABLES)
    views = "\n".join(
        [_view(view.name, view.name, view.comment, view.columns, says, told) for view in VIEWS]
        + [
            _view(
                f"{macro.name}({', '.join(name for name, _ in macro.parameters)}) ({says['macro']})",
                macro.name,
                macro.comment,
                macro.columns,
                says,
                told,
            )
            for macro in MACROS
        ]
    )
    return (
        f"# {says['title']}\n\n{says['opening']} {says['schema']} {SCHEMA_VERSION}.\n\n"
        f"## {says['questions']}\n\n{questions}\n## {says['tables']}\n\n{tables}\n## {says['views']}\n\n{views}\n"
        f"## {says['cells']}\n\n{_cells(says)}\n## {says['series']}\n\n{says['grades']}\n\n{_series(says)}\n"
    )


def _table(table: Table, says: Mapping[str, str], told: Words) -> str:
    rows = []
    for column in table.columns:
        text = told(table.name, column.name, column.comment)
        if column.values:
            text += f" {says['words']}: {', '.join(column.values)}"
        filled = "" if column.null else says["always"]
        rows.append(f"| `{column.name}` | {column.kind.sql} | {filled} | {_cell(text)} |")
    head = f"{says['columns']}\n| --- | --- | --- | --- |"
    return f"### {table.name}\n\n{told(table.name, None, table.comment)}\n\n{head}\n" + "\n".join(rows) + "\n"


def _view(
    title: str,
    name: str,
    comment: str,
    columns: Iterable[tuple[str, str]],
    says: Mapping[str, str],
    told: Words,
) -> str:
    rows = "\n".join(f"| `{column}` | {_cell(told(name, column, text))} |" for column, text in columns)
    return f"### {title}\n\n{told(name, None, comment)}\n\n{says['columns_view']}\n| --- | --- |\n{rows}\n"


def _cells(says: Mapping[str, str]) -> str:
    parts: dict[str, list[str]] = {}
    for cell in load_forms().cells():
        parts.setdefault(cell.form, []).append(
            f"| `{cell.part}/{cell.item}/{cell.measure}` | {_cell(cell.item_label)} | {_cell(cell.measure_label)} | "
            f"{cell.unit or ''} | {_cell(cell.item_english)}; {_cell(cell.measure_english)} |"
        )
    head = f"{says['columns_cells']}\n| --- | --- | --- | --- | --- |\n"
    return "\n".join(
        f"### {says['form']} {form}\n\n{head}" + "\n".join(rows) + "\n" for form, rows in parts.items()
    )


def _series(says: Mapping[str, str]) -> str:
    rows = []
    for one in load_series(load_forms()):
        cells = "; ".join(f"{form}: {' + '.join(names)}" for form, names in one.cells.items())
        steps = ", ".join(f"{before}-{after} {grade}" for (before, after), grade in one.joins.items())
        rows.append(
            f"| `{one.name}` | {_cell(one.label)} {_cell(one.english)} | {one.unit} | {cells} | {steps} | {_cell(one.note or '')} |"
        )
    return f"{says['columns_series']}\n| --- | --- | --- | --- | --- | --- |\n" + "\n".join(rows)


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")
