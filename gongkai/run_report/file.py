"""Where the report of a run is kept."""

from __future__ import annotations

from pathlib import Path

from crawler.run_facts import RunReport
from gongkai.run_report.markdown import markdown
from pipeline.problem import Problem


def write_report(report: RunReport, data: Path) -> Path:
    """Write the report as `data`/runs/RUN.md, in the place of an earlier one, and tell where it is.

    Raises Problem where it cannot be written.
    """
    path = data / "runs" / f"{report.run}.md"
    beside = path.with_suffix(".md.new")
    try:
        path.parent.mkdir(exist_ok=True)
        beside.write_text(markdown(report), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise Problem(
            f"{path}: the report of the run could not be written ({error.strerror}). The archive has all it tells of: "
            f"once it can be written, run gongkai crawl --report {report.run} --data {data}"
        ) from error
    return path
