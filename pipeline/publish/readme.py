"""README.md of a release: what it is, what is in it, and three questions with their queries."""

from __future__ import annotations

from pipeline.publish import edition as facts
from pipeline.publish.card import card
from pipeline.publish.edition import Edition
from pipeline.publish.examples import PYTHON, PYTHON_DATABASE, R_DATABASE, README, Example
from pipeline.publish.gates import Gate, Passing
from pipeline.tables.database import DATABASE
from pipeline.tables.schema import SCHEMA_VERSION, TABLES

_FILES = f"""| file | is |
| --- | --- |
| `{DATABASE}` | all tables, views and macros in one file, for DuckDB 1.1 or newer 全部数据，可用 SQL 查询 |
| `tables/*.parquet` | the tables, exact, for every other program 各表 |
| `csv/*.csv` | the same tables for spreadsheets, figures by year; also the views `city_year` and `panel` 可用 Excel 打开 |
| `CODEBOOK.md`, `CODEBOOK.zh.md` | every table, column, cell and series, in English and in Chinese 数据说明（英文、中文） |
| `CHANGES.md`, `changes/` | what is new, gone or changed since the last release, and why 与上一版的差异 |
| `CHECKS.md` | what this release was held against 发布前的检查 |
| `datapackage.json`, `croissant.json`, `dcat.jsonld` | the same for machines: Frictionless, Croissant, DCAT 元数据 |
| `CITATION.cff`, `LICENSE-DATA` | how to cite, and the licence, {facts.LICENCE} 引用与许可 |
| `SHA256SUMS` | checksums: `sha256sum -c SHA256SUMS` 校验和 |"""

_MIND = """- A number stands only where one is certainly read. `status` says what else a cell holds: `blank` is an empty cell,
  `not_applicable` a dash, and neither is zero. 零、空白、横线、无法识别是四种不同的情况，不能当作零。
- Figures are as printed. Where a report contradicts itself, `finding` says so and nothing is repaired. 数据按原文收录，不作修正。
- The national form changed in 2019 and 2021. `panel` grades every step between forms; values of different `segment`s
  are never one line. 2019 年、2021 年格式有变，不同 segment 的数值不可连成一条线。
- In CSV, text stands in quotes; nothing without quotes is an absent value (NULL), `""` an empty text. Times are UTC. A cell
  of a spreadsheet holds 32,767 characters, so long prose in `section` is cut off by it, not in the file. Text comes from
  foreign pages: a spreadsheet may take one that begins with = for a formula. CSV 以 UTF-8（带 BOM）编码。"""


def readme(edition: Edition, gates: list[Gate]) -> str:
    """The text; the same for the same edition."""
    years = edition.years
    span = f", years {years[0]} to {years[1]}" if years else ""
    counts = "\n".join(f"| `{table.name}` | {edition.rows[table.name]:,} |" for table in TABLES)
    unheld = sum(gate.passing is Passing.NO_FLOOR for gate in gates)
    floors = (
        f" For {unheld} of them no floor is known yet, so nothing says whether they are whole; CHECKS.md names them."
        if unheld
        else " Each is at or above its floor, see CHECKS.md."
    )
    return f"""{card()}
# {facts.TITLE}

{facts.TITLE_ZH}

Version {edition.version.text} of {edition.date.isoformat()}{span}. Schema version {SCHEMA_VERSION}. Made by {edition.made_by}.

{facts.DESCRIPTION}

{facts.DESCRIPTION_ZH}

## Files 文件

{_FILES}

This folder never changes: what is put right comes in the next version. 本版发布后不再改动，更正见下一版。

## Three questions 三个问题

In the folder of this file, with DuckDB's own program (`duckdb -readonly {DATABASE}`) or from any language:

{"".join(_question(number, example) for number, example in enumerate(README, start=1))}### In Python

```python
{PYTHON_DATABASE.format(sql=README[0].sql)}
```

Without the database, from the Parquet files:

```python
{PYTHON}
```

### In R

```r
{R_DATABASE.format(sql=README[0].sql)}
```

## To mind 注意

{_MIND}

## Rows 行数

| table | rows |
| --- | ---: |
{counts}

## Current reports 最新版本的报告

Of these places and years there are reports.{floors}

{_reports(edition)}
"""


def _question(number: int, example: Example) -> str:
    return f"{number}. {example.english} {example.chinese}\n\n```sql\n{example.sql}\n```\n\n"


def _reports(edition: Edition) -> str:
    years = sorted({year for _, year in edition.reports}, key=lambda year: year or 0)
    provinces = sorted({province for province, _ in edition.reports}, key=lambda name: name or "")
    head = "| province 省级 | " + " | ".join(str(year or "unknown") for year in years) + " |"
    rows = [
        f"| {province or 'unknown'} | "
        + " | ".join(str(edition.reports.get((province, year), "")) for year in years)
        + " |"
        for province in provinces
    ]
    return "\n".join([head, "| --- |" + " ---: |" * len(years), *rows])
