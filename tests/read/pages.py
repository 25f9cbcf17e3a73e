"""Pages in the manner of portals, in our own words: the same report dressed as portals dress it."""

from __future__ import annotations

from collections.abc import Sequence

TITLE = "云岭市林业局2023年政府信息公开工作年度报告"
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
SECTIONS: dict[str, tuple[str, ...]] = {
    HEADINGS[0]: (
        "这一年，本局把公开当作日常工作来做，林木采伐、造林补助和防火巡护的结果都在网站上登出，方便群众随时查看。",
        "（一）主动公开。全年登出各类信息三百余条，其中造林补助发放结果按乡镇逐户列明，接受村民查对。",
        "（二）依申请公开。全年收到申请若干件，都在规定的期限内作了答复，没有一件逾期。",
        "（三）平台建设。网站栏目重新编排，把看的人少的栏目并在一起，常用的放到前面。",
    ),
    HEADINGS[1]: (),
    HEADINGS[2]: (),
    HEADINGS[3]: (),
    HEADINGS[4]: (
        "一是个别科室登出信息不够及时，往往等到月底才一并送来；二是图表偏少，文字偏长，读起来费力。",
        "下一年准备每周核对一次应当公开的事项，并请两位熟悉版面的同事帮助制作图表，让人一眼看懂。",
    ),
    HEADINGS[5]: ("本年度没有收取信息处理费，也没有其他需要说明的事情。",),
}
SIGNED = ("云岭市林业局", "2024年1月18日")

# A row is a list of (text, rowspan, colspan).
Row = list[tuple[str, int, int]]


def _row(*cells: str) -> Row:
    return [(cell, 1, 1) for cell in cells]


def proactive_rows() -> list[Row]:
    rows: list[Row] = [
        [("第二十条第（一）项", 1, 4)],
        _row("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ]
    rows += [_row("规章", "0", "0", "0"), _row("行政规范性文件", "3", "1", "27")]
    for clause, items in (("五", ("行政许可",)), ("六", ("行政处罚", "行政强制"))):
        rows += [[(f"第二十条第（{clause}）项", 1, 4)], [("信息内容", 1, 1), ("本年处理决定数量", 1, 3)]]
        rows += [[(item, 1, 1), (str(410 + number), 1, 3)] for number, item in enumerate(items)]
    rows += [[("第二十条第（八）项", 1, 4)], [("信息内容", 1, 1), ("本年收费金额（单位：万元）", 1, 3)]]
    rows.append([("行政事业性收费", 1, 1), ("12.5", 1, 3)])
    return rows


def request_rows() -> list[Row]:
    rows: list[Row] = [
        [
            ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            ("申请人情况", 1, 7),
        ],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        _row("商业\n企业", "科研\n机构", "社会公益组织", "法律服务机构", "其他"),
    ]

    def figures(number: int) -> Row:
        return _row(*(str((number * 7 + column) % 5) for column in range(6)), str(number))

    rows.append([("一、本年新收政府信息公开申请数量", 1, 3), *figures(1)])
    rows.append([("二、上年结转政府信息公开申请数量", 1, 3), *figures(2)])
    blocks = (("（三）不予公开", 8), ("（四）无法提供", 3), ("（五）不予处理", 5), ("（六）其他处理", 3))
    rows.append([("三、本年度办理结果", 22, 1), ("（一）予以公开", 1, 2), *figures(3)])
    rows.append([("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 1, 2), *figures(4)])
    for name, count in blocks:
        for item in range(1, count + 1):
            head: Row = [(name, count, 1)] if item == 1 else []
            rows.append([*head, (f"{item}.{name[3:]}的第{item}种情形", 1, 1), *figures(item + count)])
    rows.append([("（七）总计", 1, 2), *figures(30)])
    rows.append([("四、结转下年度继续办理", 1, 3), *figures(0)])
    return rows


def dispute_rows() -> list[Row]:
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*[(result, 2, 1) for result in results], ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        _row(*results, *results),
        _row(*(str(number % 3) for number in range(15))),
    ]


TABLES = {HEADINGS[1]: proactive_rows, HEADINGS[2]: request_rows, HEADINGS[3]: dispute_rows}


def table(rows: Sequence[Row], *, cell: str = "{}", attributes: str = "") -> str:
    """The rows as an HTML table; `cell` is what a cell's text is wrapped in."""
    lines = []
    for row in rows:
        cells = []
        for text, rowspan, colspan in row:
            spans = f' rowspan="{rowspan}"' * (rowspan > 1) + f' colspan="{colspan}"' * (colspan > 1)
            shown = cell.format(text.replace("\n", "<br/>"))
            cells.append(f"<td{attributes}{spans}>{shown}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>\n")
    return f"<table border=1><tbody>{''.join(lines)}</tbody></table>"


def body(*, cell: str = "{}", attributes: str = "", paragraph: str = "<p>{}</p>") -> str:
    """The report from its first heading to its signature."""
    parts = []
    for heading in HEADINGS:
        parts.append(paragraph.format(heading))
        parts.extend(paragraph.format(text) for text in SECTIONS[heading])
        if heading in TABLES:
            parts.append(table(TABLES[heading](), cell=cell, attributes=attributes))
    parts.extend(f'<p style="text-align:right">{line}</p>' for line in SIGNED)
    return "\n".join(parts)


_META = (
    ("SiteName", "云岭市人民政府"),
    ("SiteIDCode", "5309990001"),
    ("ColumnType", "信息公开年报"),
    ("ArticleTitle", TITLE),
    ("PubDate", "2024-01-18 09:30"),
    ("ContentSource", "市林业局"),
)
_MENU = "".join(f'<li><a href="/lm{number}/">栏目{number}</a></li>' for number in range(40))
_WORD_CELL = (
    '<p class="MsoNormal" align="center" style="text-align:center;line-height:20.0pt">'
    '<span style="font-size:12.0pt;font-family:宋体;mso-bidi-font-family:宋体">{}</span><o:p></o:p></p>'
)
_WORD_ATTRIBUTES = ' valign="center" style="padding:0 7px;border:1px solid #000"'


def page(content: str, *, charset: str = "utf-8") -> str:
    """A whole page with head, menu, title and footer around the content."""
    metas = "".join(f'<meta name="{name}" content="{value}">\n' for name, value in _META)
    return f"""<!DOCTYPE html>
<html lang="zh"><head><meta charset="{charset}">
{metas}<title>{TITLE}_云岭市人民政府</title>
<script>var a = '<p>不是正文</p>';</script><style>td{{color:red}}</style></head><body>
<div class="header"><ul class="nav">{_MENU}</ul></div>
<div class="position">当前位置：首页 &gt; 年报</div>
<div class="main"><h1>{TITLE}</h1><div class="info">发布时间：2024-01-18　来源：市林业局</div>
<div class="article-content" id="zoom">{content}</div></div>
<div class="footer">主办：云岭市人民政府　<a href="/about">关于我们</a></div></body></html>"""


def clean() -> str:
    return page(body())


def word_export() -> str:
    """As pasted from a word processor: each cell a styled paragraph; about 60 KB."""
    return page(body(cell=_WORD_CELL, attributes=_WORD_ATTRIBUTES, paragraph=_WORD_CELL))


def in_layout_tables() -> str:
    """The same inside tables that only lay out the page: title row, menu cell beside the text."""
    menu = table([_row(f"栏目{number}") for number in range(12)])
    return page(
        f'<table width="980"><tr><td colspan="2"><b>{TITLE}</b></td></tr>'
        f'<tr><td width="200">{menu}</td><td>{body(cell=_WORD_CELL)}</td></tr></table>'
    )
