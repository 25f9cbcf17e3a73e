"""The progress of a crawl, on a terminal or in a log."""

from gongkai.show_crawl.display import CrawlDisplay

__all__ = ["CrawlDisplay"]
