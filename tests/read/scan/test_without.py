"""Without the recogniser a picture is an issue that says what to install; when it dies, it takes nobody along."""

from __future__ import annotations

import pytest
from PIL import Image

from pipeline.read import Document, Paragraph, read_document, readers
from pipeline.read.scan import apart
from pipeline.read.sheaf import read_sheaf
from tests.read.pdf.drawing import Drawing, Look

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
DIES = ("-c", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")


def mixed(text: bool = True) -> bytes:
    """A PDF with a page of text and one that is a picture; without `text`, of a picture alone."""
    drawing = Drawing(Look())
    if text:
        drawing.paragraph("本机关依法公开政府信息。" * 20)
        drawing._next()
    drawing.canvas.drawInlineImage(Image.linear_gradient("L"), 40, 40, 500, 700)
    return drawing.done()


def codes(document: Document) -> list[str]:
    return [issue.code for issue in document.issues]


def has_text(document: Document) -> bool:
    return any(isinstance(block, Paragraph) and "依法公开" in block.text for block in document.blocks)


def test_a_picture_without_the_recogniser_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "find_spec", lambda _package: None)
    document = read_document(PNG)
    assert codes(document) == ["reader_missing"]
    assert "pip install 'gongkai[ocr]'" in document.issues[0].message


def test_pictures_together_without_the_recogniser_say_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "find_spec", lambda _package: None)
    sheaf = read_sheaf([PNG, None, PNG])
    assert codes(sheaf.document) == ["reader_missing"]
    assert sheaf.numbers == (1, 2, 3)


@pytest.mark.parametrize("text", [True, False])
def test_a_page_that_is_a_picture_says_so_too(text: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "available", lambda: False)
    document = read_document(mixed(text))
    assert codes(document) == ["reader_missing"]
    assert "pip install 'gongkai[ocr]'" in document.issues[0].message
    assert has_text(document) is text


@pytest.mark.parametrize(("text", "words"), [(True, "are left out"), (False, "cannot be read")])
def test_a_recogniser_that_dies_leaves_the_text(
    text: bool, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "available", lambda: True)
    monkeypatch.setattr(apart, "COMMAND", DIES)
    document = read_document(mixed(text))
    assert codes(document) == ["unreadable_document"]
    assert words in document.issues[0].message
    assert "SIGSEGV" in document.issues[0].message
    assert has_text(document) is text


def test_a_recogniser_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "find_spec", lambda _package: True)
    monkeypatch.setattr(apart, "COMMAND", ("-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(apart, "SECONDS", 0.5)
    assert codes(read_document(PNG)) == ["too_complex"]
