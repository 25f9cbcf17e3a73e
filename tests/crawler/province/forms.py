"""The body of a report as its year's form wants it: prose before 2014, the annex from 2014, six parts with tables
since 2019. Every number is invented, and most cells are zero, as they are.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import cache

Row = tuple[str | int, ...]
NOTHING = (0, 0, 0, 0, 0, 0, 0)
WHO = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
OUTCOMES = (
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "（三）不予公开 1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "（四）无法提供 1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "（五）不予处理 1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
)
SINCE_2021 = ("（六）其他处理 1.申请人无正当理由逾期不补正", "2.申请人逾期未按收费通知要求缴纳费用", "3.其他")
DISPUTES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
ANNEX = (
    "一、主动公开情况",
    "（一）主动公开政府信息数",
    "其中：主动公开规范性文件数",
    "制发规范性文件总数",
    "（二）通过不同渠道和方式公开政府信息的情况",
    "1.政府公报公开政府信息数",
    "2.政府网站公开政府信息数",
    "3.政务微博公开政府信息数",
    "二、回应解读情况",
    "三、依申请公开情况",
    "（一）收到申请数",
    "1.当面申请数",
    "2.传真申请数",
    "3.网络申请数",
    "4.信函申请数",
    "（二）申请办结数",
    "四、行政复议数量",
    "（一）维持具体行政行为数",
    "五、行政诉讼数量",
    "六、举报投诉数量",
    "七、依申请公开信息收取的费用",
    "八、机构建设和保障经费情况",
    "九、政府信息公开会议和培训情况",
)


def _table(rows: Sequence[Row]) -> str:
    lines = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return '<table border="1" cellspacing="0">' + "".join(lines) + "</table>"


def _proactive(year: int) -> str:
    if year < 2021:
        return (
            _table(
                [("第二十条第（一）项",), ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量")]
            )
            + _table([("规章", 0, 0, 0), ("规范性文件", 1, 1, 6)])
            + _table([("第二十条第（五）项",), ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")])
            + _table([("行政许可", 12, 0, 84), ("其他对外管理服务事项", 5, 0, 31)])
        )
    return (
        _table(
            [
                ("第二十条第（一）项",),
                ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
                ("规章", 0, 0, 0),
                ("行政规范性文件", 1, 0, 6),
            ]
        )
        + _table([("第二十条第（五）项",), ("信息内容", "本年处理决定数量"), ("行政许可", 84)])
        + _table(
            [("第二十条第（六）项",), ("信息内容", "本年处理决定数量"), ("行政处罚", 3), ("行政强制", 0)]
        )
        + _table([("第二十条第（八）项",), ("信息内容", "本年收费金额（单位：万元）"), ("行政事业性收费", 0)])
    )


def _requests(year: int) -> str:
    outcomes = OUTCOMES + (SINCE_2021 if year >= 2021 else ("（六）其他处理",))
    given = (2, 0, 0, 0, 0, 0, 2)
    rows: list[Row] = [("（本列数据的勾稽关系）", *WHO), ("一、本年新收政府信息公开申请数量", *given)]
    rows += [("二、上年结转政府信息公开申请数量", *NOTHING)]
    rows += [(name, *(given if place == 0 else NOTHING)) for place, name in enumerate(outcomes)]
    rows += [("（七）总计", *given), ("四、结转下年度继续办理", *NOTHING)]
    return _table(rows)


@cache
def _since_2019(year: int) -> str:
    dispute = _table([("行政复议", "行政诉讼"), DISPUTES * 2, (0,) * 10])
    return (
        "<p>一、总体情况</p>"
        "<p>{ORGAN}认真贯彻《中华人民共和国政府信息公开条例》，{YEAR}年主动公开各类信息，规范办理申请。</p>"
        f"<p>二、主动公开政府信息情况</p>{_proactive(year)}"
        f"<p>三、收到和处理政府信息公开申请情况</p>{_requests(year)}"
        f"<p>四、政府信息公开行政复议、行政诉讼情况</p>{dispute}"
        "<p>五、存在的主要问题及改进情况</p><p>公开的深度还不够，将加强培训，提高质量。</p>"
        "<p>六、其他需要报告的事项</p><p>本年度没有收取信息处理费。</p>"
    )


PROSE = (
    "<p>根据《中华人民共和国政府信息公开条例》，现公布{ORGAN}{YEAR}年政府信息公开年度报告。全文包括概述、主动公开政府信息的情况、"
    "依申请公开政府信息办理情况、政府信息公开的收费及减免情况、因政府信息公开申请行政复议和提起行政诉讼的情况、存在的主要问题及改进措施。"
    "本报告所列数据的统计期限自{YEAR}年1月1日起至{YEAR}年12月31日止。</p>"
    "<p>一、概述</p><p>{YEAR}年，{ORGAN}健全机构，完善制度，明确专人负责政府信息公开工作，稳步推进。</p>"
    "<p>二、主动公开政府信息的情况</p>"
    "<p>全年主动公开政府信息126条，其中机构职能类12条，工作动态类88条，其他26条。通过网站公开120条。</p>"
    "<p>三、依申请公开政府信息办理情况</p>"
    "<p>全年受理申请2件，均为网上提交，已全部答复，同意公开2件，没有不予公开的情况。</p>"
    "<p>四、政府信息公开的收费及减免情况</p><p>全年没有收取检索、复制、邮寄等费用。</p>"
    "<p>五、因政府信息公开申请行政复议、提起行政诉讼的情况</p>"
    "<p>全年没有因政府信息公开申请行政复议或提起行政诉讼。</p>"
    "<p>六、存在的主要问题及改进措施</p>"
    "<p>公开的内容还不够丰富，更新还不够及时。下一年将进一步完善制度，扩大公开范围，提高公开质量。</p>"
)


def body(organ: str, year: int) -> str:
    """The article of one report, without its title."""
    if year >= 2019:
        text = _since_2019(year)
    elif year >= 2014:
        rows: list[Row] = [("统计指标", "单位", "统计数")]
        rows += [(name, "" if name[1] == "、" else "件", "" if name[1] == "、" else 3) for name in ANNEX]
        text = f"{PROSE}<p>附表：政府信息公开情况统计表</p>{_table(rows)}"
    else:
        text = PROSE
    return text.replace("{ORGAN}", organ).replace("{YEAR}", str(year))


def pdf(title: str) -> bytes:
    """A small file with the head and the tail of a PDF."""
    stream = b"BT /F1 12 Tf 72 720 Td (" + title.encode().hex().encode() + b") Tj ET"
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length " + str(len(stream)).encode() + b">>stream\n" + stream + b"\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def docx(title: str) -> bytes:
    """A Word file with one paragraph."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relation}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:p><w:r><w:t>{title}</w:t></w:r></w:p></w:body></w:document>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return made.getvalue()


PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
