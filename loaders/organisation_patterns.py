"""How the names of organisations go on, as patterns over a folded text; ``loaders.organisations`` is the only user."""

from __future__ import annotations

import re

from loaders.alternatives import gated

SCOPE = re.compile(
    gated(
        r"(?<![两三四五六七八九各省])(?:该|我|本)?(?P<word>省|市|区|县|州|旗|自治区|自治州)"
        r"(?![级内长直域]|外(?![办事汇侨经])|民(?![政宗族委航])|场(?!馆))"
    )
)
"""A word that stands for a region (省|财政厅)."""
SEVERAL = re.compile(gated(r"[两三四五六](?:省区市|省市|省区|市州|省|市|区|县|地)(?![级内长直域])"))
"""A number of regions that were named before (两省|教育厅)."""
TERM = re.compile(r"第?[一二三四五六七八九十]{1,3}届(?=人大|人民代表大会|政协|人民政府|市?委)")
"""The term of a body (某市|第十六届|人大常委会)."""
ISSUED = re.compile(r"(?:印发|转发)?关于|印发|转发")
"""What follows the issuer in a title."""
TITLE_JOINTS = (" ", "\u3000", "、", "和", "与", "及")
"""What joins the issuers in a title."""
COUNT = re.compile(
    r"(?:等(?:[一二三四五六七八九十]{1,3}|\d{1,2})?个?|[两二三四五六七八九]|十[一二三]?|\d{1,2}个?)"
    r"(?:地区|地|省市|省区市|省区|省|城市|市|区|县)的?"
)
"""The number of the regions before a body (两省|税务局, 等9个地区的|税务部门)."""
BRANCH = re.compile(r"(?:省|市)?(?:分行|支行|分公司|分署|专员办|监管局)")
"""What follows the region in the name of a branch."""
DEPARTMENTS = re.compile(
    r"(?P<bodies>[\u4e00-\u9fa5]{2,8}?(?:、[\u4e00-\u9fa5]{2,8}?)*?(?:[、和与及][\u4e00-\u9fa5]{2,8}?)?)"
    r"等?(?:多个|几个|若干|\d+个|[两二三四五六七八九十]个)?部门"
)
"""教育、人社等部门: bodies that share their last word."""
GROUP = re.compile(r"(?:领导小组|协调小组|工作小组|联席会议|防控机制|指导组|督导组|督察组)")
"""Bodies of the centre whose names say what they do, with verbs."""
CENTRAL = re.compile(
    r"(?:国务院|全国|中央|国家)(?:[\u4e00-\u9fa5“”]{0,20}?"
    rf"(?:{GROUP.pattern}|指挥部|委员会)(?:(?:[\u4e00-\u9fa5]{{2,16}}工作)?办公室)?|[\u4e00-\u9fa5]{{2,14}}?(?:工作部|办公厅))"
)
"""Bodies of the centre that no table lists (全国…领导小组办公室)."""
DEPARTMENT = re.compile(
    r"[\u4e00-\u9fa5]{2,10}?司(?=司?长|副司长|等?[、，。；：）（和与及\n]|有关|相关|负责|承担|牵头|会同|联合)"
)
"""A department of a ministry (财政部|预算司)."""
INSTITUTE = re.compile(
    r"[\u4e00-\u9fa5]{2,10}?(?:研究所|研究院|研究中心|研究室)|(?<=科学院|中科院|社科院|农科院)[\u4e00-\u9fa5]{1,5}?所(?=[、，。与和将的（])"
)
"""A unit of a school or an institute (某研究中心|企业研究所, 中科院|力学所)."""
ORDINALS = re.compile(
    r"第(?P<first>[一二三四五六七八九十])[、和及]第?(?P<second>[一二三四五六七八九十])"
    r"(?P<head>附属医院|人民医院|医院|中级人民法院|中级法院|中学|小学|幼儿园)"
)
"""Two bodies of one kind (第一、第二中级人民法院)."""
ORDINAL = re.compile(r"第[一二三四五六七八九十]+(?:中级|高级|人民|附属|医院|中学|小学)")
"""A number inside a name (第三|中级法院)."""
NEXT_BODY = re.compile(r"(?:省|市|区|县|自治区)(?:委|(?:人民)?政府)")
"""Where the next body begins in a row without marks (党委|自治区人民政府)."""
COMMITTEE = re.compile(
    r"委(?!员|托|[\u4e00-\u9fa5]{0,6}(?:工作会议|全会|全体会议|扩大会议)|派|书记|常委|副|领导|主要|办|组织|宣传|统战|政法|[\u4e00-\u9fa5]{0,4}[部办委]|[零一二三四五六七八九十]+届)"
)
"""委 behind a region, for its party committee; what follows must not make another word of it."""
OF_COMMITTEE = re.compile(r"(?<=[省市区县州盟旗])委(?!员)")
"""An office of a party committee behind its region (某市|委农村工作领导小组办公室)."""
ITEM = re.compile(r"[\u4e00-\u9fa5A-Za-z0-9]{2,8}")
"""An item of a list of names."""
TOGETHER = re.compile(r"联合|共同|会同|合作|签署|签约")
"""What says that those of a list act together."""
BRACKET = re.compile(r"（[\u4e00-\u9fa5]{2,6}）[\u4e00-\u9fa5]{0,4}$")
"""A place in brackets inside the legal name of a company."""
AID = re.compile(
    r"(?<=[省市区县州\u4e00-\u9fa5])援[\u4e00-\u9fa5](?=(?:第[一二三四五六七八九十]+批)?[\u4e00-\u9fa5]{0,4}(?:医疗队|指挥部|前方|前指|工作队|工作组|干部))"
)
"""援 with the region that is aided, in the name of those who were sent (江西|援疆|前方指挥部)."""
OFFICE = re.compile(r"分局|支局|分院|分校|分中心|分公司|办事处|工作站|支队|大队")
"""What a body's office in a region is called behind that region (某市公安局|某区|分局)."""
AIDED = re.compile(r"支援|援助|帮扶|援建|驰援")
"""What makes the region behind it the one that is aided, not the one whose body is named."""
OF_KIND = re.compile(
    r"等(?![级地])[\u4e00-\u9fa5\d]{0,8}?"
    r"(?P<kind>企业|公司|集团|银行|金融机构|高校|院校|大学|医院|科研院所|研究院所|协会|商会)"
)
"""The kind behind a list of examples; quick to tell that there is none."""
EXAMPLES = re.compile(rf"(?P<list>[^，。；：\n（）“”《》]{{2,80}}?){OF_KIND.pattern}")
"""A list of examples with the kind that they are of."""
TITLE = re.compile(gated(r"(?<!兼)(?<!副)(?:常务|执行|高级)?副?(?:董事长|总经理|总裁|首席执行官|CEO)"))
"""Who leads a firm."""
MEMBERS = re.compile(r"(?:成员|会员|理事|秘书|主席|联合主席|副主席|盟员|单位|成立|揭牌)")
"""What an alliance that is one has."""
FOREIGN = re.compile(
    r"[\u4e00-\u9fa5]{1,8}?(?:[、与和及][\u4e00-\u9fa5]{1,8}?)?"
    r"(?:部(?![门分署落队委件级])|总署|管理局|发展局|委员会|议会|大使馆|总领事馆|税务局|政府)"
)
"""A ministry or an office behind a foreign country."""
