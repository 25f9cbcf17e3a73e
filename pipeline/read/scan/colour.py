"""Colours of a scan: red seals go, black print stays, and it is told where the red was."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.scan.pixels import Picture, paper

Coloured = npt.NDArray[np.uint8]  # rows of pixels of blue, green and red
_Shares = npt.NDArray[np.floating]
_Flags = npt.NDArray[np.bool_]

_RED = 22  # by how much red is lighter than the other colours; the paper of old scans is yellow, not red
_SPREAD = 13  # pixels to which JPEG smears a colour
_AROUND = 7  # pixels over which a smeared colour has its whole strength, and the two fringes of a stroke none
_TINGE = 0.05  # of the light of the paper, by which red is lighter around there in a seal,
_OF_SEAL = 0.3  # and the same of what is dark around there
_STRONG = 0.75  # of the colour of the strongest red: there the seal is whole
_STRONGEST = 90  # percentile
_DARKEST = 10  # percentile of the light of a whole seal
_UNDER = 0.75  # of that light: less comes from no seal without print under it
_UNTINGED = 0.35  # of the light of the paper: what is darker by more than the colour around tells is print
_EDGE = 0.65, 0.6  # of that light, red and all of it, up to which something is the edge of print
_REACH = 2  # pixels that such edges are wide
_HIDDEN = 0.07  # of the light of the paper, by which what went is darker than its colour tells, on average
_LIGHT = 250  # red light that may have been cut off: all of it is told by what the other colours lack
_WEAKEST = 0.05  # share of the light, by which nothing is divided that is less
_LUMA = np.array([[0.114, 0.587, 0.299]], np.float32)


@dataclass(frozen=True, slots=True)
class Tinted:
    """A page in grey without its seals; `red` is 255 where something red is or was, and `hidden` where what went with
    it was darker than a seal is: there may have been thin print.

    `unit` is what a pixel is on the page as it came: points of a page, pixels of a picture.
    """

    grey: Picture
    red: Picture
    hidden: Picture
    unit: float


def tinted(page: Coloured, unit: float) -> Tinted:
    """A coloured page without red.

    A seal takes the more light the redder it is; print takes light and has no colour. JPEG keeps the light of each
    pixel, and colours at half the size. So print is what is darker than the seal, or than the colour around it tells;
    and where what went was darker than its colour tells, on average, there may have been print.
    """
    blue, green, red = cv2.split(page)
    excess = np.asarray(cv2.subtract(red, cv2.max(blue, green)), np.uint8)
    is_red = np.asarray(cv2.threshold(excess, _RED, 255, cv2.THRESH_BINARY)[1], np.uint8)
    grey, hidden = np.asarray(red, np.uint8), np.zeros_like(is_red)
    light = paper(grey)
    share = grey / light.astype(np.float32)
    other = (blue.astype(np.float32) + green) / (2.0 * light)
    tinge = share - other
    around = _mean(tinge)
    tinged = (is_red > 0) & (around > _TINGE)
    if tinged.any():
        luma = cv2.transform(page, _LUMA) / light
        dark = np.maximum(0, 1 - luma)
        strong = tinged & (around > _STRONG * np.percentile(around[tinged], _STRONGEST))
        seal_light = float(np.percentile(luma[strong], _DARKEST))
        strength = max(_WEAKEST, float(np.median(tinge[strong] / np.maximum(_WEAKEST, dark[strong]))))
        is_cut = grey >= _LIGHT
        told = np.where(is_cut, np.maximum(0, 1 - other) / _LUMA[0, 2], tinge) / strength
        near = cv2.dilate(is_red, np.ones((_SPREAD, _SPREAD), np.uint8)) > 0
        seal = near & (around > _TINGE) & (around > _OF_SEAL * _mean(dark))
        is_print = luma < _UNDER * seal_light
        is_print |= 1 - luma - cv2.dilate(told, np.ones((3, 3), np.uint8)) > _UNTINGED
        gone = seal & ~_with_edges(is_print, (share < _EDGE[0]) & (luma < _EDGE[1]))
        unexplained = np.where(gone, np.where(is_cut, 0, dark) - told, 0)
        hidden = np.where(gone & (_mean(unexplained) > _HIDDEN), np.uint8(255), np.uint8(0))
        grey = np.where(gone, light, grey)
    return Tinted(grey, is_red, hidden, unit)


def _mean(shares: _Shares) -> _Shares:
    return np.asarray(cv2.blur(np.asarray(shares, np.float32), (_AROUND, _AROUND)))


def _with_edges(core: _Flags, edges: _Flags) -> _Flags:
    """Where something is, and its edges that hang together with it."""
    found = core.astype(np.uint8)
    for _ in range(_REACH):
        found = np.asarray(cv2.dilate(found, np.ones((3, 3), np.uint8)), np.uint8) & edges
    return np.asarray(core | (found > 0), np.bool_)
