"""A page in grey, as bytes: what a person would see, asked in small questions."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.read.pdf.geometry import Box, Rule

_CONTRAST = 48  # grey levels between ink and paper
_RULE_CONTRAST = 5
_LOOKS, _SEEN = 16, 3  # of a dashed line many points fall between the dashes
_GOLDEN = 0.618  # of a line between two looks, so that they fall into no rhythm
_ACROSS, _FREE = 0.5, 0.35  # of the pixels from side to side: dark on a line, and at most beside one
_THIN = 4  # pixels that a line is broad at most
_LINES = 3  # of the smallest table
_DARK = bytes(range(128))
_DOT = 4.0  # points; shorter pieces of lines are looked at as a whole


@dataclass(frozen=True, slots=True)
class Raster:
    """`pixels`, row after row, 0 black to 255 white, `scale` of them to a point."""

    width: int
    height: int
    scale: float
    pixels: bytes

    def differs(self, other: Raster, box: Box) -> bool:
        """Whether the two pictures, of one size, are unlike anywhere in `box`."""
        left, top, right, bottom = self._within(box)
        for row in range(top, bottom):
            start = row * self.width
            if self.pixels[start + left : start + right] != other.pixels[start + left : start + right]:
                return True
        return False

    def contrast(self, box: Box) -> int:
        """The grey levels between the darkest and the palest of `box`."""
        left, top, right, bottom = self._within(box)
        if left >= right or top >= bottom:
            return 0
        rows = [self.pixels[row * self.width + left : row * self.width + right] for row in range(top, bottom)]
        return max(map(max, rows)) - min(map(min, rows))

    def is_dark(self, box: Box, shade: int) -> bool:
        """Whether there is something in `box` darker than `shade`, on something much paler."""
        left, top, right, bottom = self._within(box)
        if left >= right or top >= bottom:
            return False
        rows = [self.pixels[row * self.width + left : row * self.width + right] for row in range(top, bottom)]
        darkest = min(map(min, rows))
        return darkest < shade and max(map(max, rows)) - darkest > _CONTRAST

    def holds_stroke(self, box: Box, ends: Box, around: Box, shade: int) -> bool:
        """Whether something darker than `shade` stands in `box` that ends above and below within `ends`, and does not
        fill all of `around`, in which nothing else stands above and below.
        """
        left, top, right, bottom = self._within(box)
        (_, high, _, low), (_, first, _, last) = self._within(ends), self._within(around)
        for column in range(left, right):
            line = self.pixels[first * self.width + column : last * self.width + column : self.width]
            inside, outside = line[top - first : bottom - first], line[: high - first] + line[low - first :]
            if min(inside, default=shade) < shade <= min(outside, default=shade) and max(line) >= shade:
                return True
        return False

    def shows(self, rule: Rule) -> bool:
        """Whether a line can be seen where it should be."""
        if rule.end - rule.start <= _DOT:
            at, start, end = rule.at, rule.start - 1, rule.end + 1
            box = Box(at - 2, start, at + 2, end) if rule.upright else Box(start, at - 2, end, at + 2)
            return self.contrast(box) > _RULE_CONTRAST
        needed = _SEEN
        for look in range(1, _LOOKS + 1):
            around = self._across(rule, rule.start + look * _GOLDEN % 1 * (rule.end - rule.start))
            needed -= bool(around) and max(around) - min(around) > _RULE_CONTRAST
            if not needed:
                return True
        return False

    def is_ruled(self, box: Box) -> bool:
        """Whether several thin lines run across most of `box`, as in a table."""
        left, top, right, bottom = self._within(box)
        if right - left < _THIN or bottom - top < _THIN:
            return False
        rows = [self.pixels[row * self.width + left : row * self.width + right] for row in range(top, bottom)]
        pale = bytes(range(max(map(max, rows)) - _CONTRAST, 256))
        dark = [len(row.translate(None, pale)) / len(row) for row in rows]
        lines, last = 0, -_THIN
        for place, share in enumerate(dark[_THIN:-_THIN], start=_THIN):
            thin = max(dark[place - _THIN], dark[place + _THIN]) < _FREE
            if share > _ACROSS and thin and place - last >= _THIN:
                lines, last = lines + 1, place
        return lines >= _LINES

    def darkness(self) -> float:
        """The share of the page that is dark."""
        pale = len(self.pixels.translate(None, _DARK))
        return (len(self.pixels) - pale) / max(1, len(self.pixels))

    def _across(self, rule: Rule, along: float) -> bytes:
        """A few pixels across a line, at one point of it."""
        x, y = (rule.at, along) if rule.upright else (along, rule.at)
        column = min(max(int(x * self.scale), 0), self.width - 1)
        row = min(max(int(y * self.scale), 0), self.height - 1)
        start = row * self.width
        if rule.upright:
            return self.pixels[start + max(column - 3, 0) : start + min(column + 4, self.width)]
        top = max(row - 3, 0) * self.width + column
        return self.pixels[top : (row + 4) * self.width : self.width]

    def _within(self, box: Box) -> tuple[int, int, int, int]:
        left = min(max(int(box.left * self.scale), 0), self.width)
        top = min(max(int(box.top * self.scale), 0), self.height)
        right = min(max(int(box.right * self.scale) + 1, left), self.width)
        bottom = min(max(int(box.bottom * self.scale) + 1, top), self.height)
        return left, top, right, bottom
