"""The sample: three invented cities with a portal each, rendered from reviewed figures, for demo and test."""

from pipeline.sample.server import Request, SamplePortal
from pipeline.sample.site import Page, SampleReport, sample_reports, site
from pipeline.sample.truth import Contradiction, Printed, Truth, load_truth

__all__ = [
    "Contradiction",
    "Page",
    "Printed",
    "Request",
    "SamplePortal",
    "SampleReport",
    "Truth",
    "load_truth",
    "sample_reports",
    "site",
]
