from __future__ import annotations

from datetime import date

import pytest

from pipeline.identify import Identity, Reason
from tests.identify.pages import EARLIER_HEADINGS, FORM_CIRCULAR, SIGNED, SIX_HEADINGS, TITLE, look


def test_a_plain_report() -> None:
    assert look([*SIX_HEADINGS, *SIGNED], TITLE) == Identity(
        is_report=True,
        reason=None,
        title=TITLE,
        organ="青溪县商务局",
        year=2021,
        scope="own",
        published_on=date(2022, 1, 20),
    )


def test_a_body_without_a_title_but_with_the_six_headings_is_a_report() -> None:
    period = "本报告所列数据的统计期限自2021年1月1日起至12月31日止。"
    identity = look([period, *SIX_HEADINGS, *SIGNED])
    assert (identity.is_report, identity.organ, identity.year) == (True, "青溪县商务局", 2021)


def test_the_headings_of_earlier_years_make_a_report() -> None:
    period = "本报告的统计时限为2012年1月1日至2012年12月31日，共有六个部分。"
    identity = look([period, *EARLIER_HEADINGS, "青溪县商务局", "二〇一三年三月十日"])
    assert (identity.is_report, identity.organ, identity.year) == (True, "青溪县商务局", 2012)
    assert identity.published_on == date(2013, 3, 10)


@pytest.mark.parametrize(
    "body",
    [
        ["青溪县商务局", "2021年政府信息公开工作年度报告"],
        ["青溪县商务局2021年", "政府信息公开工作年度", "报告"],
        ["青溪县商务局 2021年政府信息公开工作年度报告"],
        ["索引号：000000", "青溪县商务局2021年政府信息公开工作年度报告", "发布时间：2022-01-25"],
        [
            "2021年政府信息公开工作年度报告",
            "根据条例规定，特向社会公布青溪县商务局2021年政府信息公开工作年度报告。",
        ],
        ["2021年政府信息公开工作年度报告", "本报告由青溪县商务局按照《条例》的要求编制。"],
        ["2021年政府信息公开工作年度报告"],
    ],
)
def test_the_organ_is_found_in_or_under_the_title(body: list[str]) -> None:
    identity = look([*body, *SIX_HEADINGS, *SIGNED])
    assert (identity.is_report, identity.organ, identity.year) == (True, "青溪县商务局", 2021)


def test_a_signature_gives_the_name_in_full() -> None:
    identity = look([*SIX_HEADINGS, *SIGNED], "商务局2021年政府信息公开工作年度报告")
    assert identity.organ == "青溪县商务局"


def test_the_source_tag_names_the_organ_where_nothing_else_does() -> None:
    tags = {"contentsource": "青溪县商务局", "PubDate": "2022-01-2 10:30"}
    identity = look(SIX_HEADINGS, "2021年政府信息公开工作年度报告", tags)
    assert (identity.organ, identity.published_on) == ("青溪县商务局", date(2022, 1, 2))


def test_the_name_of_a_website_is_no_organ() -> None:
    identity = look(SIX_HEADINGS, "2021年政府信息公开工作年度报告", {"ContentSource": "青溪县人民政府网"})
    assert identity.organ is None


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告由县政府办公室根据2个镇和县直有关部门、单位政府信息公开年度报告编制。",
        "本报告综合各县（市、区）和市政府各部门的年度报告编制。",
        "本报告由县政府办公室汇总全县各级行政机关的年度报告形成。",
    ],
)
def test_a_roll_up_is_for_an_area(sentence: str) -> None:
    assert look([sentence, *SIX_HEADINGS], "青溪县2021年政府信息公开工作年度报告").scope == "area"


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("青溪县2021年政府信息公开工作年度报告", None),
        ("青溪县人民政府办公室2021年政府信息公开工作年度报告", None),
        ("青溪县综合行政执法局2021年政府信息公开工作年度报告", "own"),
        ("柳河镇人民政府2021年政府信息公开工作年度报告", "own"),
        ("全县2021年政府信息公开工作年度报告", "area"),
    ],
)
def test_the_scope_is_given_only_where_it_is_sure(title: str, scope: str | None) -> None:
    assert look(SIX_HEADINGS, title).scope == scope


def test_the_form_circular_is_refused_by_its_title_and_without_one() -> None:
    title = "国务院办公厅政府信息与政务公开办公室关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知"
    assert look(FORM_CIRCULAR, title).reason is Reason.FORMAT
    assert look(FORM_CIRCULAR).reason is Reason.FORMAT
    assert look(FORM_CIRCULAR, "信息公开制度").is_report is False


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("图解：青溪县商务局2021年政府信息公开工作年度报告", Reason.INTERPRETATION),
        ("青溪县商务局2021年政府信息公开工作年度报告解读", Reason.INTERPRETATION),
        ("关于做好2021年政府信息公开工作年度报告编制工作的通知", Reason.NOTICE),
        ("2021年政府信息公开工作年度报告范文", Reason.MODEL_TEXT),
        ("青溪县政府网站工作年度报表（2021年度）", Reason.WEBSITE_REPORT),
        ("青溪县2021年法治政府建设年度报告", Reason.LAW_REPORT),
        ("云岭大学2021年信息公开年度报告", Reason.UNIVERSITY),
        ("云岭市人民医院2021年政府信息公开工作年度报告", Reason.INSTITUTION),
    ],
)
def test_other_papers_are_refused_even_with_the_six_headings(title: str, reason: Reason) -> None:
    identity = look([*SIX_HEADINGS, *SIGNED], title)
    assert (identity.is_report, identity.reason) == (False, reason)


@pytest.mark.parametrize(
    "title",
    [
        "关于印发2021年政府信息公开年度报告的通知",
        "关于发布2021年政府信息公开年度报告的公告",
        "政府信息公开年报",
        "信息公开",
    ],
)
def test_a_cover_or_a_column_name_gives_way_to_the_body(title: str) -> None:
    assert look([*SIX_HEADINGS, *SIGNED], title).is_report
    assert not look(["请点击附件查看。"], title).is_report


def test_a_column_name_in_place_of_the_title_gives_way_to_the_title_in_the_body() -> None:
    lines = [TITLE, *SIX_HEADINGS, *SIGNED]
    assert look(lines, "政府信息公开指南").title == TITLE
    assert look(lines, "政府信息公开指南").is_report


def test_a_summary_of_work_is_no_report_and_the_form_under_its_name_is() -> None:
    title = "柳河镇2021年政务公开工作总结"
    prose = ["2021年，全镇公开信息50条。", "一、主要做法", "二、存在的问题", "三、下一步打算"]
    assert look(prose, title).reason is Reason.SUMMARY
    assert look(SIX_HEADINGS, title).is_report


def test_a_university_is_known_by_the_rules_it_cites() -> None:
    opening = "根据《高等学校信息公开办法》，编制本报告，统计期限为2020年9月1日至2021年8月31日。"
    assert look([opening, *SIX_HEADINGS], "2021年信息公开工作年度报告").reason is Reason.UNIVERSITY
    assert look([opening, *SIX_HEADINGS], "云岭省教育厅2021年政府信息公开工作年度报告").is_report


def test_a_list_of_reports_is_a_column_page() -> None:
    lines = [f"{name}2021年政府信息公开工作年度报告" for name in ("柳河镇", "望江乡", "县财政局", "县民政局")]
    assert look(lines, "2021年政府信息公开年报").reason is Reason.COLUMN_PAGE


def test_a_model_with_open_places_is_refused() -> None:
    lines = [*SIX_HEADINGS, "XX局全年收到申请××件，XX市XX局答复××件。", "XX年XX月XX日"]
    assert look(lines, "2021年政府信息公开工作年度报告").reason is Reason.MODEL_TEXT


def test_a_report_of_pictures_or_of_an_attachment_is_known_by_its_title() -> None:
    assert look(["附件：年度报告.pdf"], TITLE).is_report
    assert look([], TITLE).is_report


def test_traditional_script_and_pinyin() -> None:
    lines = [
        "一、總體情況",
        "二、主動公開政府信息情況",
        "三、收到和處理政府信(xìn)息公開申請(qǐng)情況",
        "四、政府信息公開行政復(fù)議、行政訴訟情況",
        "五、存在的主要問題及改進(jìn)情況",
        "全年發布信息12條。",
    ]
    identity = look(lines, "柳河鄉(xiāng)人民政府2020年政府信息公開工作年度報告")
    assert (identity.is_report, identity.organ, identity.year) == (True, "柳河鄉人民政府", 2020)


def test_a_body_in_one_run_of_text() -> None:
    identity = look(["".join(SIX_HEADINGS)], "信息公开")
    assert identity.is_report


def test_nothing_at_all() -> None:
    assert look([]).reason is Reason.NO_TITLE
    assert look(["网站建设中"]).is_report is False


def test_a_roll_up_compiled_by_an_office_is_its_governments() -> None:
    made = "本报告由青溪县人民政府办公室根据各乡镇、县直各部门政府信息公开年度报告汇总编制。"
    identity = look(
        [made, *SIX_HEADINGS, "青溪县人民政府办公室", "2022年3月20日"], "2021年政府信息公开工作年度报告"
    )
    assert (identity.organ, identity.scope) == ("青溪县人民政府", "area")
    own = "本报告由青溪县人民政府办公室编制。"
    assert look([own, *SIX_HEADINGS], "2021年政府信息公开工作年度报告").organ == "青溪县人民政府办公室"


def test_the_office_within_a_department_signs_for_it() -> None:
    lines = [*SIX_HEADINGS, "青溪县商务局办公室", "2022年1月20日"]
    assert look(lines, "2021年政府信息公开工作年度报告").organ == "青溪县商务局"
    lines = [*SIX_HEADINGS, "中共青溪县委机构编制委员会办公室", "2022年1月20日"]
    assert look(lines, "2021年政府信息公开工作年度报告").organ == "中共青溪县委机构编制委员会办公室"


@pytest.mark.parametrize(
    ("title", "sentence", "organ"),
    [
        (
            "青溪区2021年政府信息公开工作年度报告",
            "本报告由云岭市青溪区人民政府办公室编制。",
            "云岭市青溪区人民政府",
        ),
        (
            "柳河镇2021年政府信息公开工作年度报告",
            "本报告由青溪县柳河镇人民政府编制。",
            "青溪县柳河镇人民政府",
        ),
        ("商务局2021年政府信息公开工作年度报告", "本报告由青溪县商务局编制。", "青溪县商务局"),
        ("柳河镇2021年政府信息公开工作年度报告", "本报告由青溪县人民政府办公室汇总。", "柳河镇"),
        (
            "2021年政府信息公开工作年度报告",
            "按照条例，青溪县商务局（以下简称“我局”）编制本报告。",
            "青溪县商务局",
        ),
        ("2021年政府信息公开工作年度报告", "根据县政府办公室要求编制本报告。", None),
        ("2021年政府信息公开工作年度报告", "青溪县商务局根据《条例》编制2021年年度报告。", "青溪县商务局"),
        (
            "2021年政府信息公开工作年度报告",
            "按照青溪县人民政府办公室编制2021年年度报告的要求，现报告如下。",
            None,
        ),
    ],
)
def test_the_sentence_on_who_compiled_it_gives_the_name_in_full(
    title: str, sentence: str, organ: str | None
) -> None:
    assert look([sentence, *SIX_HEADINGS], title).organ == organ


def test_a_yearly_report_on_another_subject_is_told_by_its_body() -> None:
    fund = ["截至年末，缴存职工3万人，本年归集资金5亿元，提取3亿元，发放贷款800笔。"] * 8
    identity = look(fund, "云岭市住房公积金管理中心2021年年度报告")
    assert (identity.is_report, identity.reason) == (False, Reason.SUBJECT_NOT_PRINTED)
    assert look(SIX_HEADINGS, "云岭市住房公积金管理中心2021年年度报告").is_report
    assert look(["请下载附件。"], "云岭市住房公积金管理中心2021年年度报告").is_report


def test_a_town_signs_with_its_partys_committee() -> None:
    lines = [*SIX_HEADINGS, "中共青溪县柳河镇委员会 青溪县柳河镇人民政府", "2022年1月20日"]
    assert look(lines, "2021年政府信息公开工作年度报告").organ == "青溪县柳河镇人民政府"
