"""Events: type, date, how far the quote goes, and what is none."""

from __future__ import annotations

import pytest

from kg.model import EventFact
from loaders.recognise.events import recognise
from tests.loaders.recognise.readings import Place, add_document, reading_of

ANHUI: Place = ("安徽", "安徽省", "340000", "province")
FUJIAN: Place = ("福建", "福建省", "350000", "province")
FINANCE = ("省财政厅", "安徽省财政厅", "340000")


def events_of(text: str, title: str = "标题") -> list[EventFact]:
    regions = [place for place in (ANHUI, FUJIAN) if place[0] in text]
    actors = [FINANCE] if "省财政厅" in text else []
    return recognise(reading_of(text, title=title, regions=regions, actors=actors))


@pytest.mark.parametrize(
    ("text", "kind", "date", "quote"),
    [
        ("8月3日，省财政厅印发《茶园办法》，规定三条。", "issue", "2020-08-03", "8月3日，省财政厅印发《茶园办法》"),
        ("近日，安徽发布《茶园办法》。", "issue", None, "近日，安徽发布《茶园办法》"),
        ("5月2日，安徽与福建签署茶园协议。", "sign", "2020-05-02", "5月2日，安徽与福建签署茶园协议"),
        ("茶园联合会日前成立。", "establish", None, "茶园联合会日前成立"),
        ("9月1日，茶叶交易平台上线，服务茶农。", "launch", "2020-09-01", "9月1日，茶叶交易平台上线"),
        ("6月6日，省财政厅在茶山开展采茶机试验。", "trial", "2020-06-06", "6月6日，省财政厅在茶山开展采茶机试验"),
        ("今天（6月2日），安徽举行新闻发布会。", "announce", "2020-06-02", "今天（6月2日），安徽举行新闻发布会"),
        ("7月7日，首届茶业大会在安徽举办。", "meeting", "2020-07-07", "7月7日，首届茶业大会在安徽举办"),
        ("自2021年1月1日起，茶山开始施行封山。", "implement", "2021-01-01", "自2021年1月1日起，茶山开始施行封山"),
        ("从明年起，安徽将茶园划为三类。", "implement", "2021", "从明年起，安徽将茶园划为三类"),
        ("《茶园办法》将于2021年3月1日起正式施行。", "implement", "2021-03-01",
         "《茶园办法》将于2021年3月1日起正式施行"),
        ("安徽建立了茶农培训机制。", "establish", None, "安徽建立了茶农培训机制"),
        ("前不久，安徽把补贴交给茶农。", "implement", None, "前不久，安徽把补贴交给茶农"),
    ],
)  # fmt: skip
def test_one_event(text: str, kind: str, date: str | None, quote: str) -> None:
    assert [(e.type, e.date, e.evidence) for e in events_of(text)] == [(kind, date, quote)]


@pytest.mark.parametrize(
    "text",
    [
        "安徽将推出茶农培训平台。",
        "各地要建立茶园保护机制。",
        "鼓励企业开展采茶机试点。",
        "建立茶园保护机制。",
        "该平台的上线，方便了茶农。",
        "安徽印发的办法有三条。",
        "联合会成立以来，服务茶农三千户。",
        "该平台由省财政厅联合茶企共同成立。",
        "安徽推出一系列惠农举措。",
    ],
)
def test_plans_wishes_and_nouns_are_no_events(text: str) -> None:
    assert events_of(text) == []


def test_what_a_document_demands_is_no_event() -> None:
    text = "近日，安徽印发《茶园办法》。《办法》明确，安徽建立茶农培训机制。启用新标志。"
    assert [e.type for e in events_of(text)] == ["issue"]


def test_an_official_text_tells_of_its_own_issue_only() -> None:
    found = events_of("茶园的请示收悉。现批复如下：\n出台茶园规划。", title="省财政厅关于茶园界线调整的批复")
    assert [e.type for e in found] == ["other", "issue"]


def test_each_act_of_a_sentence_is_one_event_and_takes_its_date() -> None:
    found = events_of("8月3日，安徽印发《茶园办法》，启动茶农培训试点工作，即日起施行。")
    assert [(e.type, e.date) for e in found] == [
        ("issue", "2020-08-03"), ("launch", "2020-08-03"), ("implement", "2020-08-03"),
    ]  # fmt: skip
    assert found[1].evidence == "启动茶农培训试点工作"


def test_a_later_paragraph_takes_the_day_of_the_first_sentence() -> None:
    found = events_of("8月3日，安徽举办茶业大会。\n会议还发布了十个项目。")
    assert [(e.type, e.date) for e in found] == [("meeting", "2020-08-03"), ("announce", "2020-08-03")]


def test_vague_times_and_deadlines_date_nothing() -> None:
    assert [e.date for e in events_of("到2025年茶园翻番。目前，13项改革措施均已落地。")] == [None]


def test_the_quote_never_passes_a_sentence() -> None:
    for event in events_of("8月3日，安徽举办“茶。节”大会（未闭合。安徽签署协议，启用新港"):
        assert "。" not in event.evidence[:-1]


def test_actors_and_objects_are_linked_by_id() -> None:
    reading = reading_of("8月3日，省财政厅印发《茶园办法》。", actors=[FINANCE])
    document = add_document(reading, "茶园办法", [])
    (event,) = recognise(reading)
    assert event.actors == [reading.facts.actors[0].id]
    assert event.about == [document.id]


def test_a_region_that_acts_is_what_the_event_is_about() -> None:
    reading = reading_of("8月3日，安徽印发《茶园办法》。", regions=[ANHUI])
    (event,) = recognise(reading)
    assert (event.actors, event.about) == ([], [reading.facts.regions[0].id])


@pytest.mark.parametrize(
    ("text", "kind", "date", "quote"),
    [
        ("8月3日，省人大常委会表决通过《茶园条例》。", "issue", "2020-08-03", "8月3日，省人大常委会表决通过《茶园条例》"),
        ("8月3日下午，《茶园规划》（以下简称《规划》）正式发布。", "issue", "2020-08-03",
         "8月3日下午，《茶园规划》（以下简称《规划》）正式发布"),
        ("8月3日，两市结成友好城市。", "sign", "2020-08-03", "8月3日，两市结成友好城市"),
        ("8月3日，推动茶业振兴三省联席会议在山城举行。", "meeting", "2020-08-03",
         "8月3日，推动茶业振兴三省联席会议在山城举行"),
        ("8月3日，2019年度茶业大会拉开帷幕。", "meeting", "2020-08-03", "8月3日，2019年度茶业大会拉开帷幕"),
        ("8月3日，首趟开往山城的茶叶专列开行。", "launch", "2020-08-03", "8月3日，首趟开往山城的茶叶专列开行"),
        ("8月3日，茶乡成为茶业联盟成员单位。", "other", "2020-08-03", "8月3日，茶乡成为茶业联盟成员单位"),
        ("现将《茶园办法》印发给你们。", "issue", None, "现将《茶园办法》印发给你们"),
        ("你省《关于茶园的请示》（茶政〔2014〕4号）收悉。", "other", "2014",
         "你省《关于茶园的请示》（茶政〔2014〕4号）收悉"),
        ("8月3日，在两市推动下，茶园项目落户山城。", "implement", "2020-08-03",
         "8月3日，在两市推动下，茶园项目落户山城"),
        ("2007年，茶业峰会召开。", "meeting", "2007", "2007年，茶业峰会召开"),
    ],
)  # fmt: skip
def test_one_more_event(text: str, kind: str, date: str | None, quote: str) -> None:
    assert [(e.type, e.date, e.evidence) for e in events_of(text)] == [(kind, date, quote)]


@pytest.mark.parametrize(
    "text",
    [
        "随着首班车驶出茶山站。",
        "茶山高铁开通运营后，沿线增收。",
        "此次19个签约项目中，茶业占半。",
        "两地每年召开一次会议。",
        "联盟由茶企联合发起。",
        "8月3日，记者从茶山县获悉。",
        "茶业大会预计2022年举办。",
        "双方深入交流，并达成共识。",
        "市长出席了签署仪式。",
    ],
)
def test_such_clauses_tell_no_event(text: str) -> None:
    assert events_of(text) == []


def test_earlier_meetings_do_not_take_the_day_of_the_story() -> None:
    found = events_of("8月3日，第三届茶业论坛开幕。此前首届论坛签订了协议。")
    assert [(e.type, e.date) for e in found] == [("meeting", "2020-08-03"), ("sign", None)]


def test_a_clause_after_a_year_takes_that_year() -> None:
    found = events_of("2007年，茶业峰会召开，成立了茶业联盟。")
    assert [(e.type, e.date) for e in found] == [("meeting", "2007"), ("establish", "2007")]


@pytest.mark.parametrize(
    ("text", "kind", "date", "quote"),
    [
        ("茶山口岸今天（6月2日）恢复客运，旅客通关更快。", "implement", "2020-06-02",
         "茶山口岸今天（6月2日）恢复客运"),
        ("茶叶网售规定6月2日起公开征求意见。", "issue", "2020-06-02", "茶叶网售规定6月2日起公开征求意见"),
        ("近日，安徽部署开展2020年茶市检查行动。", "implement", None, "近日，安徽部署开展2020年茶市检查行动"),
        ("由省财政厅编写的《茶业报告》今天（6月2日）在合肥发布。", "issue", "2020-06-02",
         "由省财政厅编写的《茶业报告》今天（6月2日）在合肥发布"),
        ("电子茶票将自11月4日开始分批推广应用。", "implement", "2020-11-04", "电子茶票将自11月4日开始分批推广应用"),
        ("5月2日，安徽颁发首张跨市茶业执照。", "implement", "2020-05-02", "5月2日，安徽颁发首张跨市茶业执照"),
        ("安徽建立了茶企办税专窗。", "establish", None, "安徽建立了茶企办税专窗"),
    ],
)  # fmt: skip
def test_news_of_the_day(text: str, kind: str, date: str | None, quote: str) -> None:
    assert [(e.type, e.date, e.evidence) for e in events_of(text)] == [(kind, date, quote)]


@pytest.mark.parametrize(
    "text",
    [
        "2021年底前开通茶叶专列占比达到八成。",
        "这是安徽茶企签约金额最高的一次。",
        "《茶园办法》出台的背景是什么？",
        "今天（6月2日）是茶农节。",
        "加强茶山保护。安徽、福建建立茶山联防机制。推动茶企培育。在安徽开展茶票试点。",
    ],
)
def test_terms_comments_and_orders_are_no_events(text: str) -> None:
    assert events_of(text) == []


def test_what_has_been_done_does_not_take_a_day_to_come() -> None:
    text = "茶博会将于6月9日开幕。\n茶博会演播室已正式启用。"
    reading = reading_of(text, published="2020-06-08")
    assert [(e.type, e.date) for e in recognise(reading)] == [("meeting", "2020-06-09"), ("launch", None)]


@pytest.mark.parametrize(
    ("text", "kind", "date", "quote"),
    [
        ("◈8月3日晚，第二批茶农抵达山城。", "other", "2020-08-03", "8月3日晚，第二批茶农抵达山城"),
        ("（记者王茶）安徽日前发文，规定三条。", "issue", None, "安徽日前发文"),
        ("近日省财政厅为茶农添置农机。", "implement", None, "近日省财政厅为茶农添置农机"),
        ("8月3日，两县会谈，就茶业互助达成共识。", "meeting", "2020-08-03", "8月3日，两县会谈"),
        ("安徽茶园联防启动于2019年。", "launch", "2019", "安徽茶园联防启动于2019年"),
        ("8月3日，茶山县启动2019年茶市检查行动。", "launch", "2020-08-03", "8月3日，茶山县启动2019年茶市检查行动"),
        ("8月3日，山城的九座茶亭，顺利完工投用。", "launch", "2020-08-03", "8月3日，山城的九座茶亭，顺利完工投用"),
        ("2019年的茶业论坛就是在山城召开的。", "meeting", "2019", "2019年的茶业论坛就是在山城召开的"),
        ("2018年5月通车的茶山大桥连起两岸。", "launch", "2018-05", "2018年5月通车的茶山大桥连起两岸"),
        ("今年，安徽将正式启动茶山清淤。", "launch", "2020", "今年，安徽将正式启动茶山清淤"),
        ("本办法有效期为2020年6月1日至2022年5月31日。", "implement", "2020-06-01",
         "本办法有效期为2020年6月1日至2022年5月31日"),
        ("安徽茶企已派出技师。", "other", None, "安徽茶企已派出技师"),
        ("8月3日，安徽下达茶园奖补资金。", "implement", "2020-08-03", "8月3日，安徽下达茶园奖补资金"),
        ("近日，安徽引导茶企建起“共享茶坊”。", "establish", None, "近日，安徽引导茶企建起“共享茶坊”"),
        ("2019年，安徽把茶票送进学校。", "implement", "2019", "2019年，安徽把茶票送进学校"),
        ("8月3日，记者从省财政厅召开的发布会上获悉，茶价平稳。", "announce", "2020-08-03",
         "8月3日，记者从省财政厅召开的发布会上获悉"),
        ("安徽决定对茶农给予补助。", "announce", None, "安徽决定对茶农给予补助"),
        ("8月3日，安徽举行茶山驿站开工仪式。", "launch", "2020-08-03", "8月3日，安徽举行茶山驿站开工仪式"),
        ("安徽与福建建立茶业协作关系。", "establish", None, "安徽与福建建立茶业协作关系"),
    ],
)  # fmt: skip
def test_further_classes_of_events(text: str, kind: str, date: str | None, quote: str) -> None:
    found = [(e.type, e.date, e.evidence) for e in events_of(text)]
    assert found[:1] == [(kind, date, quote)]


@pytest.mark.parametrize(
    "text",
    [
        "到2027年，茶山电站投运规模翻番。",
        "茶山站每日发车三十班。",
        "一般不建立茶园联席会议。",
        "加快茶山公路进度，开工建设茶园驿站。",
        "安徽依托县里搭建的茶业共享平台服务茶农。",
        "茶山大桥的通车，方便了茶农。",
        "线上线下培训茶农三千人。",
        "“十五五”期间启动茶山扩建。",
        "8月3日开幕当天有雨。",
    ],
)
def test_further_plans_states_and_nouns_are_no_events(text: str) -> None:
    assert events_of(text) == []


def test_matters_of_talks_are_no_events_of_their_own() -> None:
    found = events_of("8月3日，安徽与福建就设立茶票专窗，建立茶业会商机制等方面达成合作协议。")
    assert [e.type for e in found] == ["sign"]


def test_the_foot_of_a_letter_dates_its_formula_only() -> None:
    text = (
        "各市财政局：\n经同意，现将2020年茶园补助事项通知如下：\n一、同意设立茶园专户。\n"
        "省财政厅\n二○二○年七月三日"
    )
    found = events_of(text, title="省财政厅关于茶园补助的通知")
    assert [(e.type, e.date, e.evidence) for e in found] == [
        ("issue", "2020-07-03", "现将2020年茶园补助事项通知如下"),
        ("establish", None, "同意设立茶园专户"),
    ]


def test_a_formula_without_a_foot_has_no_date() -> None:
    found = events_of("茶业要兴。2020年5月2日起茶市回暖，现提出如下意见。")
    assert [(e.type, e.date) for e in found if e.type == "issue"] == [("issue", None)]


def test_the_return_to_a_pact_is_no_second_event() -> None:
    found = events_of("8月3日，安徽与福建签署茶业协议。两省副省长代表双方签署了协议。")
    assert [e.evidence for e in found] == ["8月3日，安徽与福建签署茶业协议"]


def test_a_year_to_come_and_a_state_date_nothing() -> None:
    text = "5月2日，茶业大会召开。\n为实现联合国2030年茶业目标，会上发布了茶业清单。"
    reading = reading_of(text, published="2020-05-03")
    assert [(e.type, e.date) for e in recognise(reading)] == [
        ("meeting", "2020-05-02"),
        ("issue", "2020-05-02"),
    ]
    assert [e.date for e in events_of("截至7月底，安徽已有三家茶行推出茶票。")] == [None]


def test_what_is_loose_takes_the_day_of_a_meeting_but_not_of_a_pact() -> None:
    later = "\n七家茶企作为首批成员加入联盟，议事更快了。"
    assert [e.date for e in events_of("8月3日，茶业大会召开。" + later)] == ["2020-08-03", "2020-08-03"]
    assert [e.date for e in events_of("8月3日，安徽签署茶业协议。" + later)] == ["2020-08-03", None]


def test_a_byline_ends_before_its_sentence() -> None:
    (event,) = events_of("茶乡网山城8月3日电（李叶）安徽昨日首次公布茶企名单。")
    assert event.evidence == "安徽昨日首次公布茶企名单"


@pytest.mark.parametrize(
    "text",
    [
        "据介绍，茶乡30个县均已出台茶园办法。",
        "各地各部门组织了茶事宣传活动。",
        "五年来，安徽建成投用茶叶加工中心15个。",
        "截至7月底，安徽已开工茶仓209座。",
        "安徽茶博会上，各县累计签约茶叶项目35个。",
        "如今安徽通过建立茶农联审机制，茶农少跑路。",
        "安徽也通过开展茶事讲座、举办茶艺展览等方式，让更多人懂茶。",
        "今年，安徽持续扩大高水平对外开放。",
        "2025年起每年惠及三千人。",
        "安徽茶行自2019年8月开业以来，生意兴隆。",
    ],
)
def test_how_things_stand_and_by_what_means_is_no_event(text: str) -> None:
    assert events_of(text) == []


def test_a_heading_over_a_paragraph_tells_nothing() -> None:
    text = "首届茶业大会在安徽开幕\n首届茶业大会8月3日在安徽开幕，茶商云集。"
    assert [e.evidence for e in events_of(text)] == ["首届茶业大会8月3日在安徽开幕"]


def test_a_meeting_told_in_two_clauses_is_one_quote() -> None:
    (event,) = events_of("8月3日是茶日，由省财政厅主办的茶业推介会，在茶山举行。")
    assert event.evidence == "由省财政厅主办的茶业推介会，在茶山举行"


def test_a_conference_with_a_signing_is_a_meeting() -> None:
    (event,) = events_of("8月3日，安徽举行茶业座谈会暨签约仪式。")
    assert event.type == "meeting"


def test_what_is_said_at_a_press_conference_is_announced() -> None:
    (event,) = events_of("在8月3日举行的茶业通气会上，省财政厅负责人介绍了补助情况。")
    assert (event.type, event.date) == ("announce", "2020-08-03")


def test_later_acts_take_the_month_of_several_days() -> None:
    text = "5月11日至12日，省财政厅负责人率团赴福建考察，并在茶山举行座谈会。\n安徽与福建签署了茶业协议。"
    assert [e.date for e in events_of(text)] == ["2020-05-11", "2020-05", "2020-05"]


def test_a_year_does_not_pass_to_another_region() -> None:
    text = "今年，安徽将扩大茶园。福建启动茶园改造行动。"
    assert [(e.type, e.date) for e in events_of(text)] == [("launch", None)]


def test_what_is_repealed_ends_with_the_new_text() -> None:
    text = "《茶园办法》自2021年1月1日起施行。2003年5月2日公布的《茶山办法》同时废止。"
    assert [(e.type, e.date) for e in events_of(text)][-1] == ("other", "2021-01-01")


def test_a_paragraph_that_sums_up_tells_nothing_again() -> None:
    text = "8月3日，安徽与福建签署茶园协议。\n此次双方签署茶园协议，巩固了茶业合作。"
    assert [e.evidence for e in events_of(text)] == ["8月3日，安徽与福建签署茶园协议"]


def test_a_task_cited_from_a_document_does_not_hide_what_follows() -> None:
    text = (
        "为落实《茶业报告》提出的有关要求，两省想了办法。4月，安徽与福建签订《茶业协议》，建立茶业协作机制。"
    )
    assert [e.type for e in events_of(text)] == ["sign", "establish"]
