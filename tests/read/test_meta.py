"""Titles and the standard meta tags of 国办发〔2017〕47号."""

from __future__ import annotations

from pipeline.read import read_document
from tests.read import pages


def test_standard_tags_under_their_own_names() -> None:
    markup = """<html><head><META NAME="sitename" CONTENT=" 云岭市人民政府 ">
    <meta name=ARTICLETITLE content="年报&amp;附表">
    <meta name="PubDate" content="2024/01/18 09:30:00"><meta name="pubdate" content="2000-01-01">
    <meta name="Url" content=""><meta name="viewport" content="width"><meta name="ContentSource"></head><p>x"""
    assert dict(read_document(markup.encode()).metadata) == {
        "SiteName": "云岭市人民政府",
        "ArticleTitle": "年报&附表",
        "PubDate": "2024/01/18 09:30:00",
    }


def test_titles_best_first() -> None:
    document = read_document(pages.clean().encode())
    assert document.titles == (pages.TITLE, f"{pages.TITLE}_云岭市人民政府")
    assert document.metadata["ColumnType"] == "信息公开年报"


def test_headings_and_what_is_marked_as_title() -> None:
    markup = f"""<html><title>站名</title><body class=title><div class="News_Title">乙局<br>2020年报</div><h1>甲</h1>
    <div class="title">{"很长的正文" * 60}</div><h2> </h2><p>x"""
    assert read_document(markup.encode()).titles == ("乙局 2020年报", "甲", "站名")


def test_a_page_without_any_title_has_none() -> None:
    assert read_document(b"<html><p>x").titles == ()
