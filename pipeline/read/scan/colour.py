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
_AROUND = 5  # pixels over which the smeared colour of a stroke has its whole strength
_OF_SEAL = 0.4  # of what is dark there, by which red is lighter than the other colours in a seal
_PRINT = 0.7  # of the light of the paper, below which something is print
_BLACK = 0.42  # of the way from ink to paper, up to which red light shows black under the seal
_TRACE = 0.65  # of that way, up to which
_SEAL = 0.78  # of the light of the paper: less red light comes from no seal without print under it
_REACH = 3  # pixels from it are its thin strokes and its edges
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

    JPEG keeps colours at half the size, so the edge of a seal is dark in its red light too. Print is told from it by
    how dark it is, and by how much of what is dark around has the colour.
    """
    blue, green, red = cv2.split(page)
    excess = np.asarray(cv2.subtract(red, cv2.max(blue, green)), np.uint8)
    is_red = np.asarray(cv2.threshold(excess, _RED, 255, cv2.THRESH_BINARY)[1], np.uint8)
    grey, hidden = np.asarray(red, np.uint8), np.zeros_like(is_red)
    if is_red.any():
        light, luma = paper(grey), np.asarray(cv2.transform(page, _LUMA), np.uint8)
        near = cv2.dilate(is_red, np.ones((_SPREAD, _SPREAD), np.uint8)) > 0
        dark = np.asarray(cv2.subtract(light, luma), np.uint8)
        seal = near & _is_seal(excess, dark)
        whole = cv2.add(luma, cv2.dilate(cv2.subtract(grey, luma), np.ones((_AROUND, _AROUND), np.uint8)))
        gone = seal & ~_is_print(grey / light, whole / light, is_red)
        hidden = np.where(gone & (whole < _SEAL * light), np.uint8(255), np.uint8(0))
        grey = np.where(gone, light, grey)
    return Tinted(grey, is_red, hidden, unit)


def _is_seal(excess: Picture, dark: Picture) -> _Flags:
    """Where what is dark is mostly red."""
    size = (_AROUND, _AROUND)
    coloured = cv2.blur(excess.astype(np.float32), size)
    return np.asarray(coloured > _OF_SEAL * cv2.blur(dark.astype(np.float32), size), np.bool_)


def _is_print(share: _Shares, whole: _Shares, is_red: Picture) -> _Flags:
    """Where there is black, and what hangs together with it. `share` is of the light of the paper, `whole` the same if
    all around were as red as the reddest.
    """
    plain = share[(share < _PRINT) & (is_red == 0)]
    ink = float(np.median(plain)) if plain.size else 0.0
    found = (whole < ink + _BLACK * (1 - ink)).astype(np.uint8)
    traces = (share < ink + _TRACE * (1 - ink)).astype(np.uint8)
    for _ in range(_REACH):
        found = np.asarray(cv2.dilate(found, np.ones((3, 3), np.uint8)), np.uint8) & traces
    return np.asarray(found > 0, np.bool_)
