"""Tables without upright lines are read where their columns and rows are plain; what is not plain is no number."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest

from pipeline.extract import Extractor, Status
from pipeline.forms import load_forms
from pipeline.read import Document, Grid
from pipeline.read.pdf.geometry import LOST
from pipeline.read.pdf.reader import read
from tests.read.pdf.drawing import Drawing, Look

SIZE, PITCH = 9.0, 13.0
LABELS = (160.0, 200.0, 240.0)  # points that labels may take
HEADS = ("自然人", "商业\n企业", "科研\n机构", "社会公\n益组织", "法律服\n务机构", "其他", "总计")
MEASURES = (
    "natural_person",
    "business",
    "research",
    "public_welfare",
    "legal_service",
    "other_organisation",
    "total",
)
ROWS = {
    "received": "一、本年新收政府信息公开申请数量",
    "carried_in": "二、上年结转政府信息公开申请数量",
    "granted": "（一）予以公开",
    "partly_granted": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "denied.state_secret": "1.属于国家秘密",
    "denied.other_law": "2.其他法律行政法规禁止公开",
    "denied.third_party": "4.保护第三方合法权益",
    "not_available.not_held": "1.本机关不掌握相关政府信息",
    "not_available.unclear": "3.补正后申请内容仍不明确",
    "carried_out": "四、结转下年度继续办理",
}
EXTRACTOR = Extractor(load_forms())


def wrapped(text: str, room: float) -> list[str]:
    """Lines of Chinese characters, or of figures, in so many points."""
    width = 0.64 * SIZE if text.isascii() else SIZE
    most = max(1, int(room / width))
    return [
        part[start : start + most] for part in text.split("\n") for start in range(0, max(1, len(part)), most)
    ]


def page(
    cells: Mapping[str, Sequence[str]],
    *,
    room: float,
    padding: float,
    rules: bool,
    valign: str,
    to_left: bool = False,
) -> bytes:
    """A table of a report with no upright lines, its heads in the middle of their columns or `to_left`."""
    drawing = Drawing(Look())
    drawing.text(60, 40, "样例市人民政府办公室政府信息公开工作年度报告，本表数字均为虚构。", 10)
    rest = (595 - 60 - room) / len(MEASURES)
    down = 70.0
    for label, figures in [("", HEADS), *((ROWS[item], cells[item]) for item in cells)]:
        texts = [wrapped(label, room - 8), *(wrapped(text, rest - 4) for text in figures)]
        height = max(map(len, texts)) * PITCH + 2 * padding
        for place, lines in enumerate(texts):
            left, wide = (30.0, room) if not place else (30 + room + (place - 1) * rest, rest)
            free = height - len(lines) * PITCH
            top = down + {"top": padding, "middle": free / 2, "bottom": free - padding}[valign]
            for number, line in enumerate(lines):
                ink = (0.64 if line.isascii() else 1.0) * SIZE * len(line)
                indent = 2 if to_left and down == 70 else (wide - ink) / 2
                drawing.text(left + indent, top + number * PITCH + 10, line, SIZE)
        down += height
        if rules:
            drawing.canvas.line(30, 842 - down, 565, 842 - down)
    return drawing.done()


def figures(document: Document) -> dict[str, tuple[Status, str]]:
    record = EXTRACTOR.extract(document, as_report=True)
    return {figure.cell: (figure.status, "".join(figure.raw.split())) for figure in record.figures}


def expected(cells: Mapping[str, Sequence[str]]) -> dict[str, tuple[Status, str]]:
    return {
        f"requests/{item}/{measure}": (Status.REPORTED if text else Status.BLANK, text)
        for item, texts in cells.items()
        for measure, text in zip(MEASURES, texts, strict=True)
    }


def numbers(chance: random.Random, longest: int) -> str:
    return chance.choice(["", "0", "0", str(chance.randint(1, 99)), str(chance.randint(1, 10**longest))])


@pytest.mark.parametrize("rules", [True, False])
@pytest.mark.parametrize("room", LABELS)
def test_a_table_with_lines_across_or_none_is_read(room: float, rules: bool) -> None:
    chance = random.Random(room)  # noqa: S311 - no secret
    cells = {item: [numbers(chance, 4) for _ in MEASURES] for item in ROWS}
    for texts in cells.values():
        texts[0] = texts[0] or "5"
    document = read(page(cells, room=room, padding=4, rules=rules, valign="middle"))
    found, wanted = figures(document), expected(cells)
    right = {cell for cell, value in found.items() if wanted[cell] == value}
    assert all(found[cell][0] in {Status.UNREADABLE, Status.AMBIGUOUS} for cell in found.keys() - right)
    assert len(right) > 0.85 * len(wanted)


@pytest.mark.parametrize("seed", range(12))
def test_no_figure_of_a_table_without_lines_is_another(seed: int) -> None:
    """Rows close to each other, numbers broken in narrow columns, labels of several lines, blank rows."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    cells = {item: [numbers(chance, 8) for _ in MEASURES] for item in ROWS}
    document = read(
        page(
            cells,
            room=chance.choice([60.0, 100.0, *LABELS]),
            padding=chance.choice([0, 1, 2, 5]),
            rules=chance.random() < 0.3,
            valign=chance.choice(["top", "middle", "bottom"]),
            to_left=chance.random() < 0.3,
        )
    )
    wanted = expected(cells)
    for cell, value in figures(document).items():
        assert wanted[cell] == value or value[0] in {Status.UNREADABLE, Status.AMBIGUOUS}


def test_words_over_several_columns_are_no_figures() -> None:
    cells = {item: ["123456"] * len(MEASURES) for item in ROWS}
    cells["granted"] = ["", "", "约12345件、另有67890件未结", "", "", "", "5"]
    found = figures(read(page(cells, room=240, padding=4, rules=False, valign="middle")))
    assert found["requests/received/business"] == (Status.REPORTED, "123456")
    said = {found[f"requests/granted/{measure}"] for measure in MEASURES}
    assert {text for status, text in said if status is Status.REPORTED} <= {"5"}


def test_figures_in_no_column_do_no_harm() -> None:
    drawing = Drawing(Look())
    drawing.paragraph("样例市人民政府办公室2023年政府信息公开工作年度报告，本表数字均为虚构，仅供核对。")
    for row, texts in enumerate(
        (("项目", "甲", "乙", "丙"), ("规章", "1", "2", "3"), ("文件", "4", "无数据", "6"))
    ):
        for column, text in enumerate(texts):
            shift = 40 if text == "无数据" else 0
            drawing.text(60 + 100 * column + shift, 200 + 20 * row, text, 9)
    grids = [block for block in read(drawing.done()).blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grids[0].cells if cell.row == 2] == ["规章", "1", "2", "3"]


def test_words_behind_the_last_column_cut_no_number() -> None:
    cells = {item: ["7"] * len(MEASURES) for item in ROWS}
    cells["granted"] = [*["7"] * 6, "12件（含转办的34件）"]
    found = figures(read(page(cells, room=200, padding=4, rules=False, valign="middle")))
    assert found["requests/received/total"] == (Status.REPORTED, "7")
    assert found["requests/granted/total"][0] is not Status.REPORTED


def test_prose_and_a_table_of_contents_are_no_table() -> None:
    drawing = Drawing(Look())
    drawing.paragraph("样例市人民政府办公室2023年政府信息公开工作年度报告", 16)
    for number, title in enumerate(("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理申请情况"), 1):
        drawing.text(60, 100 + 20 * number, title, 10)
        drawing.text(480, 100 + 20 * number, str(number), 10)
    drawing.down = 200
    drawing.paragraph("2023年，本单位主动公开信息 12 条，受理申请 3 件，办结 3 件。" * 5)
    document = read(drawing.done())
    assert not any(isinstance(block, Grid) for block in document.blocks)
    assert "二、主动公开政府信息情况" in "".join(document.prose)


def last_row(label: str, at: float, below: str = "") -> dict[int, str]:
    """What is read of a row at the end of a table, its first number so far to the right, with a line close below."""
    drawing = Drawing(Look())
    drawing.paragraph("样例市人民政府办公室2023年政府信息公开工作年度报告，本表数字均为虚构，仅供核对。")
    rows = (
        ("项目", "自然人", "企业", "总计"),
        ("规章", "1", "2", "3"),
        ("文件", "4", "5", "9"),
        (label, "83", "193", "7"),
    )
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            place = at if row == 3 and column == 1 else 200 + 80 * (column - 1) if column else 60
            drawing.text(place, 200 + 20 * row, text, 9)
    if below:
        drawing.text(60, 271, below, 9)
        drawing.text(280, 271, "64", 9)
    grid = next(block for block in read(drawing.done()).blocks if isinstance(block, Grid))
    last = max(cell.row for cell in grid.cells if "83" in cell.text or "7" in cell.text)
    return {cell.column: cell.text for cell in grid.cells if cell.row == last}


def test_a_last_row_is_read() -> None:
    assert list(last_row("许可", 200).values())[-3:] == ["83", "193", "7"]


def test_a_number_that_may_go_on_below_the_table_is_none() -> None:
    """The label reaches so far that it ends the table, and goes on as well."""
    said = list(last_row("部分公开（区分处理的只计这一情形", 207, "不计其他情形）").values())
    assert all(LOST in text for text in said[-3:])


def test_a_number_that_touches_its_label_leaves_no_blank() -> None:
    said = list(last_row("部分公开（区分处理的只计这一情形", 207).values())
    assert LOST in said[-3]
    assert said[-2:] == ["193", "7"]


def test_a_row_without_figures_is_not_the_beginning_of_the_next() -> None:
    """A label that had room to go on, and one below it: nobody knows whose the figures are."""
    drawing = Drawing(Look())
    drawing.paragraph("样例市人民政府办公室2023年政府信息公开工作年度报告，本表数字均为虚构，仅供核对。")
    rows = (
        ("信息内容", "制发", "废止"),
        ("规章", "", ""),
        ("行政规范性文件", "12", "3"),
        ("行政许可", "4", "5"),
    )
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            drawing.text(60 + 120 * column, 200 + 16 * row, text, 9)
    (grid,) = [block for block in read(drawing.done()).blocks if isinstance(block, Grid)]
    said = {cell.text for cell in grid.cells}
    assert {"4", "5"} <= said
    assert not {"12", "3"} & said


def test_a_number_broken_under_a_head_no_wider_than_one_digit_is_none() -> None:
    """The ink of two digits is as wide as the head, and what the pen takes for them is not."""
    drawing = Drawing(Look())
    drawing.paragraph("样例市人民政府办公室2023年政府信息公开工作年度报告，本表数字均为虚构，仅供核对。")
    for column, texts in enumerate((("维", "持", "3"), ("纠", "正", "6", "1"), ("总", "计", "0"))):
        for row, text in enumerate(texts):
            drawing.text(100 + 30 * column, 200 + 16 * row, text, 11 if row > 1 else 15)
    (grid,) = [block for block in read(drawing.done()).blocks if isinstance(block, Grid)]
    said = [cell.text for cell in grid.cells]
    assert "3" in said
    assert not {"6", "1"} & set(said)
