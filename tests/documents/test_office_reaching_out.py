"""A document that wants a picture from a server gets none, even where the program has a network."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.read.office import soffice
from pipeline.read.office.soffice import Source, convert
from tests.documents.opendocument import opendocument


def with_picture(url: str) -> bytes:
    """A text with a picture that stands elsewhere."""
    return opendocument(
        '<text:p>甲<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm">'
        f'<draw:image xlink:href="{url}" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>'
    )


@pytest.mark.skipif(soffice.program() is None, reason=f"LibreOffice is not here: {soffice.INSTALL}")
def test_no_picture_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    monkeypatch.setattr(soffice, "_WITHIN", soffice._WITHIN.replace("unshare -rn true", "false"))
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        (result,) = convert(
            [Source(with_picture(f"http://127.0.0.1:{server.server_port}/a.png"), "odt", "docx")]
        )
        server.shutdown()
        thread.join()
    assert isinstance(result, bytes)
    assert asked == []
