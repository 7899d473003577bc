"""How the names of organisations go on, as patterns over a folded text; ``loaders.organisations`` is the only user."""

from __future__ import annotations

import re

SCOPE = re.compile(
    r"(?<![两三四五六七八九各省])(?:该|我|本)?(?P<word>省|市|区|县|自治区)(?![级内外长直域民])"
)
"""A word that stands for a region (省|财政厅)."""
COUNT = re.compile(r"[两二三四五六七八九](?:地|省市|省区市|省区|省|市|区)")
"""The number of the regions before a body (两省|税务局)."""
BRANCH = re.compile(r"(?:省|市)?(?:分行|支行|分公司|分署|专员办|监管局)")
"""What follows the region in the name of a branch."""
DEPARTMENTS = re.compile(
    r"(?P<bodies>[\u4e00-\u9fa5]{2,8}?(?:、[\u4e00-\u9fa5]{2,8}?)*?(?:[、和与及][\u4e00-\u9fa5]{2,8}?)?)"
    r"等?(?:多个|几个|若干|\d+个|[两二三四五六七八九十]个)?部门"
)
"""教育、人社等部门: bodies that share their last word."""
CENTRAL = re.compile(
    r"(?:国务院|全国|中央|国家)[\u4e00-\u9fa5]{2,14}?(?:(?:领导小组|指挥部|委员会|联席会议)(?:办公室)?|工作部|办公厅)"
)
"""Bodies of the centre that no table lists (全国…领导小组办公室)."""
ORDINAL = re.compile(r"第[一二三四五六七八九十]+(?:中级|高级|人民|附属|医院|中学|小学)")
"""A number inside a name (第三|中级法院)."""
NEXT_BODY = re.compile(r"(?:省|市|区|县|自治区)(?:委|(?:人民)?政府)")
"""Where the next body begins in a row without marks (党委|自治区人民政府)."""
COMMITTEE = re.compile(
    r"委(?!员|托|派|书记|常委|副|领导|主要|办|组织|宣传|统战|政法|[\u4e00-\u9fa5]{0,4}[部办委]|[零一二三四五六七八九十]+届)"
)
"""委 behind a region, for its party committee; what follows must not make another word of it."""
ITEM = re.compile(r"[\u4e00-\u9fa5A-Za-z0-9]{2,8}")
"""An item of a list of names."""
TOGETHER = re.compile(r"联合|共同|会同|合作|签署|签约")
"""What says that those of a list act together."""
BRACKET = re.compile(r"（[\u4e00-\u9fa5]{2,6}）[\u4e00-\u9fa5]{0,4}$")
"""A place in brackets inside the legal name of a company."""
