"""Names of bodies lead to region and function."""

from __future__ import annotations

import pytest

from kg.authorities import AgencyAuthority, agency_authority


@pytest.fixture(scope="module")
def agencies() -> AgencyAuthority:
    return agency_authority()


@pytest.mark.parametrize(
    ("name", "key", "official"),
    [
        ("江苏省发改委", "320000-drc", "江苏省发展和改革委员会"),
        ("江苏省发展和改革委员会", "320000-drc", "江苏省发展和改革委员会"),
        ("上海市青浦区税务局", "310118-tax", "上海市青浦区税务局"),
        ("青浦税务局", "310118-tax", "上海市青浦区税务局"),
        ("嘉善县税务局", "330421-tax", "嘉善县税务局"),
        ("国家税务总局上海市税务局", "310000-tax", "国家税务总局上海市税务局"),
        ("国家税务总局", "cn-tax", "国家税务总局"),
        ("税务总局", "cn-tax", "国家税务总局"),
        ("国家发展改革委", "cn-drc", "国家发展和改革委员会"),
        ("国务院", "cn-government", "中华人民共和国国务院"),
        ("国务院办公厅", "cn-general-office", "国务院办公厅"),
        ("上海海关", "310000-customs", "上海海关"),
        ("中华人民共和国上海海关", "310000-customs", "上海海关"),
        ("浙江省高级人民法院", "330000-high-court", "浙江省高级人民法院"),
        ("福建省人社部门", "350000-human-resources", "福建省人力资源和社会保障厅"),
        ("上海市住建部门", "310000-housing", "上海市住房和城乡建设管理委员会"),
        ("江苏省政府办公厅", "320000-general-office", "江苏省人民政府办公厅"),
        ("徐州市鼓楼区政府", "320302-government", "徐州市鼓楼区人民政府"),
        ("广东省委编办", "440000-staffing", "中共广东省委机构编制委员会办公室"),
        ("中共上海市委组织部", "310000-organisation", "中共上海市委组织部"),
        ("中国人民银行上海总部", "310000-central-bank", "中国人民银行上海总部"),
        ("临港新片区管委会", "lingang-new-area-zone-committee", "临港新片区管理委员会"),
        ("临港新片区执委会", "lingang-new-area-zone-executive", "临港新片区执行委员会"),
        ("示范区执委会", "cn-yrd-demo-zone-committee", "长三角生态绿色一体化发展示范区执行委员会"),
        ("深圳证监局", "440300-securities-regulation", "中国证券监督管理委员会深圳监管局"),
        ("上海市委办公厅", "310000-party-office", "中共上海市委办公厅"),
        ("杭州市政府办公厅", "330100-general-office", "杭州市人民政府办公厅"),
        ("香港特区政府", "810000-government", "香港特别行政区政府"),
        ("内蒙古自治区党委", "150000-party-committee", "中共内蒙古自治区委员会"),
        ("证监会", "cn-securities-regulation", "中国证券监督管理委员会"),
    ],
)
def test_names_of_bodies(agencies: AgencyAuthority, name: str, key: str, official: str) -> None:
    found = agencies.find(name)
    assert found is not None
    assert (found.key, found.name) == (key, official)


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("江苏省发改委", "Development and Reform Commission of Jiangsu"),
        ("江苏省科技厅", "Science and Technology Department of Jiangsu"),
        ("上海市青浦区税务局", "Tax Bureau of Qingpu District, Shanghai"),
        ("上海海关", "Shanghai Customs"),
        ("江苏省政府", "People's Government of Jiangsu"),
        ("澳门特区政府", "Government of the Macao Special Administrative Region"),
        ("财政部", "Ministry of Finance"),
    ],
)
def test_english_names(agencies: AgencyAuthority, name: str, english: str) -> None:
    found = agencies.find(name)
    assert found is not None
    assert found.name_en == english


@pytest.mark.parametrize(
    ("name", "key", "note"),
    [
        ("江苏省环保厅", "320000-ecology", "环保厅 → 生态环境 (2018)"),
        ("浙江省国土资源厅", "330000-natural-resources", "国土资源厅 → 自然资源 (2018)"),
        ("重庆市大数据发展局", "500000-data", "大数据发展局 → 数据 (2024)"),
        ("上海市地税局", "310000-tax", "地税局 → 税务 (2018)"),
        ("国家环保总局", "cn-ecology", "国家环境保护总局 → 生态环境部 (2008)"),
        ("银保监会", "cn-financial-regulation", "中国银行保险监督管理委员会 → 国家金融监督管理总局 (2023)"),
    ],
)
def test_former_bodies_are_noted(agencies: AgencyAuthority, name: str, key: str, note: str) -> None:
    found = agencies.find(name)
    assert found is not None
    assert (found.key, found.predecessor) == (key, note)


def test_types_and_concepts(agencies: AgencyAuthority) -> None:
    party, bank, office = (agencies.find(n) for n in ("江苏省委", "中国银行", "长三角区域合作办公室"))
    assert party is not None
    assert bank is not None
    assert office is not None
    assert (party.type, party.concept) == ("party_body", "party-committee")
    assert (bank.type, bank.key, bank.concept) == ("bank", "cn-boc", None)
    assert (office.key, office.concept) == ("cn-yangtze-delta-cooperation-office", "drc")


@pytest.mark.parametrize(
    "name",
    [
        "鼓楼区税务局",
        "朝阳区政府",
        "省科技厅",
        "相关部门",
        "上海文化",
        "上海市",
        "中国银行上海分行",
        "上海江苏财政局",
        "",
    ],
)
def test_what_is_ambiguous_or_no_body_stays_unknown(agencies: AgencyAuthority, name: str) -> None:
    assert agencies.find(name) is None


@pytest.mark.parametrize(
    ("name", "context", "key"),
    [
        ("省科技厅", ["320500", "330000"], "320000-sci-tech"),
        ("市财政局", ["320509"], "320500-finance"),
        ("市财政局", ["310118"], "310000-finance"),
        ("该市大数据发展局", ["500000"], "500000-data"),
        ("区税务局", ["310118"], "310118-tax"),
        ("鼓楼区税务局", ["320300"], "320302-tax"),
    ],
)
def test_context_stands_in_for_the_region(
    agencies: AgencyAuthority, name: str, context: list[str], key: str
) -> None:
    found = agencies.find(name, context)
    assert found is not None
    assert found.key == key


def test_every_form_of_every_function_is_read_back(agencies: AgencyAuthority) -> None:
    """江苏省 + form is always read, as a function that has the form."""
    for form in agencies.forms():
        found = agencies.find("江苏省" + form)
        assert found is not None, form
        assert found.region == "320000", form
    assert len(agencies.functions()) > 60


def test_national_names_are_read_back(agencies: AgencyAuthority) -> None:
    for name, key in agencies.national_names().items():
        found = agencies.find(name)
        assert found is not None, name
        assert found.key == key, name
        assert found.region == "cn", name
        assert found.name_en, name
