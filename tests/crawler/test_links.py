from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.leads import Leads
from crawler.links import Link
from crawler.pages import Page

URL = "http://www.qingxi.gov.cn/nb/"


def links(text: str) -> tuple[Link, ...]:
    return Page(URL, text.encode(), None).links


def test_things_that_are_clicked_are_links() -> None:
    for code in (
        """location.href='/gk/'""",
        """window.location = &quot;/gk/&quot;;return false""",
        """window.open('/gk/','_blank')""",
        """self.location.replace( '/gk/' )""",
    ):
        assert links(f'<div onclick="{code}"><b>信息</b>公开</div>') == (
            Link("http://www.qingxi.gov.cn/gk/", "信息公开"),
        )
    assert links("""<input type=button value="下一页" onclick="location='b.html'">""") == (
        Link(URL + "b.html", "下一页"),
    )
    assert links("""<button disabled onclick="location='b.html'">下一页</button>""") == ()
    assert links("""<li onclick="show(3)">公开</li><li onclick="x.open('GET','/a')">公开</li>""") == ()
    assert links("""<li data-url="a/">公开</li><li data-url="nothing">公开</li>""") == (
        Link(URL + "a/", "公开"),
    )


def test_an_area_of_a_map_says_where_it_leads() -> None:
    area = """<map name=m><area shape=rect href="/gk/" alt="政务公开"><area href="/bs/" title="办事"></map>"""
    assert links(area) == (
        Link("http://www.qingxi.gov.cn/gk/", "政务公开"),
        Link("http://www.qingxi.gov.cn/bs/", "办事"),
    )


def test_functions_of_the_page_are_followed() -> None:
    script = """<script>
        function other(a){ return a + 1 }
        function toPage(n){ if (n > 9) { n = 9; } window.location.href = "list_" + n + ".html?k=" + encodeURI(n); }
        var go = function (dir, n) { location.replace('/' + dir + "/index_" + (n - 1) + '.html') }
    </script>"""
    assert links(script + '<a href="javascript:toPage(3)">3</a>') == (Link(URL + "list_3.html?k=3", "3"),)
    assert links(script + """<a href="#" onclick="return go('gk', '4');">4</a>""") == (
        Link("http://www.qingxi.gov.cn/gk/index_3.html", "4"),
    )
    assert links(script + '<a href="javascript:other(3)">3</a><a href="javascript:none(3)">3</a>') == ()


def test_addresses_may_hang_on_a_number() -> None:
    for code in (
        "location.href = '/gk/nb' + (n > 1 ? '_' + n : '') + '.html';",
        "location.href = n == 1 ? '/gk/nb.html' : '/gk/nb_' + n + '.html';",
        "window.open(n <= 1 ? '/gk/nb.html' : '/gk/nb_' + n + '.html');",
    ):
        script = f"<script>function toPage(n) {{ {code} }}</script>"
        assert [one.url for one in links(script + '<a href="javascript:toPage(1)">首页</a>')] == [
            "http://www.qingxi.gov.cn/gk/nb.html"
        ]
        assert [one.url for one in links(script + '<a href="javascript:toPage(2)">下一页</a>')] == [
            "http://www.qingxi.gov.cn/gk/nb_2.html"
        ]


def test_choices_are_links() -> None:
    options = "<option value=''>选择</option><option value='b.html' selected>第2页</option><option value=7>七</option>"
    for code in ("location.href=this.value", "window.open(this.options[this.selectedIndex].value)"):
        assert Link(URL + "b.html", "第2页", chosen=True) in links(
            f'<select onchange="{code}">{options}</select>'
        )
    by_number = (
        "<script>function go(n){location.href='p_'+n+'.html'}</script><select onchange='go(this.value)'>"
    )
    assert Link(URL + "p_7.html", "七", chosen=True) in links(by_number + options)
    assert links(f"<select>{options}</select>") == (Link(URL + "b.html", "第2页", chosen=True),)


def test_choices_are_sent_by_the_form_around_them() -> None:
    boxes = (
        "<input type=hidden name=lm value=7><select name=dw><option value=>全部<option value=31>财政所</select>"
        "<select name=nd><option>2022<option selected>2023</select><input type=submit name=go value=查询>"
    )
    assert links(f"<form action='q.jsp?x=1'>{boxes}</form>") == tuple(
        Link(f"{URL}q.jsp?lm=7&{given}", text, chosen=True)
        for given, text in (("dw=31&nd=2023", "财政所"), ("dw=&nd=2022", "2022"), ("dw=&nd=2023", "2023"))
    )
    assert links(f"<form action=q.jsp>{boxes}<input name=word></form>") == ()
    assert links(f"<form action=q.jsp method=post>{boxes}</form>") == ()


def test_markup_that_scripts_write_in_pieces() -> None:
    for script in (
        r"""document.write('<a href=\'/gk/\'>'+'政府信息'+"公开"+'<\/a>')""",
        r"""document.writeln("<li><a href=\"/gk/\" title=\"政府信息公开\">政府信…<\/a><\/li>");""",
        r"""document.write("<a href=/gk/>政府信息公开</a>")""",
    ):
        assert links(f"<script>{script}</script>") == (Link("http://www.qingxi.gov.cn/gk/", "政府信息公开"),)
    assert links("""<script>document.write("<a href='" + url + "'>年报</a>")</script>""") == ()


def test_an_address_that_a_script_puts_together_is_no_link_as_it_stands() -> None:
    for code in (
        r"""document.write("<a href=\"index"+"_"+nextPage+".html\">下一页</a>");""",
        r"""document.write("<a href=\"index_" + nextPage + "."+"html\">下一页</a>");""",
        """s += '<a href="index_' + n + '.html">下一页</a>';""",
    ):
        assert links(f"<script>{code}</script>") == ()


def test_more_says_of_what() -> None:
    assert links('<h3>政府信息公开年报<a href="nb/">更多&gt;&gt;</a></h3>') == (
        Link(URL + "nb/", "政府信息公开年报"),
    )
    assert links(f'<p>{"很长的一段话" * 9}<a href="nb/">更多</a></p>') == (Link(URL + "nb/", "更多"),)


@given(st.text(alphabet="abn(){}'\"+ .=;,/location.hrefopen1\\\n", max_size=120), st.text(max_size=40))
def test_any_code_can_be_read(scripts: str, code: str) -> None:
    Leads(scripts).to(code)


def test_a_link_that_holds_a_heading_and_more_is_called_by_the_heading() -> None:
    title = "某局2023年政府信息公开工作年度报告"
    for tag in ("h4", 'div class="tit"', 'span class="list-title"'):
        inside = f"<{tag}>{title}</{tag.split()[0]}><p>根据条例的要求，现将情况报告如下。</p>"
        assert links(f'<a href="1.html">{inside}</a>') == (Link(URL + "1.html", title),)
    assert links('<a href="1.html"><b class="tit">年报</b> 部门公开</a>') == (
        Link(URL + "1.html", "年报 部门公开"),
    )


def test_a_pattern_that_the_page_fills_in_is_no_link() -> None:
    for pattern in ("${i.href}", "{{item.url}}", "/nb/${id}.html"):
        assert links(f'<a href="{pattern}">年报</a>') == ()
        assert links(f"<script>s = `<a href='{pattern}'>年报</a>`</script>") == ()


def test_a_box_that_hands_itself_to_a_function_leads_where_that_does() -> None:
    box = "<select id='dw' onchange='{}'><option value=''>请选择</option><option value='a7'>财政所</option></select>"
    for call, body in (
        (
            "go(this)",
            "var v = s.options[s.selectedIndex].value; if (v != '') { location.href = '/nb/' + v + '/'; }",
        ),
        ("go(this)", "window.location.href = '/nb/' + s.value + '/';"),
        ("go(this)", "let v = $('#dw').val();\nlocation.href = '/nb/' + v + '/'"),
    ):
        found = links(box.format(call) + f"<script>function go(s) {{ {body} }}</script>")
        assert found == (Link("http://www.qingxi.gov.cn/nb/a7/", "财政所", chosen=True),)
