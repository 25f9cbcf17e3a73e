"""Where the reports of runs are kept."""

from __future__ import annotations

from pathlib import Path

from crawler.run_facts import RunReport
from gongkai.run_report.markdown import markdown
from pipeline.problem import Problem


def write_report(report: RunReport, data: Path) -> Path:
    """Write the report as `data`/runs/RUN.md, in the place of an earlier one, and tell where it is.

    Raises Problem where it cannot be written.
    """
    return write_page(
        data / "runs" / f"{report.run}.md",
        markdown(report),
        again=f"gongkai crawl --report {report.run} --data {data}",
    )


def write_page(path: Path, text: str, *, again: str) -> Path:
    """Write the report of a run in one step, in the place of an earlier one; `again` is the command that does so again.

    Raises Problem where it cannot be written.
    """
    beside = path.with_suffix(".md.new")
    try:
        path.parent.mkdir(exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise Problem(
            f"{path}: the report of the run could not be written ({error.strerror}). The archive has all it tells of: "
            f"once it can be written, run {again}"
        ) from error
    return path
