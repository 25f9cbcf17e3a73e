"""The report of a run in words: in full as Markdown, and in a few lines."""

from gongkai.run_report.file import write_report
from gongkai.run_report.markdown import markdown
from gongkai.run_report.short import short

__all__ = ["markdown", "short", "write_report"]
