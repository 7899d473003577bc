"""The pictures of an explanation: everything it says is in them, nothing runs out of its box, nothing in it runs."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.namespaces import ID, expand
from kg.reasoning import Explanation, Lookup, Quote, explain, labeller, walk
from kg.reasoning.picture import to_mermaid, to_svg
from kg.reasoning.rendering import reason_of, statement_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def tree(lookup: Lookup) -> Explanation:
    names = ("R:310000", "rp:cooperatesWith", "R:330000")
    return explain(Triple(*(NamedNode(str(expand(name))) for name in names)), lookup)


def hostile() -> Explanation:
    subject = NamedNode(ID + "measure/m")
    quote = Quote('<script>alert("1")</script>`;#35;', ID + "evidence/e", ID + "article/a", "a&b", 0, 3)
    triple = Triple(subject, NamedNode(str(expand("rp:metric"))), Literal('"]; click n0 "javascript:1'))
    return Explanation(triple, "asserted", "", "读自原文", "read from the text", quotes=(quote,))


def text_of(root: Element) -> str:
    return "".join(element.text or "" for element in root.iter(SVG + "text"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_drawing_says_all_that_the_tree_says(tree: Explanation, lookup: Lookup, lang: str) -> None:
    label = labeller(lookup, lang)
    said = text_of(fromstring(to_svg(tree, lang, label))).replace(" ", "")
    for part in walk(tree):
        assert statement_of(part, label).replace(" ", "") in said
        assert reason_of(part, lang).replace(" ", "") in said
        assert all(quote.quote.replace(" ", "") in said for quote in part.quotes)


def boxes(root: Element) -> list[tuple[float, float, float, float]]:
    found = [
        [float(r.get(key, "0")) for key in ("x", "y", "width", "height")] for r in root.iter(SVG + "rect")
    ]
    return [(x, y, x + width, y + height) for x, y, width, height in found]


def test_boxes_lie_side_by_side_within_the_drawing(tree: Explanation, lookup: Lookup) -> None:
    background, *placed = boxes(fromstring(to_svg(tree, "en", labeller(lookup, "en"))))
    assert len(placed) == sum(1 + len(part.quotes) for part in walk(tree))
    for number, (left, top, right, bottom) in enumerate(placed):
        assert background[0] <= left and right <= background[2]
        assert background[1] <= top and bottom <= background[3]
        for other in placed[number + 1 :]:
            assert other[0] >= right or other[2] <= left or other[1] >= bottom or other[3] <= top


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lines_fit_their_boxes(tree: Explanation, lookup: Lookup, lang: str) -> None:
    for element in fromstring(to_svg(tree, lang, labeller(lookup, lang))).iter(SVG + "text"):
        width = sum(13 if ord(character) > 0x2E7F else 7.3 for character in element.text or "")
        assert width <= 300


def test_nothing_in_a_drawing_runs(lookup: Lookup) -> None:
    drawing = to_svg(hostile(), "en", labeller(lookup, "en"))
    allowed = {"svg", "title", "rect", "path", "text"}
    assert {element.tag.removeprefix(SVG) for element in fromstring(drawing).iter()} <= allowed
    assert "style=" not in drawing
    assert "href" not in drawing


def test_the_diagram_has_each_statement_once_and_its_edges(tree: Explanation, lookup: Lookup) -> None:
    lines = to_mermaid(tree, "en", labeller(lookup, "en")).splitlines()
    assert lines[0].startswith("flowchart ")
    nodes = [match[1] for line in lines if (match := re.fullmatch(r'  (n\d+)\["[^"]+"\]:::\w+', line))]
    edges = [match.groups() for line in lines if (match := re.fullmatch(r"  (n\d+) --> (n\d+)", line))]
    statements = {part.triple for part in walk(tree)}
    quotes = {quote for part in walk(tree) for quote in part.quotes}
    assert len(nodes) == len(set(nodes)) == len(statements) + len(quotes)
    assert {name for edge in edges for name in edge} == set(nodes)
    assert len(edges) == len(set(edges))


def test_nothing_in_a_diagram_ends_its_label(lookup: Lookup) -> None:
    lines = to_mermaid(hostile(), "en", labeller(lookup, "en")).splitlines()
    labels = [line for line in lines if "[" in line]
    assert len(labels) == 2
    for line in labels:
        label = line.partition('["')[2].rpartition('"]')[0].replace("<br/>", "")
        assert not set('"<>`') & set(label)
        assert not re.search(r"#(?!\d+;)", label)


def namesakes() -> Explanation:
    """Two districts of one name, each in a city, each read from an article of one title at one place."""
    within = NamedNode(str(expand("rp:within")))
    leaves = []
    for number in (1, 2):
        quote = Quote("朝阳区", f"{ID}evidence/{number}", f"{ID}article/{number}", "湿地简报", 4, 7)
        triple = Triple(NamedNode(f"{ID}region/{number}"), within, NamedNode(ID + "region/city"))
        leaves.append(Explanation(triple, "asserted", "", "读自原文", "read from the text", quotes=(quote,)))
    root = Triple(NamedNode(ID + "region/1"), NamedNode(str(expand("rp:near"))), NamedNode(ID + "region/2"))
    return Explanation(root, "owl", "TransitiveProperty", "传递", "transitive", premises=tuple(leaves))


def test_what_has_one_name_is_not_drawn_as_one() -> None:
    def label(term: object) -> str:
        return "朝阳区" if str(term).endswith(("region/1>", "region/2>")) else "x"

    lines = to_mermaid(namesakes(), "zh", label).splitlines()
    nodes = [line for line in lines if "[" in line]
    edges = {line.strip() for line in lines if "-->" in line}
    assert len(nodes) == 5
    assert len({line.partition("[")[2] for line in nodes}) == 3
    assert edges == {"n1 --> n0", "n2 --> n1", "n3 --> n0", "n4 --> n3"}


def test_a_drawing_is_xml_whatever_the_words() -> None:
    forbidden = "".join(map(chr, [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF]))
    quote = Quote(f"湿{forbidden}地", ID + "evidence/e", ID + "article/a", "湿地简报", 0, 3)
    triple = Triple(NamedNode(ID + "measure/m"), NamedNode(str(expand("rp:metric"))), Literal(forbidden))
    tree = Explanation(triple, "asserted", "", "读自原文", "read from the text", quotes=(quote,))
    root = fromstring(to_svg(tree, "zh", lambda term: getattr(term, "value", "") + forbidden))
    assert "“湿地”" in text_of(root)
    assert root.findtext(SVG + "title") == f"{ID}measure/m — {expand('rp:metric')} — "
