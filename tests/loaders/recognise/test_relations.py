"""Relations: what one document does to another, and what is no more than a wish."""

from __future__ import annotations

import pytest

from loaders.recognise import documents
from loaders.recognise.relations import recognise
from tests.loaders.recognise.readings import reading_of

Found = tuple[str, str, str | None, str | None]


def relations_of(text: str, title: str = "要闻") -> list[Found]:
    reading = reading_of(text, title=title, year=2022)
    reading.facts.documents += documents.recognise(reading)
    titles = {fact.id: fact.title for fact in reading.facts.documents}
    return [
        (fact.kind, titles[fact.document or ""], titles.get(fact.by or ""), fact.date)
        for fact in recognise(reading)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《茶市办法》自2021年3月1日起施行，《茶市旧规定》同时废止。", ("replaces", "茶市旧规定", "茶市办法", "2021-03-01")),
        ("《茶市条例》经批准自2022年1月1日起施行，1998年7月通过的《茶市管理规定》同时废止。",
         ("replaces", "茶市管理规定", "茶市条例", "2022-01-01")),
        ("《茶市办法》自2021年3月1日起施行。2012年印发的《茶市旧规定》同时废止。",
         ("replaces", "茶市旧规定", "茶市办法", "2021-03-01")),
        ("市政府废止了《茶市收费办法》。", ("repeals", "茶市收费办法", None, None)),
        ("近日，省人大常委会对《茶园保护条例》作出修改。", ("amends", "茶园保护条例", None, None)),
        ("市里印发《关于修改〈茶园保护条例〉的决定》。", ("amends", "茶园保护条例", "关于修改〈茶园保护条例〉的决定", None)),
        ("《茶农补贴办法》有效期延长至2023年12月31日。", ("extends", "茶农补贴办法", None, "2023-12-31")),
        ("根据《茶业发展意见》，省政府印发《茶业发展实施方案》。", ("carries_out", "茶业发展意见", "茶业发展实施方案", None)),
        ("市里印发《关于贯彻落实〈茶园保护条例〉的实施意见》。",
         ("carries_out", "茶园保护条例", "关于贯彻落实〈茶园保护条例〉的实施意见", None)),
    ],
)  # fmt: skip
def test_one_relation(text: str, found: Found) -> None:
    assert relations_of(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "会议提出，推动修订《茶园保护条例》。",
        "市里拟废止《茶市收费办法》。",
        "各地认真贯彻落实《茶园保护条例》，成效明显。",
        "根据《茶业发展意见》，到2025年建成茶园百个。",
        "市里印发《茶市办法》和《茶园条例》。",
        "茶市收费标准同时废止。",
    ],
)
def test_none(text: str) -> None:
    assert relations_of(text) == []


def test_a_document_speaks_of_itself() -> None:
    text = (
        "第一条 根据《茶园保护条例》，结合实际，制定本办法。\n"
        "第九条 本办法自2021年5月1日起施行。2012年6月1日市政府印发的《茶园暂行办法》《茶园登记规定》同时废止。"
    )
    assert relations_of(text, title="茶山市茶园管理办法") == [
        ("carries_out", "茶园保护条例", "茶山市茶园管理办法", None),
        ("replaces", "茶园暂行办法", "茶山市茶园管理办法", "2021-05-01"),
        ("replaces", "茶园登记规定", "茶山市茶园管理办法", "2021-05-01"),
    ]


def test_a_decision_ends_a_document_without_another_in_its_place() -> None:
    title = "茶山市人民政府关于废止《茶山市茶市管理办法》的决定"
    assert relations_of("现予公布。", title=title) == [("repeals", "茶山市茶市管理办法", title, None)]


def test_the_quote_holds_the_cue_and_both_documents_where_they_share_a_sentence() -> None:
    reading = reading_of("日前，《茶市办法》印发，自7月1日起施行，《茶市旧规定》同时废止，影响不小。")
    reading.facts.documents += documents.recognise(reading)
    [fact] = recognise(reading)
    assert fact.evidence == "《茶市办法》印发，自7月1日起施行，《茶市旧规定》同时废止"
