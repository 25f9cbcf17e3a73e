"""Tables of a sample report as small pictures, as portals show them and people paste them into documents."""

from __future__ import annotations

import io

from PIL import Image

from pipeline.read import read_document
from pipeline.read.blocks import Grid
from pipeline.sample import SampleReport
from tests.read.pdf.drawing import Look
from tests.read.scan.painting import Painting


def png(page: Image.Image) -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def painted(report: SampleReport, *numbers: int, height: float = 260) -> list[Image.Image]:
    """Tables of the report, by their numbers from 0, on pages of some height in points."""
    grids = [block for block in read_document(report.html).blocks if isinstance(block, Grid)]
    return Painting(Look(height=height), 110).painted([grids[number] for number in numbers])
