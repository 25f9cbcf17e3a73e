"""The report of a yearly run for people: one page of Markdown."""

from gongkai.year_report.facts import YearRun
from gongkai.year_report.markdown import year_markdown

__all__ = ["YearRun", "year_markdown"]
