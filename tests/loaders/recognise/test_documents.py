"""Documents: titles, short forms, kinds, issuers."""

from __future__ import annotations

import pytest

from kg.model import Article, DocumentFact
from loaders.extraction import extract
from loaders.recognise.documents import document_places, recognise
from tests.loaders.recognise.readings import Place, reading_of

ANHUI: Place = ("安徽", "安徽省", "340000", "province")
FUJIAN: Place = ("福建", "福建省", "350000", "province")
FINANCE = ("省财政厅", "安徽省财政厅", "340000")
LABOUR = ("省人社厅", "安徽省人社厅", "340000")


def only(facts: list[DocumentFact]) -> DocumentFact:
    (fact,) = facts
    return fact


def test_a_title_is_quoted_as_written_and_stands_at_its_first_place() -> None:
    reading = reading_of(
        "近日，省财政厅印发《安徽省 茶园改造实施方案（试行）》。《方案》明确三项任务。", actors=[FINANCE]
    )
    fact = only(recognise(reading))
    assert (fact.title, fact.kind, fact.issuers) == (
        "安徽省 茶园改造实施方案（试行）",
        "plan",
        ["安徽省财政厅"],
    )
    assert reading.content[fact.start : fact.end] == fact.evidence == fact.title


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("茶园改造实施方案", "plan"),
        ("茶园改造规划（2021—2025年）", "plan"),
        ("关于茶园改造的若干意见", "opinion"),
        ("茶园补贴管理办法", "measures"),
        ("关于茶园改造的若干措施", "measures"),
        ("关于开展茶园普查的通知", "notice"),
        ("茶园共建框架协议", "agreement"),
        ("关于修订茶园合作协议的协议二", "agreement"),
        ("茶叶加工技术规范", "standard"),
        ("茶园负面清单", "list"),
        ("安徽省茶叶促进条例", "law"),
        ("关于茶园界线的批复", "other"),
    ],
)
def test_the_last_word_gives_the_kind(title: str, kind: str) -> None:
    assert only(recognise(reading_of(f"日前公布《{title}》。"))).kind == kind


@pytest.mark.parametrize("title", ["茶乡日报", "茶乡故事", "茶馆往事", "红色茶歌"])
def test_papers_and_books_are_no_documents(title: str) -> None:
    assert recognise(reading_of(f"据《{title}》报道，茶园丰收。")) == []


@pytest.mark.parametrize(
    "text",
    [
        "印发《关于扶持茶园的指导意见》。《指导意见》提出三条。《意见》还提出两条。",
        "印发《关于扶持茶园的指导意见》（以下简称《茶十条》）。《茶十条》提出三条。",
    ],
)
def test_short_forms_stand_for_the_long_title(text: str) -> None:
    reading = reading_of(text)
    assert only(recognise(reading)).title == "关于扶持茶园的指导意见"
    assert {title for _, _, title in document_places(reading)} == {"关于扶持茶园的指导意见"}
    assert len(document_places(reading)) > 1


def test_a_headline_may_shorten_a_title() -> None:
    reading = reading_of(
        "两地签署《关于修订〈山区与海区茶叶贸易安排〉的协议二》。",
        title="签署《关于修订〈茶贸安排〉的协议二》",
    )
    assert only(recognise(reading)).title == "关于修订〈山区与海区茶叶贸易安排〉的协议二"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("8月3日，省财政厅印发通知，部署茶园普查。", "通知"),
        ("省财政厅公布了第一批3类20项茶企办事清单。", "茶企办事清单"),
        ("省财政厅出台18条政策措施。", "18条政策措施"),
        ("省财政厅签署了茶园保护协议。", "茶园保护协议"),
        ("党的二十大报告提出新要求。", "党的二十大报告"),
    ],
)
def test_one_identifiable_text_counts_without_marks(text: str, title: str) -> None:
    fact = only(recognise(reading_of(text, actors=[FINANCE] if "省财政厅" in text else [])))
    assert fact.title == title
    assert fact.confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "各地要研究出台具体办法。",
        "该省将发布茶园规划。",
        "及时公布收费目录。",
        "发布一批惠企举措。",
        "签署了一系列协议。",
    ],
)
def test_what_is_only_asked_for_or_named_in_general_is_none(text: str) -> None:
    assert recognise(reading_of(text)) == []


def test_an_official_headline_is_a_document_itself() -> None:
    reading = reading_of("你们的请示收悉。现批复如下：", title="省财政厅关于茶园界线调整的批复", actors=[])
    assert only(recognise(reading)).title == "省财政厅关于茶园界线调整的批复"


def test_all_actors_before_the_verb_issue() -> None:
    reading = reading_of("省财政厅、省人社厅联合印发《茶农培训办法》。", actors=[FINANCE, LABOUR], regions=[])
    assert only(recognise(reading)).issuers == ["安徽省财政厅", "安徽省人社厅"]


def test_a_region_issues_where_no_actor_does() -> None:
    assert only(recognise(reading_of("日前，福建出台《茶园办法》。", regions=[FUJIAN]))).issuers == ["福建省"]


def test_a_place_is_no_issuer() -> None:
    reading = reading_of("在福建，省财政厅发布《茶园办法》。", regions=[FUJIAN], actors=[FINANCE])
    assert only(recognise(reading)).issuers == ["安徽省财政厅"]


def test_passive_issuers_stand_after_the_title() -> None:
    reading = reading_of("《茶园办法》由省人社厅发布。", actors=[LABOUR])
    assert only(recognise(reading)).issuers == ["安徽省人社厅"]


def test_a_list_of_titles_takes_the_issuer_of_the_sentence_before() -> None:
    text = "5月以来，省财政厅发布多个重头文件。《茶园办法》和《茶厂办法》管生产。"
    facts = recognise(reading_of(text, actors=[FINANCE]))
    assert [f.issuers for f in facts] == [["安徽省财政厅"]] * 2


def test_respectively_pairs_the_first_party_with_each_other() -> None:
    text = "安徽与福建、省财政厅分别签署茶园合作协议，茶厂合作协议。"
    facts = recognise(reading_of(text, regions=[ANHUI, FUJIAN], actors=[FINANCE]))
    assert [f.issuers for f in facts] == [["安徽省", "福建省"], ["安徽省", "安徽省财政厅"]]


def test_a_title_that_begins_with_a_region_is_its_own() -> None:
    place: Place = ("安徽省", "安徽省", "340000", "province")
    assert only(recognise(reading_of("根据《安徽省茶园办法》，每年普查。", regions=[place]))).issuers == [
        "安徽省"
    ]


def test_with_somebody_takes_the_signer_of_the_clause_before() -> None:
    facts = recognise(reading_of("安徽发展茶业，与福建签署茶园保护协议。", regions=[ANHUI, FUJIAN]))
    assert only(facts).issuers == ["安徽省", "福建省"]


def test_a_bare_word_that_speaks_is_a_document() -> None:
    fact = only(recognise(reading_of("通知提出，茶园分三类管理。")))
    assert (fact.title, fact.kind, fact.confidence) == ("通知", "notice", 0.5)


@pytest.mark.parametrize(
    ("text", "title", "kind"),
    [
        ("两地签订友好茶乡协议书。", "友好茶乡协议书", "agreement"),
        ("两地签署2021年对口合作工作计划。", "2021年对口合作工作计划", "plan"),
        ("日前公布茶园建设大纲。", "茶园建设大纲", "other"),
        ("会上发布联合声明。", "联合声明", "agreement"),
        ("两地签署茶业合作备忘录并成立工作组。", "茶业合作备忘录", "agreement"),
        ("你们关于设立茶园试验区的请示收悉。", "关于设立茶园试验区的请示", "other"),
        ("依据茶叶质量管理条例有关规定，停止发证。", "茶叶质量管理条例", "law"),
        ("会上发布推荐性地方标准《绿茶包装》。", "绿茶包装", "standard"),
        ("两地签署《茶业合作年度重点》。", "茶业合作年度重点", "agreement"),
    ],
)
def test_further_titles(text: str, title: str, kind: str) -> None:
    fact = only(recognise(reading_of(text)))
    assert (fact.title, fact.kind) == (title, kind)


@pytest.mark.parametrize(
    "text",
    [
        "两地签署了15个专项合作协议。",
        "会上发布4张需求清单。",
        "制定了茶园改造的具体方案。",
        "茶乡举行新闻发布会。",
    ],
)
def test_what_is_not_one_identifiable_text(text: str) -> None:
    assert recognise(reading_of(text)) == []


def test_a_headline_may_be_a_title_of_its_own() -> None:
    found = recognise(
        reading_of("第一条 为了保护茶园，制定本条例。", title="安徽茶园保护条例", regions=[ANHUI])
    )
    assert [(f.title, f.issuers) for f in found] == [("安徽茶园保护条例", ["安徽省"])]


@pytest.mark.parametrize("title", ["安徽修订茶园保护条例", "安徽出台关于扶持茶园的意见"])
def test_a_headline_that_tells_is_no_title(title: str) -> None:
    assert recognise(reading_of("详情待续。", title=title, regions=[ANHUI])) == []


def test_a_title_names_its_issuer() -> None:
    fact = only(recognise(reading_of("根据《国务院关于茶园改造的批复》，结合实际，提出意见。")))
    assert fact.issuers == ["国务院"]


def test_both_sides_are_those_named_before() -> None:
    reading = reading_of("安徽与福建茶业座谈会举行，双方签署茶业合作协议。", regions=[ANHUI, FUJIAN])
    assert only(recognise(reading)).issuers == ["安徽省", "福建省"]


def test_the_first_of_several_pacts_shares_each() -> None:
    reading = reading_of(
        "安徽近日签署了三个协议，一是与福建签署了《茶业合作协议》。", regions=[ANHUI, FUJIAN]
    )
    assert only(recognise(reading)).issuers == ["安徽省", "福建省"]


def test_what_a_set_of_texts_includes_has_its_issuer() -> None:
    reading = reading_of(
        "省财政厅印发编写大纲（以下简称大纲），包括《茶园大纲》（以下简称《甲》）、《茶厂大纲》。",
        actors=[FINANCE],
    )
    assert {f.title: f.issuers for f in recognise(reading)} == {
        "编写大纲": ["安徽省财政厅"],
        "茶园大纲": ["安徽省财政厅"],
        "茶厂大纲": ["安徽省财政厅"],
    }


def test_what_others_issued_long_ago_is_not_theirs() -> None:
    reading = reading_of("省财政厅出台新规，2015年公布的《茶园规定》同时废止。", actors=[FINANCE])
    assert only(recognise(reading)).issuers == []


def test_an_act_on_somebody_is_no_document() -> None:
    facts = extract(
        Article(
            title="云南加强市场监管",
            text="云南省市场监管局召开会议。会议提出，对违规商户发布通报。云南省市场监管局发布公告，启用新版执照。",
            year=2021,
        )
    ).facts
    assert [document.title for document in facts.documents] == ["公告"]


@pytest.mark.parametrize(
    ("text", "title", "kind"),
    [
        ("安徽出台支持茶农增收32条举措。", "支持茶农增收32条举措", "measures"),
        ("安徽近日推出稳茶价20条措施。", "稳茶价20条措施", "measures"),
        ("安徽制定茶园改造实施方案，明确三项任务。", "茶园改造实施方案", "plan"),
        ("安徽出台全国首部茶园保护条例。", "茶园保护条例", "law"),
        ("修订后的安徽省茶园条例6月2日起正式施行。", "安徽省茶园条例", "law"),
        ("按照茶园保护法，安徽划定茶山。", "茶园保护法", "law"),
    ],
)
def test_documents_without_marks(text: str, title: str, kind: str) -> None:
    fact = only(recognise(reading_of(text, regions=[ANHUI])))
    assert (fact.title, fact.kind) == (title, kind)


def test_laws_named_together_are_told_apart() -> None:
    reading = reading_of("根据茶园保护法和茶叶交易法有关规定，清理茶市。")
    assert [fact.title for fact in recognise(reading)] == ["茶园保护法", "茶叶交易法"]


@pytest.mark.parametrize("text", ["各地要制定茶园改造实施方案。", "茶博会共签署合作协议、意向协议200多项。"])
def test_orders_and_tallies_name_no_document(text: str) -> None:
    assert recognise(reading_of(text)) == []


@pytest.mark.parametrize(
    ("text", "title", "kind"),
    [
        ("近日，安徽签下茶业协作协议。", "茶业协作协议", "agreement"),
        ("安徽出台惠茶“政策包”，茶农受益。", "惠茶“政策包”", "measures"),
        ("两地“茶票”互通安排今（9月2日）起施行。", "两地“茶票”互通安排", "agreement"),
        ("县里茶园农机的最终价格标准也已出台。", "县里茶园农机的最终价格标准", "standard"),
        ("近日，省财政厅出台文件，支持茶农。", "文件", "other"),
        ("会议研究进一步推动茶业高质量发展的意见，部署春茶采摘。", "进一步推动茶业高质量发展的意见", "opinion"),
        ("会上，茶业联盟通过了理事人选和章程。", "章程", "other"),
        ("茶山新区“十四五”规划中提到，要兴茶业。", "茶山新区“十四五”规划", "plan"),
        ("抓紧完成全省茶园饮水“十二五”规划任务。", "全省茶园饮水“十二五”规划", "plan"),
        ("茶园补助根据皖财〔2019〕12号文件发放。", "皖财〔2019〕12号", "other"),
        ("请各市执行。\n附件：1.茶园补助名册\n2.茶园农机目录（略）", "茶园补助名册", "list"),
    ],
)  # fmt: skip
def test_titles_known_by_their_form(text: str, title: str, kind: str) -> None:
    facts = recognise(
        reading_of(
            text, regions=[ANHUI] if "安徽" in text else [], actors=[FINANCE] if "省财政厅" in text else []
        )
    )
    assert (facts[0].title, facts[0].kind) == (title, kind)


@pytest.mark.parametrize(
    "text",
    [
        "会上，多家茶企签署具有跨域特点的九项合作协议。",
        "启动编制全省“十五五”规划，茶业列入其中。",
        "“十四五”期间茶园规划面积翻番。",
        "近日，茶农出台相关文件。",
        "茶园按国家标准建设。",
    ],
)
def test_plurals_drafts_and_general_words_are_no_documents(text: str) -> None:
    assert recognise(reading_of(text)) == []


def test_annexes_are_documents_each_but_not_the_text_itself() -> None:
    text = "请各市执行。\n附件：1.茶园补助名册\n2.茶园农机目录（略）"
    assert [f.title for f in recognise(reading_of(text))] == ["茶园补助名册", "茶园农机目录"]
    assert recognise(reading_of("请各市执行。\n附件：茶园联席会议制度", title="茶园联席会议制度的来历")) == []


def test_the_number_of_a_title_is_no_document_of_its_own() -> None:
    text = "根据《茶园补助办法》（皖财〔2019〕12号），茶农受益。"
    assert [f.title for f in recognise(reading_of(text))] == ["茶园补助办法"]


def test_a_joint_signing_is_no_verb_of_counter_signing() -> None:
    reading = reading_of("8月3日，茶业商会签订共建茶园合作协议。")
    assert [f.title for f in recognise(reading)] == ["共建茶园合作协议"]


def test_what_a_notice_passes_on_is_a_document_too() -> None:
    text = "根据《茶乡县关于印发〈茶园三年补助方案〉的通知》，茶农受益。"
    titles = [f.title for f in recognise(reading_of(text))]
    assert titles == ["茶乡县关于印发〈茶园三年补助方案〉的通知", "茶园三年补助方案"]


def test_a_plan_of_a_region_is_known_where_it_is_carried_out() -> None:
    region: Place = ("安徽", "安徽省", "340000", "province")
    text = "今年将落实安徽茶业振兴行动方案，同时落实各项茶园整治方案，做好服务。"
    assert [f.title for f in recognise(reading_of(text, regions=[region]))] == ["安徽茶业振兴行动方案"]


def test_the_text_itself_has_no_title_in_its_articles() -> None:
    assert recognise(reading_of("第二十六条　本条例自2018年1月1日起施行。")) == []
