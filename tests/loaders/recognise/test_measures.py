"""Measures: which clauses are policy actions, of which instrument, where, by whom, set out in what."""

from __future__ import annotations

import pytest
from hypothesis import given

from kg.model import INSTRUMENTS, MeasureFact
from loaders.lexicon import read_table
from loaders.recognise import instruments
from loaders.recognise.measures import LABEL_LENGTH, label_of, recognise
from loaders.recognise.predicates import find_predicate
from tests.loaders.recognise.readings import add_document, reading_of
from tests.strategies import chinese_texts


def measures_of(text: str, title: str = "标题") -> list[MeasureFact]:
    return recognise(reading_of(text, title=title))


def quotes_of(text: str) -> list[str]:
    return [fact.evidence for fact in measures_of(text)]


@pytest.mark.parametrize(
    "clause",
    [
        "建立河道巡护制度",
        "取消码头停靠审批事项",
        "对种粮大户发放农机补贴",
        "鼓励银行发放茶农信用贷款",
        "全面推行窗口线上办理",
        "禁止在湖区销售含磷洗涤剂",
    ],
)
def test_actions_are_measures(clause: str) -> None:
    assert quotes_of(f"《办法》提出，{clause}。") == [clause]


@pytest.mark.parametrize(
    "text",
    [
        "港口吞吐量同比增长三成。",
        "这标志着湖区治理进入新阶段。",
        "套种是指在一行果树之间再种一行豆子的做法。",
        "市财政局日前印发《农机补贴办法》。",
        "游客普遍感到十分方便。",
    ],
)
def test_statistics_definitions_and_news_are_none(text: str) -> None:
    assert measures_of(text) == []


def test_the_title_is_no_measure() -> None:
    assert measures_of("天气晴好。", title="江城建立河道巡护制度") == []


def test_parallel_clauses_are_measures_of_their_own() -> None:
    text = "《方案》要求，完善渡口管理制度，开展船员培训，加强航道监管。"
    assert quotes_of(text) == ["完善渡口管理制度", "开展船员培训", "加强航道监管"]


def type_of(clause: str) -> str:
    (instrument,) = instruments.classify([clause], [find_predicate(clause).verb])
    return instrument


@pytest.mark.parametrize(
    ("clause", "instrument"),
    [
        ("禁止销售含磷洗涤剂", "ban_restriction"),
        ("制定茶叶采摘地方标准", "standard"),
        ("取消渡口停靠审批手续", "permit_reform"),
        ("开展湖区联合执法检查", "supervision"),
        ("对退耕农户给予补助", "fiscal_subsidy"),
        ("减按10%税率征收企业所得税", "tax_incentive"),
        ("引导银行发放信用贷款", "finance_credit"),
        ("新建两座冷链物流基地", "infrastructure_platform"),
        ("推进社保事项一网通办", "public_service"),
        ("加强乡村教师队伍建设", "talent_education"),
        ("优化口岸通关流程", "trade_facilitation"),
        ("建立联席会议工作机制", "governance_mechanism"),
        ("将失信船东列入黑名单并联合惩戒", "credit_incentive_sanction"),
        ("共同签署水源保护合作协议", "cooperation_agreement"),
        ("向社会公示收费清单", "information_disclosure"),
        ("开展耐寒稻种技术攻关", "research_innovation"),
        ("壮大花卉产业集群", "industry_cultivation"),
        ("举办促消费购物节活动", "market_development"),
    ],
)
def test_instrument(clause: str, instrument: str) -> None:
    assert type_of(clause) == instrument


def test_what_is_done_outweighs_what_it_is_done_to() -> None:
    assert type_of("学校、商场、超市和餐饮场所禁止使用泡沫餐盒") == "ban_restriction"


def test_a_clause_without_cues_takes_the_default() -> None:
    assert type_of("嗯嗯啊啊") == instruments.DEFAULT


def test_cues_name_instruments_of_the_model() -> None:
    assert {row["type"] for row in read_table("measure_cues")} == set(INSTRUMENTS)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("市水务局将推行河道巡护制度。", "promised"),
        ("《办法》提出，推行河道巡护制度。", "decided"),
        ("《办法》提出，鼓励村民组建巡护队伍。", "asked_for"),
        ("该市已推行河道巡护制度，与沿线各镇签署协议。", "done"),
        ("各镇要建立河道巡护制度。", "asked_for"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert {fact.status for fact in measures_of(text)} == {status}


def test_links() -> None:
    text = (
        "江苏省水利厅印发《河道巡护办法》。《办法》提出，推行河道巡护制度。\n江苏省水利厅将组建专业巡护队伍。"
    )
    reading = reading_of(
        text,
        regions=[("江苏省", "江苏省", "320000", "province")],
        actors=[("江苏省水利厅", "江苏省水利厅", "320000")],
    )
    document = add_document(reading, "河道巡护办法", ["江苏省水利厅"])
    first, second = recognise(reading)
    assert (first.document, first.region_codes) == (document.id, [])
    assert second.document is None
    assert second.taken_by == [reading.facts.actors[0].id]


def test_the_place_named_last_says_where() -> None:
    reading = reading_of(
        "在上海青浦新建一座实训基地。",
        regions=[("上海", "上海市", "310000", "province"), ("青浦", "青浦区", "310118", "county")],
    )
    assert [fact.region_codes for fact in recognise(reading)] == [["310118"]]


def test_spaces_of_the_page_stay_in_the_quote_and_leave_the_label() -> None:
    (fact,) = measures_of("《办法》提出，新建 12 座 充电站。")
    assert (fact.evidence, fact.label) == ("新建 12 座 充电站", "新建12座充电站")


def test_a_long_label_loses_the_middle_of_its_list() -> None:
    quote = "对茶叶种植、竹木加工、食用菌栽培、蜂蜜采集、中药材培育、水产养殖和乡村旅游等特色行业的返乡青年提供创业辅导"
    label = label_of(quote)
    assert len(label) <= LABEL_LENGTH
    assert label.endswith("创业辅导")


def test_a_label_never_starts_inside_a_name() -> None:
    zone = "江湖生态绿色发展示范区"
    text = f"甲市水务局、乙市水务局、丙县水务局、丁县水务局在{zone}共同签署渡口船员信用信息共享清单。"
    reading = reading_of(
        text,
        regions=[(zone, zone, None, "zone")],
        actors=[(f"{name}水务局", f"{name}水务局", None) for name in ("甲市", "乙市", "丙县", "丁县")],
    )
    [fact] = recognise(reading)
    assert fact.evidence == text[:-1]
    assert fact.label == "甲市水务局等签署渡口船员信用信息共享清单"


@pytest.mark.parametrize(
    "clause",
    [
        "压减渡口审批时限一半以上",
        "下放船员证书核发权限",
        "对渔民免征水资源费",
        "组建三支巡护队伍",
        "严禁向湖区倾倒建筑垃圾",
        "不得收取靠泊押金",
        "对种稻大户每亩补助50元",
        "开放航道水文数据",
        "在三个渡口试点电子船票",
    ],
)
def test_instruments_of_other_fields(clause: str) -> None:
    assert quotes_of(f"《办法》提出，{clause}。") == [clause]


@pytest.mark.parametrize(
    "text",
    [
        "预计每年服务渔民3000人次。",
        "方便沿湖群众出行。",
        "去年全县新增渡船12艘。",
        "航运协会年度会议在湖州举行。",
        "县领导张某陪同参观。",
        "市人大常委会表决通过《河道巡护条例》。",
        "随着新船闸投入使用，货运更加便捷。",
        "为深入贯彻渔业法，加强渡口管理，提出如下意见。",
    ],
)
def test_news_forecasts_and_preambles_are_none(text: str) -> None:
    assert measures_of(text) == []


def test_an_official_text_speaks_for_itself() -> None:
    text = "各县人民政府：\n一、加强渡口管理\n（一）完善渡口值班制度，推行船员持证上岗。"
    found = measures_of(text, title="甲市人民政府关于加强渡口安全的通知")
    assert [fact.evidence for fact in found] == ["完善渡口值班制度", "推行船员持证上岗"]
    assert {fact.status for fact in found} == {"decided"}


def test_half_width_commas_part_clauses_but_not_digits() -> None:
    text = "《办法》提出,建立河道巡护制度,新建1,200座渡口亭."
    assert [quote.rstrip(".") for quote in quotes_of(text)] == ["建立河道巡护制度", "新建1,200座渡口亭"]


def test_fixed_predicates_settle_the_instrument() -> None:
    [fact] = measures_of("《办法》提出，不得增设渡口靠泊审批程序。")
    assert fact.type == "ban_restriction"


@given(chinese_texts())
def test_every_measure_is_verbatim_within_one_sentence_and_stable(text: str) -> None:
    reading = reading_of(text)
    found = recognise(reading)
    assert found == recognise(reading_of(text))
    for fact in found:
        assert reading.content[fact.start : fact.end] == fact.evidence
        assert "\n" not in fact.evidence
        assert 1 <= len(fact.label) <= LABEL_LENGTH
        assert 0 < fact.confidence <= 1
    assert len({fact.id for fact in found}) == len(found)


@pytest.mark.parametrize(
    ("clause", "instrument"),
    [
        ("加强渔港部门联动", "governance_mechanism"),
        ("健全渔民医疗救助协调机制", "governance_mechanism"),
        ("编制船舶工业布局规划", "governance_mechanism"),
        ("严厉打击骗取渔船补贴行为", "supervision"),
        ("深化渔港放管服改革", "permit_reform"),
        ("提高污水处理费标准", "tax_incentive"),
        ("推进渔港服务标准化建设", "standard"),
        ("培育渔业龙头企业", "industry_cultivation"),
        ("组织渔产品产销推介活动", "market_development"),
    ],
)
def test_the_verb_and_the_noun_at_the_end_outweigh_the_field(clause: str, instrument: str) -> None:
    assert type_of(clause) == instrument


@pytest.mark.parametrize("name", ["measure_heads", "measure_leads"])
def test_heads_and_leads_name_instruments_of_the_model(name: str) -> None:
    assert {row["type"] for row in read_table(name)} - {"-"} == set(INSTRUMENTS)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("明年正式启用沿湖渔港管理平台。", "promised"),
        ("该市将在湖区建设公共码头。", "promised"),
        ("去年该县完成了渡口改造，今年开展岸线整治。", "promised"),
    ],
)
def test_what_is_to_come_is_not_done(text: str, status: str) -> None:
    assert measures_of(text)[-1].status == status


@pytest.mark.parametrize(
    "text",
    [
        "坚持以人民为中心的发展思想。",
        "（市渔业局牵头，各县按职责分工负责）",
        "县渔业协会会长王小明出席活动。",
        "现将有关事项通知如下。",
        "本办法自2021年3月1日起施行。",
        "加快提升渔业生产能力，渔港是基础。",
    ],
)
def test_doctrine_duties_persons_and_colophons_are_none(text: str) -> None:
    assert measures_of(text) == []


@pytest.mark.parametrize(
    "quote",
    [
        "通过新建和改造的方式，在沿湖街道设置便民码头",
        "获得省级示范称号的渔业合作社，给予20万元奖励",
    ],
)
def test_a_way_and_a_qualified_subject_go_with_their_predicate(quote: str) -> None:
    assert quotes_of(f"《办法》提出，{quote}。") == [quote]


def test_an_order_that_ends_in_a_noun_of_saying_is_a_measure() -> None:
    assert quotes_of("《办法》提出，完善渡口管理制度，细化巡护操作要求。") == [
        "完善渡口管理制度",
        "细化巡护操作要求",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "为尽快缓解渔船停靠紧张的状况。",
        "以开办渔家客栈为例。",
        "过去渔民需跑三个窗口提交材料。",
        "按照省渔业发展规划的有关要求。",
        "该局将采取哪些措施推进渔港建设。",
        "县领导王小明、李大海陪同。",
    ],
)
def test_what_only_leads_to_an_action_is_none(text: str) -> None:
    assert measures_of(text) == []


@pytest.mark.parametrize(
    ("clause", "instrument"),
    [
        ("依法追究船主刑事责任", "supervision"),
        ("转移安置受灾渔民", "public_service"),
        ("编写渔业科普读本", "talent_education"),
        ("组织渔光互补绿电交易", "market_development"),
        ("健全渔业人才培养机制", "talent_education"),
    ],
)
def test_a_whole_class_of_words_speaks_for_its_instrument(clause: str, instrument: str) -> None:
    assert type_of(clause) == instrument
