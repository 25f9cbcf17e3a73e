"""The wording by which a title tells what kind of paper it is. Each pattern stands for one reason.

Chinese titles put the kind of paper last, so the words behind 信息公开 decide, and words inside an organ's name (编制
委员会办公室, 审计局) do not. The patterns are matched against folded text.
"""

from __future__ import annotations

import re

from pipeline.identify.reason import Reason
from pipeline.identify.year import YEAR

_SUBJECT = (
    r"(?:(?:政府信息|政务信息|信息|政务)(?:公开)?(?:和|与|及|暨|、)(?:政府信息|政务信息|信息|政务)公开"
    r"|(?:政府|政务|行政)?信息(?:主动|依法)?公(?:开)?(?:信息)?(?:公开)?"
    r"|政府公开(?:信息)?|政务公开|政府信息)"
)
_FILL = (
    rf"(?:{YEAR}|[(\[【〔](?:{YEAR})[)\]】〕]|工作|情况|的|年度|年底|年|度|基本|总体|实施|开展|执行|本|汇总|\([^()]{{0,12}}\)"
    r"|(?:和|及|暨|、)?政务公开|和|[》《\"“”、:：\-])"
)
SUBJECT = re.compile(_SUBJECT)
"""What a title must speak of."""

PHRASE = re.compile(
    rf"(?P<subject>{_SUBJECT})(?P<fill>{_FILL}{{0,10}}?)(?P<kind>年报|报告书?|年度报(?!告|表|送))"
)
"""Subject and kind of a yearly report: 政府信息公开工作年度报告, 政府信息公开2015年度报告, 信息公开工作情况的报告."""

TOPIC = re.compile(rf"{_SUBJECT}|依?申请公开|政府透明度")
"""What makes a title one about disclosure, of whatever kind."""

CUT = re.compile(rf"{_SUBJECT}(?:工作)?(?:年|年度|年度报|年度工作|年度工作报|报)?(?:…+|\.{{2,}}|·{{3,}})$")
"""A title that a list has cut (政府信息公开工作年…)."""

ANNUAL = re.compile(r"年度?(?:工作)?报告|年报")
"""A yearly report of some kind."""

WEAK_SUBJECTS = re.compile(r"政务公开|政府公开(?:信息)?|政府信息|信息公(?!开)|政府信息公(?!开)")
"""Subjects that make a report only together with 年报 or 年度…报告; their 工作报告 are summaries of other work."""

# Parts of a year; the report is for a whole one.
PART_OF_YEAR = re.compile(
    r"[上下]半年|半年度?(?:报|工作|政|信)|第?[一二三四1-4]季度|前三季度|季度|月度|月份|月报|季报"
    r"|(?!1月?[-—~至到]12月|(?<=2008年)5月?[-—~至到]12月)(?<![\d月])\d{1,2}月?[-—~至到]\d{1,2}月(?!\d)"
)
MONTH = re.compile(r"(?<!\d)(?:\d{1,2}|十?[一二三四五六七八九十])月(?!\d|镇|乡|村)")
"""A single month: of a yearly report it is the date of posting, of another paper the time it covers."""

# Pictures and explanations of a report, wherever they are said. A 图片版 is the report itself in pictures.
INTERPRETATION = re.compile(
    r"解读|图解|一图|[一1]张图|图说|图读|读懂|看懂|看明白|漫画|动漫|动画|视频|短片|微课|速览|数说|数读|带你看|长图|图表(?=[:：】\])|])|可视化(?=[:：】\])|版]|$)|h5"
)

PICTURES = re.compile(
    r"(?:政策|年报|报告)?(?:解读|图解|图说|图读|数说|数读|速览|漫画|动漫|动画|视频|短片|长图|h5|[1一]张?图(?:读懂|看懂|了解|解读)?)"
)
"""A part in front of a title that says by itself what the paper is: 一图读懂｜…, 图解_…."""

# Reports that stand in the same columns and are asked for by other rules.
OTHER_REPORTS = (
    # 国办公开办函〔2021〕30号, even if it is cut
    (Reason.FORMAT, re.compile(r"《中华人民共和国政府信息公开工作年度")),
    (
        Reason.WEBSITE_REPORT,
        re.compile(r"(?:政府)?网站.{0,8}(?:年度|年报|报表)|网站(?:监管|工作).{0,6}报告|政务新媒体.{0,8}年"),
    ),
    (
        Reason.LAW_REPORT,
        re.compile(r"法治政府|法治建设|依法行政(?!局)|依法治[市县区省]|行政执法.{0,6}(?:年度)?(?:报告|统计)"),
    ),
    (
        Reason.BUDGET,
        re.compile(
            r"(?:财政)?(?:预算|预?决算|三公|财政|财务|资金|债务|收支)(?:经费)?(?:执行)?(?:信息|情况)?(?:公开|报告|说明)|部门[预决]算"
        ),
    ),
    (
        Reason.PARTY,
        re.compile(
            r"(?:党务|村务|居务|警务|检务|审务|狱务|司法|审判|组务)(?:、?(?:村务|政务|财务))?(?:信息)?公开"
        ),
    ),
    (Reason.UNIVERSITY, re.compile(r"学年|高等学校|高校|(?:大学|(?<!科)学院)(?:校务)?信息公开|校务公开")),
    (
        Reason.INSTITUTION,
        re.compile(
            r"(?:环境|环保|企业|公司|院务|医疗|厂务|办事|校务|事业单位|公用事业|信用|项目|招标|医院|学校|双公示)(?:单位|领域|类)?"
            r"(?:、[^、]{1,6})?(?:信息)?公(?:开|示)|企业.{0,4}年(?:报|度报告)|事业单位(?:法人)?年度报告"
        ),
    ),
)

# An organ whose own name puts it under the rules for universities, or for other public institutions.
_UNIVERSITY_NAME = re.compile(
    r"(?:大学|(?<!科)(?<!行政)(?<!社会主义)学院|高等专科学校|高专)(?:[\u4e00-\u9fff]{0,4}办公室)?$"
)
_INSTITUTION_NAME = re.compile(
    r"(?:[医病]院|(?:卫生|保健|疗养)院|卫生服务中心|学校|中学|小学|幼儿园|[一二三四五六七八九十]中|技校|公司|集团|银行|农商行|信用社|信用联社|信用合作联社|电厂|水厂|供电局|电视台|报社|慈善(?:总|联合)?会|慈善协会|基金会)$"
)

# What the words behind the subject, or behind 年度报告, make of a paper; the first that is found holds.
KINDS = (
    (
        Reason.FORMAT,
        re.compile(
            r"格式|(?:填报|填写|编制|编写|编报)(?:说明|要求|指南|指引|规范|须知|口径)|(?:填报|报送)系统|手册|怎[么样]|如何"
        ),
    ),
    (
        Reason.MODEL_TEXT,
        re.compile(
            r"范文|模[板版]|范本|样本|样式|样例|示例|例文|提纲|参考(?:文本)?|参阅|推荐|文库|合集|[0-9一二三四五六七八九十]+篇"
        ),
    ),
    (
        Reason.ASSESSMENT,
        re.compile(
            r"评估|测评|评测|考核|考评|自查|自评|督查|督导|检查|抽查|整改|评议|排名|排行|指数|透明度|监测|调研|调查|通报"
        ),
    ),
    (Reason.REPLY, re.compile(r"解释|答复|复函|批复|回复|答记者问|问答|的?说明$")),
    (Reason.REGULATION, re.compile(r"条例|办法|制度|规定|细则|规范$|规程|机制|规则|标准")),
    (Reason.WORK_PLAN, re.compile(r"要点|方案|计划|工作安排|任务|分工|(?:实施|工作|指导)意见|思路")),
    (
        Reason.REQUEST_GUIDE,
        re.compile(r"指南|目录|申请|流程|须知|收费|受理|职能|机构|申请表|收取|举报|投诉|渠道"),
    ),
    (
        Reason.NOTICE,
        re.compile(r"通知|征集|征求|通告|启事|提醒|提示|的函$|函$|公告|预告|催报|更正|勘误|撤[回销]"),
    ),
    (Reason.STATISTICS, re.compile(r"统计|数据|台账|报表|一览表|汇总表|情况表|附表|登记表|备案表")),
    (
        Reason.NEWS,
        re.compile(
            r"培训|会议|会$|部署|召开|发布|公布|出炉|亮相|上线|启动|推进|集中公开|已公开|完成|工作动态|动态|情况$(?<=发布情况)|工作纪实"
            r"|编制工作$|编报工作$|[!?！？]$|应于|何时|时间表"
        ),
    ),
    (Reason.COLUMN_PAGE, re.compile(r"专栏|下载|专题|栏目|列表|汇总$|链接|平台|导航|查询|下载专区|[/／]")),
    (Reason.SUMMARY, re.compile(r"总结|工作情况|汇报|小结|综述|回顾|述职|情况(?:的)?报告|工作报告|公开情况")),
)

# Words in front that make the whole title a piece of news or a task. They stand at the beginning, or right before
# the year and the subject, so that they are not taken out of an organ's name.
NEWS_BEFORE = re.compile(
    rf"(?:发布|公布|晒出|推出|召开|举办|举行|开展|组织|学习|参加|完成|启动|部署|印发)(?:了|首份|首个|《|的|\d+份)*(?:{YEAR})?《?$"
    rf"|(?:及时|按时|如期|按期|主动|集中)公开(?:了|《)*(?:{YEAR})?《?$"
    r"|(?:召开|举办|举行)"
)
TASK_BEFORE = re.compile(
    rf"(?:做好|编制|编写|编报|填报|报送|上报|填写|撰写|抓好|组织|开展|规范|加强|推进|审核|收集|征集|催交)(?:好|我|本|全|各|市|县|区|省|的|了|《)*"
    rf"(?:{YEAR})?(?:度)?《?$|(?:关于|请)(?:进一步)?(?:认真)?(?:做好|编制|抓好|规范|加强)"
)
ISSUING = re.compile(r"(?:印发|发布|公布|公开|公示|下发|转发|报送|上报|呈报|刊登)(?!中心)")
"""Words by which a covering paper hands on a report."""

DEMANDING = re.compile(r"报送|上报|呈报")
"""With 通知, the words of one who wants reports; with 函 or 报告, of one who sends his own."""

COVER = re.compile(r"[》】”\"]?(?:全文|文本)?的(?:通知|公告|通告|函|报告)(?:\(.*\))?$")
"""What a covering paper ends in, directly behind the report's name."""

TASK = re.compile(r"(?:关于|请)[^，,]{0,8}?(?:做好|编制|编写|编报|抓好|规范|加强|开展)(?!委员会|办)")
"""A task set about reports, which no wording behind it turns into a covering paper."""

ABOUT_REPORTS = re.compile(
    r"(?:关于|对)?(?:更正|撤[销回]|补充|重新公开|修改|删除)|怎[么样]|如何|什么是|何时|浅[谈析议论]|试[论析]|漫谈|刍议"
)
"""Beginnings of titles that speak about reports: corrections and questions."""

PLACEHOLDER = re.compile(
    r"[x×*]{2,}(?:省|市|县|区|局|镇|乡|街道|年|单位)|某某?(?:省|市|县|区|局|镇|乡|单位)|_{2,}|\((?:单位|部门)名称\)"
)
"""A place left open for the name of an organ or for a year: a model."""

REMARK = (
    (Reason.FORMAT, re.compile(r"[(\[【〔][^()\[\]【】]*(?:格式|填报说明)")),
    (Reason.MODEL_TEXT, re.compile(r"[(\[【〔][^()\[\]【】]*(?:模[板版]|范[文本]|样[本稿式例]|参考|\d+篇)")),
    (
        Reason.OTHER_DISCLOSURE,
        re.compile(r"[(\[【〔][^()\[\]【】]*(?:草稿|草案|初稿|征求意见|送审|讨论|审议)"),
    ),
)
"""Remarks in brackets behind the name of a report by which it is none."""

HARMLESS_TAIL = re.compile(
    rf"(?:[》】)\]\"”'。.,，;；:：!_|\-—–·、*#>~]+|全文|正文|文本|文字版?|图片版?|公开版|的公示|电子版|定稿|终稿|修订版?|更新|公示|公告|附件|"
    rf"原文|[及和]其?(?:附表|统计表|图解|解读)$|本级|\.?(?:docx?|pdf|wps|html?|xlsx?|jpg|png|ofd|txt|zip|rar)|[(\[【〔][^()\[\]【】]*[)\]】〕]|"
    rf"{YEAR}|new|\d{{1,2}})+"
)
"""What may stand behind the name of a report without making another paper of it."""


def other_regime(name: str) -> Reason | None:
    """The reason why an organ of this folded name reports under other rules than those of government."""
    bare = re.sub(r"\([^()]*\)", "", name)
    if _UNIVERSITY_NAME.search(bare):
        return Reason.UNIVERSITY
    return Reason.INSTITUTION if _INSTITUTION_NAME.search(bare) else None
