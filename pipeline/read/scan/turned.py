"""Pages that lie on their side or stand on their head: told by their lines of text, and which way these can be read."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

import numpy as np

from pipeline.read.pdf.geometry import Box
from pipeline.read.scan.pixels import Picture, cut
from pipeline.read.scan.recognise import Recogniser

_LONG = 4.0  # times as long as wide: a line of text, which shows which way it runs
_TRIED = 5  # of the longest lines
_READS = 0.8  # confidence of a page that stands as it should


def turns(grey: Picture, found: Sequence[Box], recogniser: Recogniser) -> int:
    """By how many quarter turns clockwise a page must be turned to be read; 0 where no line of text tells."""
    long = [box for box in found if max(box.width, box.height) > _LONG * min(box.width, box.height)]
    long.sort(key=lambda box: max(box.width, box.height))
    tried = long[-_TRIED:]
    if not tried:
        return 0
    lies = sum(box.height > box.width for box in long) > len(long) / 2
    sure = {}
    for quarters in (1, 3) if lies else (0, 2):
        pieces = [np.ascontiguousarray(np.rot90(cut(grey, box), -quarters)) for box in tried]
        sure[quarters] = mean(said.confidence for said in recogniser.read(pieces))
        if sure[quarters] > _READS:
            return quarters
    return max(sure, key=lambda quarters: sure[quarters])
