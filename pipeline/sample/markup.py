"""Small pieces of HTML, and the frame that every page of a sample portal stands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from pipeline.sample.truth import City

_STYLE = "table{border-collapse:collapse}td,th{border:1px solid #666;padding:4px}.nav a{margin-right:1em}"
_CHANNELS = (
    ("/", "首页"),
    ("/xwzx/", "新闻中心"),
    ("/ldzc/", "领导之窗"),
    ("/zwfw/", "政务服务"),
    ("/hdjl/", "互动交流"),
    ("/rili/202401.html", "日历"),
    ("/search/index.html", "站内搜索"),
)


def cell(text: str, *, across: int = 1, down: int = 1, word: bool = False, broken: bool = False) -> str:
    """A cell. `word` wraps it as a word processor exports it, `broken` breaks a label over two lines."""
    spans = (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
    body = escape(text)
    if broken and len(text) >= 4:
        middle = (len(text) + 1) // 2
        body = f"{escape(text[:middle])}<br>{escape(text[middle:])}"
    if word:
        body = f'<span style="font-family:仿宋">{body or "&nbsp;"}</span>'
        return f'<td width="64"{spans} valign="center"><p class="MsoNormal" align="center">{body}</p></td>'
    return f"<td{spans}>{body}</td>"


def link(href: str, text: str, *, title: str | None = None) -> str:
    """A link, with its full text as `title` where one is given."""
    attribute = f' title="{escape(title)}"' if title is not None else ""
    return f'<a href="{escape(href)}"{attribute} target="_blank">{escape(text)}</a>'


def channels(city: City) -> tuple[tuple[str, str], ...]:
    """The bar at the top of every page: columns without reports, last the way to the one that has them."""
    first = city.column.split("/")[1]
    return (*_CHANNELS, (f"/{first}/", "政务公开" if first == "zwgk" else "政府信息公开"))


def frame(
    city: City,
    *,
    title: str,
    trail: Iterable[tuple[str, str]],
    main: str,
    tags: Mapping[str, str],
    charset: str = "utf-8",
) -> str:
    """A whole page: standard meta tags, navigation, the trail of columns, the main part and the foot."""
    name, code = f"{city.name}人民政府", f"{city.code}0001"
    site = {"SiteName": name, "SiteDomain": city.address, "SiteIDCode": code, **tags}
    metas = "\n".join(f'<meta name="{tag}" content="{escape(value)}">' for tag, value in site.items())
    bar = "".join(link(href, text) for href, text in channels(city))
    here = " &gt; ".join(link(href, text) for href, text in (("/", "首页"), *trail))
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{escape(title)}_{name}</title>
{metas}
<style>{_STYLE}</style>
</head>
<body>
<div class="header"><p>{name}门户网站（示例数据，城市与数字均为虚构）</p>
<div class="nav">{bar}</div></div>
<div class="position">当前位置：{here}</div>
<div class="main">
{main}
</div>
<div class="footer"><p>主办单位：{name}办公室　网站标识码：{code}</p>
<p>{link("/wzdt/", "网站地图")} {link("/lxwm/", "联系我们")}</p></div>
</body>
</html>
"""
