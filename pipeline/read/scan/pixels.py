"""A picture as rows of grey pixels, 0 black to 255 white, as all of this room works on them."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.pdf.geometry import Box

Picture = npt.NDArray[np.uint8]
DPI = 200  # pixels to an inch, to which every page is brought
POINT = DPI / 72  # pixels to a point

_BAND = 31  # pixels of the neighbourhood against which ink is told from paper
_PAPER = 31  # pixels; no stroke of a character is so wide


def resized(picture: Picture, scale: float) -> Picture:
    """The picture, larger or smaller."""
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=way), np.uint8)


def cut(picture: Picture, box: Box) -> Picture:
    """The part of the picture in a box of pixels; at least one pixel."""
    height, width = picture.shape[:2]
    left, top = min(max(int(box.left), 0), width - 1), min(max(int(box.top), 0), height - 1)
    right, bottom = max(left + 1, round(box.right)), max(top + 1, round(box.bottom))
    return picture[top:bottom, left:right]


def paper(grey: Picture) -> Picture:
    """The light of the paper at every place: that of the lightest around."""
    small = resized(grey, 0.25)
    calm = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), _PAPER)
    wide = cv2.resize(calm, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.maximum(wide, 40), np.uint8)


def evenly_lit(grey: Picture) -> Picture:
    """The picture as if the paper were white everywhere: shadows and yellow paper are divided out."""
    return np.asarray(cv2.divide(grey, paper(grey), scale=245), np.uint8)


def black_and_white(picture: Picture) -> Picture:
    """The picture twice as large, without greys: looked at again, it is another picture of the same."""
    large = cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    _, plain = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(plain, np.uint8)


def dark_in(picture: Picture, darker: int) -> Picture:
    """255 where a picture is so many grey levels darker than what is around."""
    way = cv2.ADAPTIVE_THRESH_MEAN_C
    return np.asarray(
        cv2.adaptiveThreshold(picture, 255, way, cv2.THRESH_BINARY_INV, _BAND, darker), np.uint8
    )
