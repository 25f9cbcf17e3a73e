"""What scanners, stamps and telephones do to a page; each takes a coloured picture and gives one."""

from __future__ import annotations

import io
import math

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

Coloured = npt.NDArray[np.uint8]


def coloured(page: Image.Image) -> Coloured:
    """A page as pixels of blue, green and red."""
    return np.asarray(page.convert("RGB"), np.uint8)[:, :, ::-1].copy()


def noisy(page: Coloured, strength: float, seed: int = 1) -> Coloured:
    """Grain of `strength` grey levels."""
    grain = np.random.default_rng(seed).normal(0, strength, page.shape[:2])
    return np.clip(page + grain[:, :, None], 0, 255).astype(np.uint8)


def speckled(page: Coloured, share: float, seed: int = 1) -> Coloured:
    """Black dust of one to two pixels on a share of the places."""
    dust = (np.random.default_rng(seed).random(page.shape[:2]) < share).astype(np.uint8)
    dust = np.asarray(cv2.dilate(dust, np.ones((2, 1), np.uint8)), np.uint8)
    return np.where(dust[:, :, None] > 0, np.uint8(30), page)


def blurred(page: Coloured, radius: float) -> Coloured:
    """Out of focus."""
    return np.asarray(cv2.GaussianBlur(page, (0, 0), radius), np.uint8)


def skewed(page: Coloured, degrees: float) -> Coloured:
    """Turned a little."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(
        cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(250, 250, 250)),
        np.uint8,
    )


def stamped(page: Coloured, x: float, y: float, radius: float = 0.09) -> Coloured:
    """With a red seal around a place, all in shares of the page's width."""
    width = page.shape[1]
    seal = np.full_like(page, 255)
    middle = (round(x * width), round(y * width))
    red = (60, 50, 215)
    cv2.circle(seal, middle, round(radius * width), red, max(2, round(0.005 * width)), cv2.LINE_AA)
    points = [
        (
            round(middle[0] + 0.3 * radius * width * (1 if step % 2 else 0.4) * math.sin(step * math.pi / 5)),
            round(middle[1] + 0.3 * radius * width * (1 if step % 2 else 0.4) * math.cos(step * math.pi / 5)),
        )
        for step in range(10)
    ]
    cv2.fillPoly(seal, [np.array(points, np.int32)], red, cv2.LINE_AA)
    for step in range(9):
        angle = math.pi * (0.85 + step * 0.16)
        spot = (
            round(middle[0] + 0.75 * radius * width * math.cos(angle)),
            round(middle[1] + 0.75 * radius * width * math.sin(angle)),
        )
        cv2.putText(
            seal, "ABCDEFGHJ"[step], spot, cv2.FONT_HERSHEY_SIMPLEX, width / 2200, red, 2, cv2.LINE_AA
        )
    return (page.astype(np.uint16) * seal // 255).astype(np.uint8)


def faded(page: Coloured, left: int = 120) -> Coloured:
    """Printed pale: black becomes the grey `left`."""
    return (left + page.astype(np.float64) * (255 - left) / 255).astype(np.uint8)


def photographed(page: Coloured, tilt: float = 0.03) -> Coloured:
    """On a dark desk, seen from the side, lit from one corner."""
    height, width = page.shape[:2]
    edge = 0.02 * width
    corners = [
        (edge + tilt * width, edge),
        (width - edge - 0.6 * tilt * width, edge + 0.5 * tilt * height),
        (width - edge, height - edge),
        (edge, height - edge - 0.4 * tilt * height),
    ]
    plain = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = cv2.getPerspectiveTransform(plain, np.array(corners, np.float32))
    shown = cv2.warpPerspective(page, seen, (width, height), flags=cv2.INTER_LINEAR, borderValue=(70, 80, 90))
    rows, columns = np.mgrid[0:height, 0:width]
    light = 1.0 - 0.35 * (rows / height) * (columns / width)
    return np.asarray(shown * light[:, :, None], np.uint8)


def squeezed(page: Coloured, quality: int) -> bytes:
    """As a JPEG."""
    out = io.BytesIO()
    Image.fromarray(page[:, :, ::-1]).save(out, "JPEG", quality=quality)
    return out.getvalue()
