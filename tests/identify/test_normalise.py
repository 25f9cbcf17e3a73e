from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.identify.normalise import fold, folded_key
from pipeline.identify.year import title_year

LIKE_TITLES = st.text(alphabet="請(qǐng)（）公開zhèng 　\u200b\ufeff２０Ａ⼯〈資訊", max_size=60)


@given(st.text() | LIKE_TITLES)
def test_key_and_printed_text_stay_side_by_side(text: str) -> None:
    folded = fold(text)
    assert len(folded.key) == len(folded.printed)
    assert folded.key == folded_key(text)
    assert not any(character.isspace() for character in folded.key + folded.printed)


@pytest.mark.parametrize(
    ("text", "key", "printed"),
    [
        ("廣州市 國資委", "广州市国资委", "廣州市國資委"),
        ("請(qǐng)公(gong)(gong)開", "请公开", "請公開"),
        ("（２０２０年）", "(2020年)", "（２０２０年）"),
        ("⼯作", "工作", "工作"),
        ("政府資訊公開", "政府信息公开", "政府資訊公開"),
    ],
)
def test_folding(text: str, key: str, printed: str) -> None:
    assert (fold(text).key, fold(text).printed) == (key, printed)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("青财发〔2025〕2号2024年年报", 2024),
        ("青财发〔2025〕2号年报", None),
        ("(青财发[2025]2号)2024年度年报", 2024),
        ("二〇二〇年年报", 2020),
        ("二○一八年度年报", 2018),
        ("二零二一年年报", 2021),
        ("2018-2019年年报", None),
        ("2018年至2019年年报", None),
        ("2022年1月20日", None),
        ("2022年公开2021年度年报", 2021),
        ("2022年公开2021年年报", None),
        ("20210年", None),
        ("1999年年报", None),
        ("指南（2021年版）", None),
    ],
)
def test_the_year_of_a_title(title: str, year: int | None) -> None:
    assert title_year(folded_key(title)) == year
