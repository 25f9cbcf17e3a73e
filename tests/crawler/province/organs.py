"""Who publishes reports in an invented city, and what each of them has published."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

DEPARTMENTS = [
    "发展和改革委员会",
    "教育局",
    "科学技术局",
    "工业和信息化局",
    "民族宗教事务局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源和规划局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "商务局",
    "文化广电和旅游局",
    "卫生健康委员会",
    "退役军人事务局",
    "应急管理局",
    "审计局",
    "国有资产监督管理委员会",
    "市场监督管理局",
    "体育局",
    "统计局",
    "医疗保障局",
    "林业局",
    "城市管理局",
    "信访局",
    "乡村振兴局",
    "行政审批服务局",
    "人民防空办公室",
    "粮食和物资储备局",
    "机关事务管理局",
    "金融工作局",
    "大数据发展管理局",
    "地震局",
    "气象局",
    "税务局",
]
COUNTIES = [
    "东浦区",
    "南屏区",
    "西堰县",
    "北汀县",
    "中洲区",
    "云亭县",
    "石泓县",
    "竹湾区",
    "平沚县",
    "高桐县",
]
TOWNS = [
    "河口镇",
    "杨柳镇",
    "双桥街道",
    "古塘镇",
    "新桥街道",
    "白沙乡",
    "青石镇",
    "湖滨街道",
    "红枫乡",
    "大屋镇",
]


@dataclass(frozen=True, slots=True)
class Filing:
    """One report as it was published. `short` is the organ without its city."""

    organ: str
    short: str
    year: int
    title: str
    day: date
    number: int

    @property
    def hex(self) -> str:
        return hashlib.md5(f"{self.number}{self.title}".encode(), usedforsecurity=False).hexdigest()

    @property
    def uuid(self) -> str:
        return str(uuid.UUID(self.hex))

    def clock(self) -> str:
        return f"{self.day:%Y%m%d}{self.number % 24:02}{self.number % 60:02}{self.number * 7 % 60:02}"


def organs(city: str, departments: int, counties: int = 0, towns: int = 0) -> list[tuple[str, str]]:
    """(full name, name without the city), the city's government first."""
    return [
        (f"{city}人民政府", "市政府"),
        *((f"{city}{name}", name) for name in COUNTIES[:counties]),
        *((f"{city}{name}", f"市{name}") for name in DEPARTMENTS[:departments]),
        *((f"{city}{COUNTIES[0]}{name}", name) for name in TOWNS[:towns]),
    ]


def filings(
    who: Sequence[tuple[str, str]], years: range, *, first: int, seed: int, absent: float = 0.04
) -> list[Filing]:
    """The reports of these organs, newest first; some organs have left out a year. `first` is the first number."""
    chance = Random(seed)  # noqa: S311 - the same city every time
    all_of_them = []
    number = first
    for year in years:
        for full, short in who:
            if chance.random() < absent:
                continue
            number += chance.randint(1, 40)
            day = date(year + 1, 1, 4) + timedelta(days=chance.randint(0, 80))
            title = _title(full, year, chance.randint(0, 11))
            all_of_them.append(Filing(full, short, year, title, day, number))
    return sorted(all_of_them, key=lambda one: (one.day, one.number), reverse=True)


def _title(organ: str, year: int, style: int) -> str:
    if organ.endswith("市人民政府") and style % 2:
        organ = organ.removesuffix("人民政府")
    match style:
        case 0:
            return f"{organ}{year}年政府信息公开年度报告"
        case 1:
            return f"{organ}政府信息公开工作年度报告（{year}年度）"
        case 2:
            return f"{year}年{organ}政府信息公开工作年度报告"
        case 3:
            return f"{organ}{year}年度政府信息公开工作报告"
        case 4:
            return f"{organ}{year}年政府信息公开年报"
        case 5:
            return f"{organ}{year}年度政府信息公开工作年度报告"
    return f"{organ}{year}年政府信息公开工作年度报告"


def lookalikes(city: str, year: int) -> list[str]:
    """Titles that stand in the same columns and are no reports."""
    return [
        f"{city}人民政府网站工作年度报表（{year}年度）",
        f"{city}教育局政府网站工作年度报表({year}年)",
        f"一图读懂｜{city}{year}年政府信息公开工作年度报告",
        f"《{city}{year}年政府信息公开工作年度报告》解读",
        f"关于做好{year}年度政府信息公开工作年度报告编制和发布工作的通知",
        f"{city}{year}年法治政府建设年度报告",
        f"{city}财政局{year}年度部门决算公开",
        f"{city}政府信息公开工作年度报告（{year}年）图解",
        "国务院办公厅政府信息与政务公开办公室关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知",
        f"{city}召开{year}年政府信息公开年度报告编制工作培训会",
    ]
