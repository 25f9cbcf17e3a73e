"""One key for the ways in which an organ's name is printed, within its division. Pure.

The parts of a name are the place (cut off before, see `pipeline.tables.places`), the letter of a level before it
(市教育局), what it does, and the form of its office. Left apart is what no rule says to be the same: 人民政府 and its
office, an office and a bureau that are not in the vocabulary, whatever stands below a department (分局, 支队, 中心).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.organs.vocabulary import FORMED, Vocabulary, joined

_FULL = {"委": "委员会", "办": "办公室"}
_SAME = {"委": "委员会", "办": "办公室", "厅": "局", "办公厅": "办公室"}  # of what is one organ in a division
# A second sign of the same organ, or that it speaks for itself alone; a branch in brackets is another organ.
_SIGN = re.compile(
    r"[(\[【〔](?:本级|[局委办厅]?机关|本部|汇总|公司|(?<!政府[(\[【〔])(?!第|稽查|直属)[省市县区旗]?"
    r"(?:[^()\[\]【】〔〕县区旗街镇乡]|乡(?=村))*(?<!分)(?:局|委员会|委|厅|办公室|办))[)\]】〕]$"
)
_OFFICE = re.compile(r"(?:[省市县区旗](?=..))?(?P<function>.{2,}?)(?:办|办公室)")
_OWN_LEVEL = re.compile(r"(?:本级|(?<=[局委厅])机关)$")
_GOVERNMENT = re.compile(r"(?:人民)?政府|(?P<agency>行政公署|行署)")  # the latter of a 地区
_GOVERNMENT_OFFICE = re.compile(r"(?:(?:人民)?政府|行政公署|行署)办(?:公[室厅])?")
_OF_GOVERNMENT = re.compile(r"^(?:人民)?政府(?=.)")  # before the name of a department
_UNKNOWN_PLACE = re.compile(r".{0,10}?[省市县区州旗盟](?P<name>.+)")
_TOWN = re.compile(r"(?P<name>.{1,14}(?:镇|乡|苏木))(?:(?:人民)?政府(?P<office>办(?:公室)?)?)?")
_SUBDISTRICT = re.compile(r"(?P<name>.{1,14}?)(?:街道(?:办事处|办)?|街办)")
_ADMINISTRATION = re.compile(r"(?P<area>.*?)(?:管委会|管理委员会)")
_AREA = re.compile(r"(?:.*(?:区|园|城|基地|港|岛))?")
# An area that is no division, for its administration: the name of the city may stand before it.
_ZONE = re.compile(
    r".{0,14}(?:开发区|高新区|经开区|新区|园区|产业园|工业园|科技园|保税区|示范区|度假区|管理区|风景(?:名胜)?区)"
)
_LEVEL = re.compile(r"自治[区州县旗]|地区|[省市县区州旗盟]")
# A letter of a level that begins another word: 市场, 市政, 市监 (for 市场监管), 区划; but 市政府, 市监察局.
_NOT_LEVEL = re.compile(r"市(?:[场容区民域中校]|政(?!府)|监(?![察测狱]))|区[划块域县]|县[域区]|省道")
_ENDING = re.compile(
    r"(?:人民)?政府|残联|妇联|科协|文联|侨联|工商联|教委|[府编]办|委办(?:公室)?|.{2,}(?:部|局|委|会|厅|办|办公室|政府|中心|院|所|队|站|处|社|馆)"
)
_ABBREVIATED = re.compile(r"(?P<stem>.{2,})(?P<form>委|办)(?<!纪委|党委|团委|村委|居委|工委|法委)")
_NATIONAL = re.compile(r"^(?:国家税务总局|中国共产党|中共)(?=.)")  # a place's branch is told without it
_PARENT = re.compile(r"(?P<function>.{2,}?)(?:局|委员会|厅)(?=.)")


@dataclass(frozen=True, slots=True)
class OrganName:
    """`key` is the same for one name in all the ways that it is printed. `canonical` is the name in full, without its
    place. `function` is set where the vocabulary knows the name, `kind` where it or the form of the name tells it.
    """

    key: str
    canonical: str
    kind: str | None = None
    function: str | None = None


def name_organ(name: str, division: str, level: str | None, vocabulary: Vocabulary) -> OrganName:
    """The name of an organ of a division, from what stands behind the division's name, folded.

    `name` is the name of the division itself where nothing stands behind it: its government is meant, and in a zone
    (`level`) its administration.
    """
    if name == division and level is not None:
        return _administration("") if level == "zone" else _government()
    text = _bare(name, division, vocabulary)
    text = vocabulary.in_full.get(text, text)
    if text in vocabulary.whole:
        return _department(*vocabulary.whole[text], vocabulary)
    government = _GOVERNMENT.fullmatch(text)
    if government:
        return _government("行政公署" if government["agency"] else "人民政府")
    if _GOVERNMENT_OFFICE.fullmatch(text):
        return OrganName("人民政府办公室", "人民政府办公室", "government_office")
    for department in (text, _OF_GOVERNMENT.sub("", text, count=1)):
        formed = FORMED.fullmatch(department)
        function = vocabulary.functions.get(joined(formed["function"])) if formed else None
        if formed and function:
            return _department(function, formed["form"], vocabulary)
    return _local(text, division[:-1]) or _other(text, division, vocabulary)


def level_before(name: str) -> str | None:
    """The word for a level in front of the name of an organ, as 县 in 县财政局; None where there is none."""
    found = _LEVEL.match(name)
    if found is None or not _ENDING.fullmatch(name, found.end()):
        return None
    return None if _NOT_LEVEL.match(name) else found[0]


def _bare(name: str, division: str, vocabulary: Vocabulary) -> str:
    """The name without a second sign, and without the letter of the division's level in front."""
    sign = _SIGN.search(name)
    text = name[: sign.start()] if sign and not _is_branch(sign[0], vocabulary) else name
    text = _OWN_LEVEL.sub("", text) or name
    text = _NATIONAL.sub("", text, count=1)
    level = level_before(text)
    return text.removeprefix(level) if level and division.endswith(level) else text


def _is_branch(sign: str, vocabulary: Vocabulary) -> bool:
    """Whether brackets hold an office that is no organ by itself, as 招生办 of an education bureau."""
    office = _OFFICE.fullmatch(sign[1:-1])
    return office is not None and joined(office["function"]) not in vocabulary.functions


def _government(name: str = "人民政府") -> OrganName:
    return OrganName("人民政府", name, "government")


def _administration(area: str) -> OrganName:
    name = f"{area}管理委员会"
    return OrganName(name, name, "zone" if _AREA.fullmatch(area) else None)


def _department(function: str, form: str, vocabulary: Vocabulary) -> OrganName:
    return OrganName(
        f"{function}/{_SAME.get(form, form)}",
        function + _FULL.get(form, form),
        vocabulary.kind_of[function],
        function,
    )


def _local(text: str, city: str) -> OrganName | None:
    """A town, a subdistrict or the administration of an area; `city` may stand before the name of that."""
    if town := _TOWN.fullmatch(text):
        if town["office"]:
            name = f"{town['name']}人民政府办公室"
            return OrganName(name, name, "government_office")
        return OrganName(town["name"], f"{town['name']}人民政府", "town")
    if subdistrict := _SUBDISTRICT.fullmatch(_OF_GOVERNMENT.sub("", text, count=1)):
        name = f"{subdistrict['name']}街道办事处"
        return OrganName(name, name, "subdistrict")
    administration = _ADMINISTRATION.fullmatch(text)
    area = administration["area"] if administration else text
    if _ZONE.fullmatch(area):
        return _administration(area.removeprefix(city) or area)
    return _administration(area) if administration else None


def _other(text: str, division: str, vocabulary: Vocabulary) -> OrganName:
    """A name that the vocabulary does not have. Its kind is that of the department that it stands below; or, behind
    a place that is not known, that of the rest.
    """
    short = _ABBREVIATED.fullmatch(text)
    full = short["stem"] + _FULL[short["form"]] if short else text
    kind = next(_parents(joined(text), vocabulary), None)
    behind = None if division else _UNKNOWN_PLACE.fullmatch(text)
    if behind:
        kind = name_organ(behind["name"], "", None, vocabulary).kind
    return OrganName(joined(full), full, kind)


def _parents(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    for match in _PARENT.finditer(text):
        function = vocabulary.functions.get(match["function"])
        if match.start() == 0 and function:
            yield vocabulary.kind_of[function]
