"""A document that wants something from a server gets nothing, even where there is a network, and runs no macro."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.read.office import soffice
from pipeline.read.office.soffice import Source, convert
from tests.documents.opendocument import TEXT, opendocument, packed

_EMBEDDED = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'


def frame(inside: str) -> str:
    return f'<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm">{inside}</draw:frame>'


def linked_text(url: str) -> bytes:
    """A text with a picture, an object, a page and a section that stand elsewhere."""
    picture = f'<draw:image xlink:href="{url}/a.png" xlink:type="simple" xlink:actuate="onLoad"/>'
    thing = f'<draw:object xlink:href="{url}/a.odt" {_EMBEDDED}/>'
    page = f'<draw:floating-frame xlink:href="{url}/a.html" {_EMBEDDED}/>'
    section = f'<text:section-source xlink:href="{url}/b.odt" xlink:type="simple"/><text:p>乙</text:p>'
    return opendocument(
        f"<text:p>甲{frame(picture)}{frame(thing)}{frame(page)}</text:p>"
        f'<text:section text:name="S">{section}</text:section>'
    )


def linked_sheet(url: str) -> bytes:
    """A sheet that is another one, and asks a service and a third."""
    source = f'<table:table-source xlink:type="simple" xlink:href="{url}/a.ods" table:table-name="B"/>'
    formulas = (f"of:=WEBSERVICE(&quot;{url}/b&quot;)", f"of:=[&apos;{url}/c.ods&apos;#$A.A1]")
    cells = "".join(
        f'<table:table-cell table:formula="{formula}" office:value-type="float" office:value="1"/>'
        for formula in formulas
    )
    row = f"<table:table-row>{cells}</table:table-row>"
    return packed(
        "application/vnd.oasis.opendocument.spreadsheet",
        f'<office:spreadsheet><table:table table:name="A">{source}{row}</table:table></office:spreadsheet>',
    )


def linked_rtf(url: str) -> bytes:
    """A text with its template, a picture and a text elsewhere."""
    codes = (rf'INCLUDEPICTURE "{url}/a.png" \\d', f'INCLUDETEXT "{url}/a.txt"')
    fields = "".join(rf"{{\field{{\*\fldinst {code}}}{{\fldrslt x}}}}" for code in codes)
    return (r"{\rtf1\ansi{\*\template " + url + r"/a.dot}" + fields + r" a\par}").encode()


def with_macro(mark: Path) -> bytes:
    """A text that writes a file when it is opened."""
    library = (
        'xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"'
    )
    script = 'xmlns:script="http://openoffice.org/2000/script" script:name="Main" script:language="StarBasic"'
    called = "vnd.sun.star.script:Standard.Main.Main?language=Basic&amp;location=document"
    listener = (
        '<script:event-listener script:language="ooo:script" script:event-name="dom:load" '
        f'xlink:href="{called}" xlink:type="simple"/>'
    )
    return packed(
        TEXT,
        "<office:text><text:p>甲</text:p></office:text>",
        before=f"<office:scripts><office:event-listeners>{listener}</office:event-listeners></office:scripts>",
        beside={
            "Basic/script-lc.xml": '<library:libraries xmlns:library="http://openoffice.org/2000/library">'
            '<library:library library:name="Standard" library:link="false"/></library:libraries>',
            "Basic/Standard/script-lb.xml": f'<library:library {library}><library:element library:name="Main"/>'
            "</library:library>",
            "Basic/Standard/Main.xml": f"<script:module {script}>Sub Main\n"
            f'Open "{mark}" For Output As #1\nClose #1\nEnd Sub\n</script:module>',
        },
    )


@pytest.mark.skipif(soffice.program() is None, reason=f"LibreOffice is not here: {soffice.INSTALL}")
def test_nothing_is_fetched_and_no_macro_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    mark = tmp_path / "mark"

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    monkeypatch.setattr(soffice, "_WITHIN", soffice._WITHIN.replace("unshare -rn true", "false"))
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        wanting = (linked_text(url), linked_rtf(url), linked_sheet(url), with_macro(mark))
        ways = (("odt", "docx"), ("rtf", "docx"), ("ods", "xlsx"), ("odt", "docx"))
        results = convert([Source(data, *way) for data, way in zip(wanting, ways, strict=True)])
        server.shutdown()
        thread.join()
    assert all(isinstance(result, bytes) for result in results)
    assert asked == []
    assert not mark.exists()
