"""A small invented town's portal of the static family, with every trap that the crawl has to pass."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from tests.crawler.farm import Reply

COLUMN = "/zwgk/zfxxgk/zfxxgknb/"
ROWS = "".join(f"<tr><td>第{row}行</td><td>{row}</td></tr>" for row in range(20))

Link = tuple[str, str]


def page(
    title: str, links: Iterable[Link | tuple[str, str, str]] = (), *, more: str = "", meta: str = ""
) -> str:
    """A page with the town's navigation and a list of links (address, text, and a title attribute if given)."""
    items = "".join(
        f'<li><a href="{link[0]}"{f" title={chr(34)}{link[2]}{chr(34)}" if len(link) > 2 else ""}>{link[1]}</a></li>'
        for link in links
    )
    nav = '<a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/zwfw/">政务服务</a><a href="/search?q=1">搜索</a>'
    words = "本页为测试所写，城市与数字均为虚构。" * 8
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_清溪镇人民政府</title>{meta}</head>'
        f'<body><div class="nav">{nav}</div><h1>{title}</h1><ul>{items}</ul>{more}<p>{words}</p></body></html>'
    )


def report(title: str) -> str:
    return page(title, more=f"<table>{ROWS}</table>")


def html(text: str, **reply: object) -> Reply:
    return Reply(text.encode(), **reply)  # type: ignore[arg-type]


REPORTS = {
    COLUMN + "2023n/202401/t20240112_101.html": "清溪镇财政所2023年政府信息公开工作年度报告",
    COLUMN + "2023n/202401/t20240113_102.html": "清溪镇农业服务中心2023年政府信息公开工作年度报告",
    COLUMN + "2023n/202401/t20240114_103.html": "清溪镇人民政府2023年政府信息公开工作年度报告",
    COLUMN + "2022n/202301/t20230112_201.html": "清溪镇财政所2022年政府信息公开工作年度报告",
    COLUMN + "2022n/202301/t20230113_202.html": "清溪镇农业服务中心2022年政府信息公开工作年度报告",
    COLUMN + "2022n/202301/t20230114_203.html": "清溪镇人民政府2022年政府信息公开工作年度报告",
    COLUMN + "202002/t20200214_301.html": "清溪镇人民政府2019年政府信息公开工作年度报告",
    COLUMN + "202102/t20210214_302.html": "清溪镇人民政府2020年政府信息公开工作年度报告",
    "/nyj/202201/t20220114_401.shtml": "清溪镇农业服务中心2021年政府信息公开工作年度报告",
}
GB18030 = COLUMN + "2022n/202301/t20230113_202.html"
TWICE_500 = COLUMN + "2022n/202301/t20230112_201.html"
ZIPPED = COLUMN + "202002/t20200214_301.html"
MOVED = COLUMN + "202102/t20210214_302.html"
MOVED_TO = COLUMN + "202102/t20210214_302_new.html"
UNCERTAIN = COLUMN + "2023n/202401/t20240115_104.html"
FILE_PAGE = COLUMN + "2023n/202401/t20240116_105.html"
FILE = COLUMN + "2023n/202401/P020240116_105.pdf"
MISSING = COLUMN + "2022n/202301/t20230115_204.html"
OFFSITE = COLUMN + "2022n/202301/t20230116_205.html"
FORBIDDEN = COLUMN + "geheim/t20230117_206.html"
LOOP = COLUMN + "2022n/202301/t20230118_207.html"
LOOKALIKES = {
    COLUMN + "2023n/202401/t20240117_901.html": "清溪镇人民政府网站工作年度报表（2023年度）",
    COLUMN + "2023n/202311/t20231117_902.html": "关于做好2023年政府信息公开工作年度报告编制工作的通知",
    COLUMN + "2022n/202302/t20230217_903.html": "一图读懂清溪镇2022年政府信息公开工作年度报告",
    COLUMN + "2022n/202302/t20230218_904.html": "清溪镇2022年法治政府建设年度报告",
}


def _pager(total: int, number: int) -> str:
    return f'<script>createPageHTML({total},{number},"index","html");</script>'


def town(home: str, *, offsite: str = "http://127.0.0.77:9/away.html") -> dict[str, Reply]:
    """Every address of the portal whose home page is `home`."""
    titles = REPORTS | LOOKALIKES
    in_2023 = [path for path in titles if "/2023n/" in path]
    in_2022 = [path for path in titles if "/2022n/" in path]
    site = {
        "/robots.txt": Reply(
            f"User-agent: *\nDisallow: {COLUMN}geheim/\nDisallow: /search\n".encode(),
            content_type="text/plain",
        ),
        "/": html(
            page(
                "首页",
                [
                    ("/xwzx/t20240101_1.html", "政务公开工作推进会召开"),
                    ("/rili/202401.html", "日历"),
                    ("javascript:void(0)", "无障碍"),
                    ("http://127.0.0.78:9/", "上级政府"),
                    ("/zwgk/#top", "政务公开"),
                ],
            )
        ),
        "/zwgk/": html(
            page("政务公开", [("zfxxgk/", "政府信息公开"), ("ysqgk/", "依申请公开"), ("zcwj/", "政策文件")])
        ),
        "/zwgk/zfxxgk/": html(
            page(
                "政府信息公开",
                [
                    ("zn/", "政府信息公开指南"),
                    ("zd/", "政府信息公开制度"),
                    ("./zfxxgknb/index.html;jsessionid=0A1B", "政府信息公开年报"),
                ],
            )
        ),
        COLUMN + "index.html": html(
            page(
                "政府信息公开年报",
                [
                    ("2023n/", "2023年"),
                    ("2022n/", "2022"),
                    ("./202102/t20210214_302.html", REPORTS[MOVED][:14] + "…", REPORTS[MOVED]),
                    ("/xwzx/t20240101_1.html", "政务公开工作推进会召开"),
                ],
                more=_pager(3, 0),
                meta='<meta name="ColumnType" content="信息公开年报">',
            )
        ),
        COLUMN + "index_1.html": html(
            page("政府信息公开年报", [(ZIPPED, REPORTS[ZIPPED])], more=_pager(3, 1)), failures=(503,)
        ),
        COLUMN + "index_2.html": html(
            page(
                "政府信息公开年报",
                [("/nyj/202201/t20220114_401.shtml?from=list#p", REPORTS["/nyj/202201/t20220114_401.shtml"])],
                more=_pager(3, 2),
            )
        ),
        COLUMN + "2023n/": html(
            page(
                "2023年",
                [
                    *((path, titles[path]) for path in in_2023),
                    (UNCERTAIN, "清溪镇派出所"),
                    (FILE_PAGE, "清溪镇卫生院管理办公室2023年政府信息公开工作年度报告"),
                    ("../2022n/", "2022年"),
                ],
            )
        ),
        COLUMN + "2022n/": html(
            page(
                "2022年",
                [
                    *((path, titles[path]) for path in in_2022),
                    (MISSING, "清溪镇水利站2022年政府信息公开工作年度报告"),
                    (OFFSITE, "清溪镇林业站2022年政府信息公开工作年度报告"),
                    (FORBIDDEN, "清溪镇人武部2022年政府信息公开工作年度报告"),
                    (LOOP, "清溪镇司法所2022年政府信息公开工作年度报告"),
                ],
            )
        ),
        UNCERTAIN: html(report("清溪镇派出所2023年政府信息公开工作年度报告")),
        FILE_PAGE: html(
            page(
                "清溪镇卫生院管理办公室2023年政府信息公开工作年度报告",
                [("./P020240116_105.pdf", "附件：年度报告全文"), ("/zwgk/zn.pdf", "办事指南")],
            )
        ),
        FILE: Reply(b"%PDF-1.4 of the town\n", content_type="application/pdf"),
        OFFSITE: Reply(status=302, headers={"Location": offsite}),
        LOOP: Reply(status=302, headers={"Location": LOOP}),
        MOVED_TO: html(report(REPORTS[MOVED])),
    }
    for path, title in titles.items():
        site[path] = html(report(title))
    site[GB18030] = Reply(
        report(REPORTS[GB18030] + "㙍").replace("utf-8", "gb2312").encode("gb18030"),
        content_type="text/html; charset=gb2312",
    )
    site[TWICE_500] = html(report(REPORTS[TWICE_500]), failures=(500, 500))
    site[ZIPPED] = html(report(REPORTS[ZIPPED]), zipped=True)
    site[MOVED] = Reply(status=301, headers={"Location": home.rstrip("/") + quote(MOVED_TO)})
    return site


def small(home: str) -> dict[str, Reply]:
    """A portal of one list with three reports."""
    reports = {
        f"/zfxxgknb/t2024011{n}_{n}.html": f"清溪镇第{n}站2023年政府信息公开工作年度报告" for n in range(3)
    }
    site = {path: html(report(title)) for path, title in reports.items()}
    site["/"] = html(page("首页", [("/zfxxgknb/", "政府信息公开年报")]))
    site["/zfxxgknb/"] = html(page("政府信息公开年报", reports.items()))
    return site


HELD_REPORTS = (set(REPORTS) - {MOVED}) | {MOVED_TO, UNCERTAIN, FILE_PAGE, FILE}
"""The addresses whose bodies a crawl must hold as reports in the end."""

ON_THE_WAY = {"/", "/zwgk/", "/zwgk/zfxxgk/", COLUMN + "2023n/", COLUMN + "2022n/"} | {
    COLUMN + name for name in ("index.html", "index_1.html", "index_2.html")
}
ASKED = HELD_REPORTS | ON_THE_WAY | {MOVED, MISSING, OFFSITE, LOOP, "/robots.txt"}
"""Every address that a crawl asks for, and no other."""
