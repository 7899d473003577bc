"""Programmes: names of their own, cut out of their sentences; generic phrases, documents and bodies are none."""

from __future__ import annotations

import pytest
from hypothesis import given

from kg.model import ActorFact, ActorType, ProgrammeFact
from loaders.recognise.programmes import recognise
from tests.loaders.recognise.readings import add_document, reading_of
from tests.strategies import chinese_texts


def programmes_of(text: str, title: str = "标题") -> list[ProgrammeFact]:
    return recognise(reading_of(text, title=title))


def names_in(text: str, title: str = "标题") -> list[str]:
    return [programme.name for programme in programmes_of(text, title)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("近日，该市启动海绵屋顶改造试点。", "海绵屋顶改造试点", "pilot"),
        ("双方共建淮水湿地修复基地。", "淮水湿地修复基地", "facility"),
        ("该省上线全国首个农机共享平台。", "农机共享平台", "platform"),
        ("茶产业创新联盟在杭州成立。", "茶产业创新联盟", "alliance"),
        ("该市正式开通“惠农直播”网站。", "“惠农直播”网站", "platform"),
        ("全省深入实施“智改数转”战略。", "“智改数转”战略", "programme"),
        ("各县开展“千村换绿”活动。", "“千村换绿”活动", "campaign"),
        ("建立跨省水质会商机制。", "跨省水质会商机制", "mechanism"),
        ("加快建设黄泥河引水工程。", "黄泥河引水工程", "project"),
        ("全面推行“路长制”，成效明显。", "“路长制”", "mechanism"),
        ("各地推广税费服务“一网通办”。", "税费服务“一网通办”", "programme"),
        ("加快票据核验服务平台 2.0 版上线。", "票据核验服务平台 2.0 版", "platform"),
        ("市民可打开“乐游山城”小程序预约。", "“乐游山城”小程序", "platform"),
        ("公安机关开展“清茶”行动。", "“清茶”行动", "campaign"),
        ("全市开展茶叶掺假专项整治。", "茶叶掺假专项整治", "campaign"),
        ("组织实施茶农技能提升行动。", "茶农技能提升行动", "action_plan"),
        ("开工建设甲乙铁路茶山至淮水段。", "甲乙铁路茶山至淮水段", "project"),
        ("加快甲乙高速“四改六”建设。", "甲乙高速“四改六”", "project"),
        ("全力打造“茶香”旅游品牌。", "“茶香”旅游品牌", "programme"),
        ("建立茶山问题隐患库。", "茶山问题隐患库", "platform"),
        ("开展红茶“船边直装”和绿茶“到港直卸”试点。", "“船边直装”和绿茶“到港直卸”试点", "pilot"),
        ("引导企业建起“共享茶厂车间”。", "“共享茶厂车间”", "facility"),
        ("现在“共享茶园”是全省的“茶叶超市”。", "“茶叶超市”", "platform"),
        ("深化茶山对标创新行动。", "茶山对标创新行动", "action_plan"),
    ],
)
def test_a_name_is_found_with_its_kind(text: str, name: str, kind: str) -> None:
    (programme,) = programmes_of(text)
    assert (programme.name, programme.kind) == (name, kind)


@pytest.mark.parametrize(
    "text",
    [
        "搭建公共服务平台。",
        "推进重大项目建设。",
        "完善工作机制。",
        "该平台运行平稳。",
        "各类创新平台加快集聚。",
        "选取海绵改造试点城市。",
        "率先开展试点。",
        "推动产业跑出“加速度”。",
        "“十四五”期间成效明显。",
        "支持中小企业发展。",
        "该市形成“一核多圈”格局。",
        "创新茶旅发展体制机制。",
        "发展“茶旅+百业”。",
        "“共享茶园”助力茶业产业集群壮大。",
    ],
)
def test_generic_phrases_are_no_names(text: str) -> None:
    assert names_in(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("全市建成12个渔业育种中心。", []),
        ("市农技站与高校共建稻麦育种和病虫监测中心。", ["稻麦育种和病虫监测中心"]),
        ("该市开展滩涂治理与修复试点。", ["滩涂治理与修复试点"]),
        ("首届江海合作与发展论坛暨渔业博览会开幕。", ["江海合作与发展论坛暨渔业博览会"]),
        ("推进湖岸气象灾害预警信息对接平台建设。", ["湖岸气象灾害预警信息对接平台"]),
        ("省级农产品质量追溯信息采集应用平台已接入三千家企业。", ["省级农产品质量追溯信息采集应用平台"]),
        ("全线骨干工程黄泥河特大桥合龙。", ["黄泥河特大桥"]),
        ("将建设甲川至乙城、丙镇至丁山高速公路。", ["甲川至乙城高速公路", "丙镇至丁山高速公路"]),
        ("甲川经乙城至丙镇高速铁路全线开工。", ["甲川经乙城至丙镇高速铁路"]),
        ("甲川至乙城的铁路运行时间缩短。", []),
        ("形成东、中、西三大通道。", []),
        ("推出“茶农服务卡”“果农服务卡”，方便群众。", ["“茶农服务卡”", "“果农服务卡”"]),
        ("推行“一河一档”，压实责任。", ["“一河一档”"]),
        ("小区改造“以旧换智”等政策落地。", ["“以旧换智”"]),
        ("企业夜间“随报随放”全面落地。", ["夜间“随报随放”"]),
        ("“先行鉴定”的快速理赔机制成效明显。", ["“先行鉴定”的快速理赔机制"]),
        ("打造“临岸商务”样板间。", []),
        ("推动港口成为开放“新高地”。", []),
        ("“十四五”重大基础设施项目开工。", []),
        ("生态养殖示范基地20个。", []),
        ("中新绿色制造研究院揭牌成立。", ["中新绿色制造研究院"]),
        ("全省上线“茶链通查”“果链直销”等应用。", ["“茶链通查”", "“果链直销”"]),
        ("各地做法不一，例如甲市的“民声快应”、乙市的“渔港智防”。", ["“民声快应”", "“渔港智防”"]),
        ("推行“三统两分”的发展模式。", ["“三统两分”的发展模式"]),
        ("市民可使用小程序“鹭岛易办”缴费。", ["小程序“鹭岛易办”"]),
    ],
)
def test_where_a_name_begins_and_ends(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_a_place_in_brackets_stands_inside_a_name() -> None:
    place = ("新加坡", "新加坡", None, "country")
    reading = reading_of("青禾（新加坡）渔业服务中心启动运营。", regions=[place])  # type: ignore[list-item]
    assert [p.name for p in recognise(reading)] == ["青禾（新加坡）渔业服务中心"]


def test_an_actor_before_a_soft_verb_is_no_part_of_the_name() -> None:
    reading = reading_of(
        "山东港湾集团应用船舶岸电监测平台。", actors=[("山东港湾集团", "山东港湾集团", None)]
    )
    assert [p.name for p in recognise(reading)] == ["船舶岸电监测平台"]


def test_members_of_a_list_are_names_each() -> None:
    text = "将建设江海气象观测站网络、渔港救援调度中心和潮汐监测实验室。"
    assert names_in(text) == ["江海气象观测站网络", "渔港救援调度中心", "潮汐监测实验室"]


def test_a_list_may_share_its_head() -> None:
    programmes = programmes_of("该市实施链条补强、绿色转型、数字赋能等行动，效果良好。")
    assert [(p.name, p.evidence) for p in programmes] == [
        ("链条补强行动", "链条补强"), ("绿色转型行动", "绿色转型"), ("数字赋能行动", "数字赋能"),
    ]  # fmt: skip
    assert {p.kind for p in programmes} == {"action_plan"}


def test_two_quotations_may_make_one_name() -> None:
    assert names_in("该区开展“甲证通用”和“乙照联办”改革试点，反响良好。") == [
        "“甲证通用”和“乙照联办”改革试点"
    ]


def test_a_programme_counts_once_in_its_longest_form() -> None:
    text = "该市启动古镇水岸修缮项目。项目分三期。古镇水岸修缮项目耗资较大。"
    (programme,) = programmes_of(text, title="水岸修缮项目开工")
    assert programme.name == "古镇水岸修缮项目"
    assert programme.start == len("水岸修缮项目开工\n") + text.index("古镇水岸修缮项目")


def test_the_name_is_quoted_as_written() -> None:
    (programme,) = programmes_of("该市启动 5G 智慧渔港 试点。")
    assert programme.name == programme.evidence == "5G 智慧渔港 试点"


def test_a_document_is_no_programme() -> None:
    reading = reading_of("近日，该市印发《海绵屋顶改造试点》和雨水回用示范工程清单。")
    add_document(reading, "雨水回用示范工程清单", [])
    assert recognise(reading) == []


@pytest.mark.parametrize(
    ("kind", "expected"), [("government", []), ("bank", []), ("alliance", ["茶产业创新联盟"])]
)
def test_a_body_is_a_programme_only_as_an_alliance(kind: ActorType, expected: list[str]) -> None:
    reading = reading_of("茶产业创新联盟发布倡议书。")
    start = reading.text.index("茶产业")
    actor = reading.make(ActorFact, start, start + 7, name="茶产业创新联盟", type=kind)
    reading.facts.actors.append(actor)
    assert [p.name for p in recognise(reading)] == expected


def test_a_region_is_no_programme() -> None:
    place = ("沿海发展试验区", "沿海发展试验区", None, "zone")
    assert recognise(reading_of("沿海发展试验区建设提速。", regions=[place])) == []  # type: ignore[list-item]


def test_the_lead_is_the_actor_before_the_name() -> None:
    reading = reading_of(
        "江苏省水利厅启动圩堤加固试点。", actors=[("江苏省水利厅", "江苏省水利厅", "320000")]
    )
    (programme,) = recognise(reading)
    assert programme.lead == ["江苏省水利厅"]


def test_without_an_actor_the_lead_is_the_subject_region() -> None:
    reading = reading_of("苏州启动圩堤加固试点。", regions=[("苏州", "苏州市", "320500", "prefecture")])
    (programme,) = recognise(reading)
    assert programme.lead == ["苏州市"]


def test_quotes_and_verbs_make_a_name_surer() -> None:
    (quoted,) = programmes_of("该市推行“湖长制”。")
    (plain,) = programmes_of("茶产业创新联盟成立。")
    assert quoted.confidence > plain.confidence


@given(chinese_texts(), chinese_texts(max_pieces=6))
def test_every_name_stands_in_the_text_once(text: str, title: str) -> None:
    reading = reading_of(text, title=title.replace("\n", ""))
    programmes = recognise(reading)
    assert programmes == recognise(reading)
    assert len({p.name for p in programmes}) == len(programmes)
    for programme in programmes:
        assert reading.content[programme.start : programme.end] == programme.evidence
        assert programme.name.startswith(programme.evidence)
        assert "\n" not in programme.name


def test_a_headline_shortens_the_name_of_the_text() -> None:
    names = names_in("皖南绿色茶业示范区创新大赛今日开赛。", "示范区创新大赛开赛")
    assert names == ["皖南绿色茶业示范区创新大赛"]


def test_empty_words_before_a_quotation_are_no_part_of_its_name() -> None:
    assert names_in("全面推行传统“茶长制”。") == ["“茶长制”"]


def test_a_short_form_is_no_name_of_its_own() -> None:
    assert names_in("建立茶业联席会议（以下简称联席会议）。") == ["茶业联席会议"]


def test_what_belongs_to_a_named_thing_is_not_in_its_name() -> None:
    assert names_in("各地举办“采茶节”相关活动。") == ["“采茶节”"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("包括茶山小学新建工程等13项工程复工。", "茶山小学新建工程", "project"),
        ("市场监管部门推动茶企登记制度改革。", "茶企登记制度改革", "programme"),
        ("成立茶山防汛工作领导小组。", "茶山防汛工作领导小组", "mechanism"),
        ("还有淮水龙舟挑战赛等活动。", "淮水龙舟挑战赛", "campaign"),
        ("今天是第三个全民茶园安全教育日。", "全民茶园安全教育日", "campaign"),
        ("今天是“国际红茶日”，各地办展。", "“国际红茶日”", "campaign"),
        ("全区以“茶兴”方略为引领。", "“茶兴”方略", "programme"),
        ("部门大力推进“单一窗口”建设。", "“单一窗口”", "platform"),
        ("第七届淮水茶业大会开幕。", "淮水茶业大会", "mechanism"),
        ("全县建设和美茶村提升行动示范点，实施和美茶村提升行动。", "和美茶村提升行动", "action_plan"),
    ],
)
def test_closed_classes_of_heads_and_quotations(text: str, name: str, kind: str) -> None:
    assert (name, kind) in [(fact.name, fact.kind) for fact in programmes_of(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("5万吨级淮水进港航道项目加紧施工。", ["5万吨级淮水进港航道项目"]),
        ("设立30亿元淮水茶业发展基金。", ["淮水茶业发展基金"]),
        ("持续开展和实施茶农培训全覆盖计划。", ["茶农培训全覆盖计划"]),
        ("建立合作区茶税共享机制。", ["合作区茶税共享机制"]),
        ("建立了都市圈茶业交流平台。", ["都市圈茶业交流平台"]),
        ("近年来，茶企不断强化红茶地理标志保护示范区建设。", ["红茶地理标志保护示范区"]),
        ("会议肯定了首届淮水茶业合作联席会议。", ["淮水茶业合作联席会议"]),
        ("通过“减茶税、减茶证”的“双减”行动，方便茶农。", ["“双减”行动"]),
        ("市场部门紧扣“高效办成一件事”目标。", ["“高效办成一件事”"]),
        ("部分事项实现网办“零跑动”。", []),
        ("茶商大会在淮水开幕。", []),
    ],
)
def test_what_is_no_part_of_a_name(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_what_is_said_twice_word_by_word_is_one_name() -> None:
    once = "两县举行淮水茶山和茶渠保护巡查联席会议。"
    again = "会后，两县深化淮水茶山和茶渠保护巡查。"
    assert names_in(once) == ["茶渠保护巡查联席会议"]
    assert names_in(once + again) == ["淮水茶山和茶渠保护巡查联席会议"]


def test_the_channel_of_a_body_is_no_programme() -> None:
    office = ("淮水茶业局", "淮水茶业局", None)
    assert recognise(reading_of("淮水茶业局网站发布消息。", actors=[office])) == []


def test_a_body_that_is_founded_is_a_programme_too() -> None:
    body = ("全国茶园安全指导委员会", "全国茶园安全指导委员会", None)
    founded = reading_of("茶业部门组建全国茶园安全指导委员会。", actors=[body])
    assert [fact.name for fact in recognise(founded)] == ["茶园安全指导委员会"]
    assert recognise(reading_of("依托全国茶园安全指导委员会开展培训。", actors=[body])) == []
