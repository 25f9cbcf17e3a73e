"""Single odd shapes that were met on real pages, in our own renderings."""

from __future__ import annotations

from decimal import Decimal

from pipeline.extract import Figure, Issue, Status
from pipeline.report import ReportReader
from tests.extract.truths import FORMS

READER = ReportReader(FORMS)


def read(text: str, name: str = "x.txt") -> tuple[dict[str, Figure], tuple[Issue, ...]]:
    record = READER.read(text.encode(), name=name, as_report=True, prose=False).record
    return {figure.cell: figure for figure in record.figures}, record.issues


def values(figures: dict[str, Figure]) -> dict[str, Decimal | None]:
    return {cell: figure.value for cell, figure in figures.items()}


def html_table(*rows: str) -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows)
    return f"<html><body><table>{body}</table></body></html>"


def test_heads_cut_at_the_line_break_are_told_by_their_order() -> None:
    figures, _ = read(html_table("信息内容|本年新|本年新|对外公开总数量", "规章|1|2|3"), "x.html")
    assert values(figures) == {
        "proactive/rules/made": 1,
        "proactive/rules/published": 2,
        "proactive/rules/published_total": 3,
    }


def test_heads_cut_without_a_whole_one_beside_them_name_nothing() -> None:
    figures, issues = read(html_table("信息内容|本年新|本年新", "规章|1|2"), "x.html")
    assert [figure.value for figure in figures.values() if figure.value is not None] == []
    assert issues


def test_a_row_of_another_table_under_these_heads_is_not_read() -> None:
    figures, issues = read(
        html_table("信息内容|本年制发件数|本年废止件数|现行有效件数", "行政许可|1|2|3"), "x.html"
    )
    assert figures == {}
    assert "heads_mismatch" in {issue.code for issue in issues}


def test_rows_added_by_the_organ_keep_their_own_label() -> None:
    figures, issues = read(
        html_table(
            "信息内容|本年新制作数量|本年新公开数量|对外公开总数量", "规章|0|0|0", "其他主动公开文件|5|6|7"
        ),
        "x.html",
    )
    assert figures["proactive/local.其他主动公开文件/made"].value == 5
    assert "local_row" in {issue.code for issue in issues}


def test_beside_a_label_that_is_not_wholly_read_no_figure_is_certain() -> None:
    figures, _ = read(
        html_table(
            "信息内容|本年新制作数量|本年新公开数量|对外公开总数量", "规章|0|0|0", "其他文件 4\ufffd|5|6|7"
        ),
        "x.html",
    )
    assert {figure.value for cell, figure in figures.items() if "local" in cell} == {None}


def test_a_mixed_page_takes_each_block_by_its_own_heads() -> None:
    figures, _ = read(
        html_table(
            "第二十条第（一）项|||", "信息内容|本年新制作数量|本年新公开数量|对外公开总数量", "规范性文件|4|5|6",
            "第二十条第（五）项|||", "信息内容|本年处理决定数量||", "行政许可|7||",
        ),
        "x.html",
    )  # fmt: skip
    assert values(figures) == {
        "proactive/normative_documents/made": 4,
        "proactive/normative_documents/published": 5,
        "proactive/normative_documents/published_total": 6,
        "proactive/licensing/decisions": 7,
    }


def test_a_missing_cell_in_a_grid_makes_the_row_ambiguous() -> None:
    figures, _ = read(
        html_table("信息内容|上一年项目数量|本年增/减|处理决定数量", "行政处罚|1|2|3", "行政强制|8|9"),
        "x.html",
    )
    assert {figure.status for cell, figure in figures.items() if "coercion" in cell} == {Status.AMBIGUOUS}
    assert figures["proactive/penalties/items_change"].value == 2


def test_footnote_marks_never_become_digits() -> None:
    figures, _ = read(
        html_table("信息内容|本年处理决定数量", "行政许可|12<sup>1</sup>", "行政处罚|5①"), "x.html"
    )
    assert {figure.status for figure in figures.values()} == {Status.UNREADABLE}


def test_the_same_cell_printed_differently_is_nobodys_number() -> None:
    text = html_table("信息内容|本年处理决定数量", "行政许可|1") + html_table(
        "信息内容|本年处理决定数量", "行政许可|2"
    )
    figures, issues = read(text, "x.html")
    assert figures["proactive/licensing/decisions"].status is Status.AMBIGUOUS
    assert "ambiguous_cell" in {issue.code for issue in issues}


def test_cells_run_together_are_read_only_as_zeros() -> None:
    heads = "信息内容本年制发件数本年废止件数现行有效件数\n"
    figures, _ = read(f"第二十条第（一）项\n{heads}规章000\n行政规范性文件102\n二、其他情况\n")
    assert [figures[f"proactive/rules/{m}"].value for m in ("issued", "repealed", "in_force")] == [0, 0, 0]
    assert {
        figures[f"proactive/normative_documents/{m}"].value for m in ("issued", "repealed", "in_force")
    } == {None}


def test_a_sentence_that_names_a_row_opens_none() -> None:
    figures, _ = read(
        "一、总体情况\n本年制定规章 3 件，行政许可 20 件，行政处罚 4 件。\n规章 3 件由法制机构审核。\n"
    )
    assert figures == {}


def test_the_unit_of_the_cell_beats_that_of_the_head() -> None:
    figures, _ = read(
        html_table("信息内容|采购项目数量|采购总金额（万元）", "政府集中采购|9|103.3879万元"), "x.html"
    )
    assert figures["proactive/procurement/amount_yuan"].value == Decimal(1033879)
    figures, _ = read(html_table("信息内容|采购项目数量|采购总金额（万元）", "政府集中采购|9|2.5"), "x.html")
    assert figures["proactive/procurement/amount_yuan"].value == 25000


def test_an_amount_without_unit_stands_as_printed() -> None:
    figures, issues = read(html_table("信息内容|采购项目数量|采购总金额", "政府集中采购|1|8040"), "x.html")
    figure = figures["proactive/procurement/amount_yuan"]
    assert (figure.value, figure.unit) == (Decimal(8040), None)
    assert [issue.at for issue in issues if issue.code == "unit_not_printed"] == [
        "proactive/procurement/amount_yuan"
    ]


def test_hidden_rows_are_not_read() -> None:
    text = html_table("信息内容|本年处理决定数量", "行政许可|1").replace(
        "</table>", '<tr style="display:none"><td>行政处罚</td><td>9</td></tr></table>'
    )
    figures, _ = read(text, "x.html")
    assert list(figures) == ["proactive/licensing/decisions"]


def test_a_blank_review_block_before_figures_stays_blank() -> None:
    groups = "行政复议" + "\t" * 5 + "行政诉讼" + "\t" * 9
    measures = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    heads = groups + "\n" + "\t".join(measures) + "\t未经复议直接起诉" + "\t" * 5 + "复议后起诉\n"
    below = "\t\t\t\t\t" + "\t".join(measures * 2) + "\n"
    figures, _ = read(heads + below + "\t\t\t\t\t" + "\t".join("1000120002") + "\n五、问题情况\n")
    assert {figures[f"disputes/review/{m}"].status for m in ("upheld", "total")} == {Status.BLANK}
    assert figures["disputes/litigation_direct/total"].value == 1
    assert figures["disputes/litigation_after_review/total"].value == 2


def test_a_row_that_does_not_stand_under_its_heads_says_so() -> None:
    heads = (
        "corner|corner|corner|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计",
        "一、本年新收政府信息公开申请数量|4|1|0|0|0|0|5",
    )
    shifted, _ = read(html_table(*heads), "x.html")
    assert shifted["requests/received/total"].value == 5
    assert {figure.by_order for figure in shifted.values()} == {True}
    straight, _ = read(html_table(heads[0].replace("corner|corner|", ""), heads[1]), "x.html")
    assert straight["requests/received/total"].value == 5
    assert {figure.by_order for figure in straight.values()} == {False}


def test_a_number_parted_from_its_label_is_no_figure() -> None:
    lines = [
        "统计指标",
        "单位",
        "统计数",
        "（三）申请答复数",
        "件",
        "1",
        "．属于已主动公开范围数",
        "件",
        "4",
        "五、其他情况",
    ]
    figures, _ = read("\n".join(lines) + "\n")
    assert figures["annex/answered/value"].value is None
    assert figures["annex/answered.already_public/value"].value == 4


def test_a_figure_over_two_rows_is_of_neither() -> None:
    """As where the line between two cells is lost, and the label of each keeps its own."""
    text = html_table("信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|5|0|7", "规范性文件|1|2")
    figures, _ = read(text.replace("<td>5</td>", '<td rowspan="2">5</td>'), "x.html")
    assert [figure.status for figure in figures.values()] == [
        Status.UNREADABLE,
        *[Status.REPORTED] * 2,
        *[Status.AMBIGUOUS] * 3,
    ]
    assert figures["proactive/rules/in_force"].value == 7


def test_a_row_of_which_text_without_cells_shows_a_label_alone_is_not_blank() -> None:
    """Its figures may have been cut off with the edge of a page; where cells stand it is blank."""
    rows = ("信息内容|本年制发件数|本年废止件数|现行有效件数", "规章", "行政规范性文件|1|2|3")
    lost, _ = read("\n".join(row.replace("|", "   ") for row in (*rows, "三、存在的问题")))
    assert lost["proactive/normative_documents/repealed"].value == 2
    assert {figure.status for cell, figure in lost.items() if "/rules/" in cell} <= {Status.AMBIGUOUS}
    kept, _ = read(html_table(rows[0], "规章|||", rows[2]), "x.html")
    assert kept["proactive/rules/issued"].status is Status.BLANK
