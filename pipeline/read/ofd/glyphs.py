"""Whether the characters of a text are those that its font draws for them (GB/T 33190, 11.4.1).

Where a text tells the glyphs of its font itself, its characters are only there to be searched. Programs that do not
know them write what they like: one character for all, blanks, or the private ones of the font.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.read.ofd.parts import Page
from pipeline.read.ofd.values import children, number, text_of
from pipeline.read.xml import Element

Signs = frozenset[tuple[str, str]]
"""Characters with the number of their font."""


def doubted(page: Page) -> Signs:
    """The characters of a page that are drawn with several glyphs of one font, and those that share a glyph with a
    figure.
    """
    glyphs: dict[tuple[str, str], set[str]] = defaultdict(set)
    characters: dict[tuple[str, str], set[str]] = defaultdict(set)
    for font, character, glyph in _drawn(page):
        glyphs[font, character].add(glyph)
        characters[font, glyph].add(character)
    several = {sign for sign, found in glyphs.items() if len(found) > 1}
    shared = {
        (font, character)
        for (font, _), found in characters.items()
        if len(found) > 1 and any(character.isdigit() for character in found)
        for character in found
    }
    return frozenset(several | shared)


def _drawn(page: Page) -> Iterator[tuple[str, str, str]]:
    """Font, character and glyph, where a text tells them one for one."""
    for layer in page.layers:
        for one in layer.iter("{*}TextObject"):
            text = "".join(code.text or "" for code in children(one, "TextCode"))
            for told in children(one, "CGTransform"):
                start, count = int(number(told.get("CodePosition"), 0)), int(number(told.get("CodeCount"), 1))
                yield from _pairs(
                    one, text[max(start, 0) :][: max(count, 0)], text_of(told, "Glyphs").split()
                )


def _pairs(one: Element, characters: str, glyphs: list[str]) -> Iterator[tuple[str, str, str]]:
    font = one.get("Font") or ""
    if len(characters) == len(glyphs):
        yield from ((font, *pair) for pair in zip(characters, glyphs, strict=True))
    else:
        # Of several glyphs for several characters nobody knows which shows which.
        for character in characters:
            yield from ((font, character, f"{place}?") for place in range(2))
