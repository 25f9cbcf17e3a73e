"""How the pages of a portal look: frames, lists and articles, in markup that has little in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

Links = Sequence[tuple[str, str]]
CHANNELS = (
    ("/xwdt/", "新闻动态"),
    ("/zjwm/", "走进城市"),
    ("/zwfw/index.html", "政务服务"),
    ("/hdjl/", "互动交流"),
    ("/sjfb/", "数据发布"),
)
TRAPS = (
    ("/search/?q=", "站内搜索"),
    ("/login/sso?back=/", "登录"),
    ("/rili/2024-01.html", "日历"),
    ("/ldxx/mail.do", "领导信箱"),
)
_NEWS = (
    "全市春季造林工作启动",
    "新建三座便民桥通车",
    "我市召开安全生产例会",
    "公共图书馆延长开放时间",
    "关于清明假期值班的公告",
    "城区供水管网更新完成",
    "市统计局发布上年经济数据",
    "青少年科技节开幕",
)


def signed(title: str) -> str:
    """The text of a page that is no report."""
    return f"{escape(title)}。现将有关情况告知如下，请各单位结合实际抓好落实，并按要求反馈。"


def shell(text: str, charset: str) -> str:
    """A whole page of nothing but this."""
    return f'<html><head><meta charset="{charset}"></head><body>{text}</body></html>'


@dataclass(frozen=True, slots=True)
class Skin:
    """The plain manner; the others change what is theirs."""

    channels: Links = CHANNELS
    word: bool = False
    container: tuple[str, str] = ('<div class="txt-area">', "</div>")
    heading: str = "h1"
    metas: bool = True
    traps: Links = field(default=TRAPS)

    def paragraph(self, text: str) -> str:
        return f"<p>{text}</p>"

    def menu(self, links: Links) -> str:
        return '<div class="topbar">' + " | ".join(f'<a href="{a}">{t}</a>' for a, t in links) + "</div>"

    def page(self, city: str, title: str, main: str, *, charset: str, metas: str = "") -> str:
        bar = self.menu((("/", "首页"), *self.channels, *self.traps))
        return (
            f'<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
            f"<title>{escape(title)}</title>{metas}</head><body>{bar}<div class=wrap>{main}</div>"
            f'<div class="bottom">主办：{city}人民政府办公室　<a href="/sitemap.html">网站地图</a></div></body></html>'
        )

    def home(self, city: str, links: Links, more: str, head: str, *, charset: str) -> str:
        news = "".join(
            f'<li><a href="/xwdt/2024{n:02d}.html">{title}</a></li>' for n, title in enumerate(_NEWS)
        )
        main = f"<div class=channels>{self.menu(links)}</div><ul class=news>{news}</ul>{more}"
        return self.page(city, f"{city}人民政府门户网站", main, charset=charset, metas=head)

    def article(self, city: str, title: str, posted: date, text: str, charset: str, metas: str | None) -> str:
        opened, closed = self.container
        if metas is None:
            metas = (
                f'<meta name="ArticleTitle" content="{escape(title)}">'
                f'<meta name="PubDate" content="{posted} 09:30">'
                '<meta name="ColumnType" content="信息公开年报">'
                if self.metas
                else ""
            )
        main = (
            f"<{self.heading}>{escape(title)}</{self.heading}><p class=info>发布日期：{posted}</p>"
            f'<a href="/dy/print?t={posted}">打印</a>{opened}{text}{closed}'
        )
        return self.page(city, title, main, charset=charset, metas=metas)


@dataclass(frozen=True, slots=True)
class Tables(Skin):
    """An old portal: tables for everything, unquoted attributes, upper case."""

    heading: str = "center"
    metas: bool = False
    container: tuple[str, str] = ("<TABLE WIDTH=98% ALIGN=center><TR><TD CLASS=nr>", "</TD></TR></TABLE>")

    def menu(self, links: Links) -> str:
        cells = "".join(f"<TD NOWRAP><A HREF={a} TARGET=_blank>{t}</A></TD>" for a, t in links)
        return f"<TABLE BORDER=0 CELLPADDING=2><TR>{cells}</TR></TABLE>"


@dataclass(frozen=True, slots=True)
class WordPaste(Skin):
    """Text pasted from a word processor: spans in spans, tables as wide as the page."""

    word: bool = True
    heading: str = "h2"
    container: tuple[str, str] = ('<div id="zoom" class="WordSection1">', "</div>")

    def paragraph(self, text: str) -> str:
        style = "font-family:仿宋_GB2312;font-size:16pt"
        return f'<p class="MsoNormal" style="text-indent:32pt"><span style="{style}">{text}<o:p></o:p></span></p>'

    def menu(self, links: Links) -> str:
        return (
            "<nav><ul>"
            + "".join(f"<li><a href='{a}'><span>{t}</span></a></li>" for a, t in links)
            + "</ul></nav>"
        )


PLAIN, TABLES, WORD = Skin(), Tables(), WordPaste()


def ul(items: Iterable[tuple[str, str, date]], css: str = "lst") -> str:
    """A list of links with their dates."""
    rows = "".join(f'<li><a href="{a}" title="{t}">{t}</a><span>{d}</span></li>' for a, t, d in items)
    return f'<ul class="{css}">{rows}</ul>'


def rows(items: Iterable[tuple[str, str, date]]) -> str:
    """The same as a table: number, title cut short as lists cut it, date."""
    lines = "".join(
        f'<tr><td>{n}</td><td><a href="{a}" title="{t}">{t[:24]}{"..." if t[24:] else ""}</a></td><td>{d}</td></tr>'
        for n, (a, t, d) in enumerate(items, 1)
    )
    return f"<table class=tb><tr><th>序号</th><th>标题</th><th>日期</th></tr>{lines}</table>"


def dl(items: Iterable[tuple[str, str, date]]) -> str:
    """The same as a list of definitions."""
    return "<dl>" + "".join(f"<dt>{d}</dt><dd><a href='{a}'>{t}</a></dd>" for a, t, d in items) + "</dl>"
