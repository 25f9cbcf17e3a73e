from __future__ import annotations

import json
import subprocess
import sys

CODE = "import typer; from gongkai.commands.identify import identify; typer.run(identify)"


def run(*arguments: str, given: bytes = b"") -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-c", CODE, *arguments], input=given, capture_output=True, check=True, timeout=60
    )
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_one_line_a_title() -> None:
    assert run("柳河镇2020年政府信息公开年报", "政府信息公开指南") == [
        {
            "title": "柳河镇2020年政府信息公开年报",
            "is_report": True,
            "reason": None,
            "organ": "柳河镇",
            "year": 2020,
        },
        {
            "title": "政府信息公开指南",
            "is_report": False,
            "reason": "request_guide",
            "organ": None,
            "year": None,
        },
    ]


def test_lines_of_standard_input_stay_aligned() -> None:
    given = "\ufeff柳河镇2020年政府信息公开年报\r\n\r\n政府信息公开年报\n".encode() + b"\xff\xfe\n"
    answers = run("-", given=given)
    assert [answer["reason"] for answer in answers] == [
        None,
        "no_title",
        "column_page",
        "not_about_disclosure",
    ]
    assert answers[0]["title"] == "柳河镇2020年政府信息公开年报"
