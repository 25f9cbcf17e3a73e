"""Colours of a scan: red seals go, black print stays, and it is told where the red was."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.scan.pixels import Picture

Coloured = npt.NDArray[np.uint8]  # rows of pixels of blue, green and red

_RED = 22  # by how much red is lighter than the other colours; the paper of old scans is yellow, not red
_SPREAD = 13  # pixels to which JPEG smears a colour
_INK = 110  # of red light: what gives back less is black under the seal
_PAPER = 215


@dataclass(frozen=True, slots=True)
class Tinted:
    """A page in grey without its seals; `red` is 255 where something red is or was.

    `unit` is what a pixel is on the page as it came: points of a page, pixels of a picture.
    """

    grey: Picture
    red: Picture
    unit: float


def tinted(page: Coloured, unit: float) -> Tinted:
    """A coloured page without red."""
    blue, green, red = (page[:, :, place].astype(np.int16) for place in range(3))
    others = np.maximum(blue, green)
    is_red = (red - others > _RED).astype(np.uint8) * 255
    near = cv2.dilate(is_red, np.ones((_SPREAD, _SPREAD), np.uint8)) > 0
    paper = int(np.percentile(red, 90))
    lifted = red + np.clip((red - _INK) / max(1, _PAPER - _INK), 0, 1) * (paper - red)
    grey = np.where(near & (red < paper), lifted, red)
    return Tinted(np.clip(grey, 0, 255).astype(np.uint8), is_red, unit)
