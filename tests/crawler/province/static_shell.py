"""芦汀市: a static portal whose disclosure pages are shells, with the list in a frame. (A shell answers whatever
stands behind its question mark.)
"""

from __future__ import annotations

from tests.crawler.province import forms
from tests.crawler.province.menus import BLOCKS, COLUMNS, HEADLINES, anchors, metas, other_columns
from tests.crawler.province.organs import filings, organs
from tests.crawler.province.portal import Portal

CITY = "芦汀市"
ROOT = "/zfxxgk/"
FRAME = "/lb_nb/"
BLOCK_PATHS = (
    "zfxxgkzn/?gk=1#iframe",
    "zfxxgkzd/?gk=2#iframe",
    "fdzdgknr/?gk=3&cid=15493#iframe",
    "zfxxgknb/?gk=4&cid=15501#iframe",
)


def _shell(title: str, main: str) -> str:
    return (
        f'<!doctype html><html><head><meta charset="UTF-8"/><title>{title} - {CITY}</title>'
        f"{metas({'SiteName': f'{CITY}人民政府', 'SiteIDCode': '9902000001', 'ColumnName': title}, 2)}</head><body>"
        '<nav><a href="/">首页</a><a href="/zfxxgk/fdzdgknr/?gk=3&cid=15493#iframe">信息公开</a>'
        '<a href="/ywdt/">要闻</a></nav>'
        f"{main}</body></html>"
    )


def build() -> Portal:
    portal = Portal("trs_wcm", CITY)
    own = filings(organs(CITY, 9, 2), range(2020, 2025), first=7000, seed=4)
    menu = anchors(
        [(ROOT + path, name) for path, name in zip(BLOCK_PATHS, BLOCKS, strict=False)],
        '<div class="tab"><a href="{href}">{text}</a></div>',
    )
    for path, name in zip(BLOCK_PATHS, BLOCKS, strict=False):
        slug = path.partition("/")[0]
        frame = FRAME if slug == "zfxxgknb" else f"/lb_{slug}/"
        main = (
            f'<div class="menu">{menu}</div><iframe id="iframe" name="iframe" src="{frame}" '
            'width="100%" frameborder="0" scrolling="no"></iframe>'
        )
        page = _shell(name, main)
        portal.add(f"{ROOT}{slug}/", page)
        portal.add(ROOT + path.partition("#")[0], page)
        if frame != FRAME:
            portal.add(
                frame,
                _shell(
                    name, f'<ul><li><a href="{frame}202401/t20240105_88001.html">{HEADLINES[4]}</a></li></ul>'
                ),
            )
            portal.forbid([f"{frame}202401/t20240105_88001.html"])
    pages = [own[start : start + 12] for start in range(0, len(own), 12)]
    for number, part in enumerate(pages):
        lines = []
        for filing in part:
            short = f"{filing.day:%Y%m}/t{filing.day:%Y%m%d}_{filing.number}.html"
            lines.append(
                f'<tr><td><a target="_parent" href="./{short}" title="{filing.title}">{filing.title}</a>'
                f"</td><td>{filing.day:%m-%d}</td></tr>"
            )
            text = (
                f'<h2 class="title">{filing.title}</h2><div id="zoom" class="view TRS">'
                f"{forms.body(filing.organ, filing.year)}</div>"
            )
            portal.report(FRAME + short, _shell(filing.title, text))
        script = (
            f'<script type="text/javascript">createPageHTML({len(pages)},{number},"index","html",'
            f"{len(own)});</script>"
        )
        page = f"<html><head><meta charset='utf-8'></head><body><table>{''.join(lines)}</table>{script}</body></html>"
        portal.add(f"{FRAME}index_{number}.html" if number else FRAME, page)
    fronts = [(f"/{slug}/", name) for name, slug in COLUMNS[:9]]
    other_columns(
        portal,
        _shell,
        fronts,
        lambda front, number: f"{front}202403/t20240305_{number + 60000}.html",
        lambda front: f"{front}index_1.html",
    )
    portal.add("/", _shell("首页", anchors(fronts)))
    return portal
