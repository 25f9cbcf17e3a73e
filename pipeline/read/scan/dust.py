"""Dust on a page: specks too small for anything printed, which a recogniser takes for points beside digits."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.read.scan.pixels import Picture, dark_in

_DARKER = 40  # grey levels by which a speck, and the thin end of a stroke, differ from what is around
_LARGEST = 3  # pixels of a speck; the point of a number in small print is as large at 200 to the inch
_CLEAR = 3  # pixels of paper around a speck: closer to ink it may be part of a stroke that broke
_BESIDE = 14  # pixels to the digits between which a point stands
_ABOVE = 16  # pixels to which these rise over it
_EDGE = 1  # pixel around a speck that is darker than paper


def strokes(grey: Picture, dark: Picture) -> Picture:
    """255 where there is ink, with the thin strokes that hang together with `dark`, which is without its grain."""
    count, labels = cv2.connectedComponents(dark_in(grey, _DARKER) | dark, connectivity=8)
    kept = np.zeros(count, np.uint8)
    kept[labels[dark > 0]] = 255
    return np.asarray(kept[labels], np.uint8)


def specks(bare: Picture, ink: Picture) -> Picture:
    """255 where there are specks on a page without its lines, and a little around them. What has ink on both sides is
    none: it may be the point of a number.
    """
    _, labels, found, _ = cv2.connectedComponentsWithStats(dark_in(bare, _DARKER) | ink, connectivity=8)
    is_speck = (found[:, 2:4].max(axis=1) <= _LARGEST) & (np.arange(len(found)) > 0)
    larger = ~is_speck[labels] & (labels > 0)
    told = np.zeros_like(ink)
    for left, top, width, height in found[is_speck, :4].tolist():
        right, bottom = left + width, top + height
        upper, near = max(0, top - _CLEAR), max(0, left - _CLEAR)
        if larger[upper : bottom + _CLEAR, near : right + _CLEAR].any():
            continue
        lines = slice(max(0, top - _ABOVE), bottom + _CLEAR)
        beside = larger[lines, max(0, left - _BESIDE) : left], larger[lines, right : right + _BESIDE]
        if beside[0].any() and beside[1].any():
            continue
        told[max(0, top - _EDGE) : bottom + _EDGE, max(0, left - _EDGE) : right + _EDGE] = 255
    return told
