"""A red seal goes from a page and the print under it stays, though JPEG keeps colours at half the size."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.read.scan.colour import Coloured, tinted
from tests.read.scan.damage import squeezed, stamped


def page(ink: int) -> Coloured:
    """Lines and figures all over, in grey `ink`."""
    paper: Coloured = np.full((700, 700, 3), 250, np.uint8)
    for at in range(50, 700, 50):
        cv2.line(paper, (0, at), (700, at), (ink, ink, ink), 2)
        for x in range(20, 700, 80):
            cv2.putText(paper, "108", (x, at - 15), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (ink, ink, ink), 2)
    return paper


def scanned(paper: Coloured, quality: int) -> Coloured:
    with Image.open(io.BytesIO(squeezed(paper, quality))) as picture:
        return np.asarray(picture.convert("RGB"), np.uint8)[:, :, ::-1].copy()


@pytest.mark.parametrize(("quality", "ink"), [(90, 20), (60, 20), (40, 20), (60, 90)])
def test_under_a_seal_the_print_stays_and_little_else(quality: int, ink: int) -> None:
    plain, sealed = page(ink), stamped(page(ink), 0.5, 0.5, 0.3)
    was = scanned(plain, quality)[:, :, 2].astype(int)
    seen = tinted(scanned(sealed, quality), 1.0)
    printed, empty = was < ink + 40, cv2.erode(was.astype(np.uint8), np.ones((9, 9), np.uint8)) > 235
    assert seen.grey[printed].max() < 185
    assert np.mean(seen.grey[empty] < 215) < 0.0015
    assert np.mean(seen.red > 0) > 0.02


def test_a_page_without_red_stays_as_it_is() -> None:
    plain = page(20)
    assert np.array_equal(tinted(plain, 1.0).grey, plain[:, :, 2])


def test_thin_print_stays_under_the_seal_and_where_pale_print_goes_with_it_that_is_told() -> None:
    thin, pale = page(20), page(20)
    cv2.line(thin, (332, 340), (332, 346), (110, 110, 110), 1)  # in the middle of the seal
    cv2.line(pale, (332, 340), (332, 346), (190, 190, 190), 3)
    assert (
        tinted(scanned(stamped(thin, 0.5, 0.5, 0.3), 60), 1.0).grey[341:346, 331:334].min(axis=1).max() < 185
    )
    sealed = tinted(scanned(stamped(pale, 0.5, 0.5, 0.3), 60), 1.0)
    assert sealed.hidden[341:346, 331:334].any()
    assert not tinted(scanned(stamped(page(20), 0.5, 0.5, 0.3), 60), 1.0).hidden[341:346, 331:334].any()
    assert not sealed.hidden[:80].any()


def test_print_stays_in_warm_light_and_where_a_scanner_puts_red_beside_its_place() -> None:
    plain = page(60)
    warm = (plain * np.array([0.78, 0.86, 1.0])).astype(np.uint8)
    beside = plain.copy()
    beside[:, 1:, 2] = plain[:, :-1, 2]
    for shown in (warm, beside):
        seen = tinted(scanned(shown, 60), 1.0)
        printed = scanned(shown, 60)[:, :, 2] < 100
        assert np.mean(seen.grey[printed] < 140) > 0.999


def test_colours_that_even_out_are_no_seal() -> None:
    striped = page(20)
    striped[:, ::2, 2] = 60
    striped[:, 1::2, :2] = 120
    assert np.array_equal(tinted(striped, 1.0).grey, striped[:, :, 2])
