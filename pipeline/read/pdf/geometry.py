"""What stands on a page, as values: characters, rules, and boxes, without a library and without a disk.

Lengths are points (1/72 inch), from the upper left corner of the page as it is meant to be looked at, downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

LOST = "\ufffd"  # stands for what is printed and cannot be read
NUMERIC = frozenset("0123456789.,+-−－＋０１２３４５６７８９．，")  # what numbers are written with

MIDDLE = 0.35  # of the size: how high above the baseline the middle of a character stands


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies inside."""
        return self.width <= 0 or self.height <= 0

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x < self.right and self.top <= y < self.bottom

    def around(self, other: Box, slack: float = 0) -> bool:
        """Whether `other` lies inside, but for `slack`."""
        return (
            self.left <= other.left + slack
            and self.top <= other.top + slack
            and self.right >= other.right - slack
            and self.bottom >= other.bottom - slack
        )

    def within(self, other: Box) -> Box:
        """The part of it that lies in `other`; it may be empty, with a width or height below zero."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def joined(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character. `left` and `right` are where the pen begins and goes on, `ink` what is blackened.

    `turned` is how the character stands: 0 upright, 1 read downwards, 2 on its head, 3 read upwards.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    ink: Box
    turned: int = 0
    light: bool = False  # printed so pale that it may be a watermark

    @property
    def middle(self) -> tuple[float, float]:
        """The point that decides in which cell the character stands."""
        if self.turned:
            return (self.ink.left + self.ink.right) / 2, (self.ink.top + self.ink.bottom) / 2
        return (self.left + self.right) / 2, self.baseline - MIDDLE * self.size


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along an axis: at `at` of the other axis, from `start` to `end`.

    `soft` tells of the edge of a filled box: it parts cells where no line does. `cut` tells that the line goes on
    behind `end`, to the right, where nothing is shown.
    """

    upright: bool
    at: float
    start: float
    end: float
    soft: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, turned so that most of its text stands upright.

    `turns` counts the quarter turns clockwise that this took; `width` and `height` are those after it. `hidden` are
    parts of numbers that nobody sees, at the place where they would have to be seen: covered, or white. `cut` are
    characters that an edge cuts off, of the page or of what may be drawn on, just inside of it. `watermarked`
    tells that some of its text may be a watermark: it is pale, or stands aslant.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    hidden: tuple[Glyph, ...] = ()
    cut: tuple[Glyph, ...] = ()
    watermarked: bool = False
    turns: int = 0
    wrong: str = ""  # why nothing on it can be read

    def as_shown(self, box: Box) -> Box:
        """`box` on the page as it is shown, before it was turned."""
        left, top, right, bottom = box
        width, height = self.width, self.height
        for _ in range(self.turns):
            left, top, right, bottom = top, width - right, bottom, width - left
            width, height = height, width
        return Box(left, top, right, bottom)
