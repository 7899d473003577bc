"""The catalogue: headers, parameters by name, and values that try to be more than values."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotFoundError, QueryError
from kg.queries import Parameter, QueryResults, bind, catalogue, find, read_query, resolver
from scripts.query_readme import main, readme

HEADER = "#+ title_zh: 题\n#+ title_en: Title\n#+ question_zh: 问？\n#+ question_en: Question?\n"
TEXT = (
    "#+ param: word; string; default=x; zh=词; en=word\n#+ param: n; integer; default=1; zh=数; en=number\n"
)
BODY = 'SELECT ?word ?n { VALUES $word { "x" } VALUES $n { 1 } }\n'
REGION = "#+ param: region; iri:region; default=R:310000; zh=地区; en=region\n"
REGION_BODY = "PREFIX R: <https://w3id.org/regpol/id/region/>\nSELECT ?region { VALUES $region { R:310000 } } ORDER BY ?region\n"
R = "https://w3id.org/regpol/id/region/"


class MemoryView:
    """A store in memory as a view."""

    def __init__(self) -> None:
        self.store = ox.Store()

    def query(self, text: str, *, union: bool = True) -> QueryResults:
        return self.store.query(text, use_default_graph_as_union=union)


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "cq99-test.rq"
    path.write_text(text, encoding="utf-8")
    return path


def names(name: str, cls: str) -> list[str]:
    known = {"苏州": ["320500"], "Suzhou": ["320500"], "朝阳区": ["110105", "220104"]}
    assert cls == "region"
    return [R + key for key in known.get(name, [])]


def values_of(text: str) -> list[list[str]]:
    found = ox.Store().query(text)
    assert isinstance(found, ox.QuerySolutions)
    return [[term.value for term in row if isinstance(term, ox.Literal | ox.NamedNode)] for row in found]


def test_catalogue_is_read_once_and_in_order() -> None:
    assert catalogue() is catalogue()
    assert list(catalogue()) == sorted(catalogue())


@pytest.mark.parametrize("name", ["cq01", "cq01-cross-region-pacts"])
def test_a_question_is_found_by_number_or_name(name: str) -> None:
    assert find(name).name == "cq01-cross-region-pacts"


def test_unknown_question_lists_the_known_ones() -> None:
    with pytest.raises(QueryError, match=r"unknown query 'cq99'; known: cq01-cross-region-pacts, cq02"):
        find("cq99")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BODY, "header lines are missing: title_zh, title_en"),
        (HEADER + "#+ title_en: again\n" + BODY, "'title_en' is unknown or given twice"),
        (HEADER + "#+ colour: red\n" + BODY, "'colour' is unknown"),
        (HEADER + "#+ param: n; integer; zh=数\n" + BODY, "malformed parameter line"),
        (HEADER + "#+ param: n; iri; zh=数; en=n\n" + BODY, "malformed parameter line"),
        (HEADER + "#+ param: n; colour; zh=数; en=n\n" + BODY, "malformed parameter line"),
        (HEADER + "#+ param: m; integer; zh=数; en=m\n" + BODY, r"no block VALUES \$m"),
    ],
)
def test_wrong_headers_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read_query(write(tmp_path, text))


@pytest.mark.parametrize(
    ("value", "iri"),
    [
        ("苏州", "320500"),
        ("Suzhou", "320500"),
        (" R:320500 ", "320500"),
        ("320500", "320500"),
        ("rpid:region/320500", "320500"),
        (R + "yangtze-delta", "yangtze-delta"),
        (f"<{R}yangtze-delta>", "yangtze-delta"),
    ],
)
def test_a_region_is_named_in_many_ways(tmp_path: Path, value: str, iri: str) -> None:
    query = read_query(write(tmp_path, HEADER + REGION + REGION_BODY))
    assert values_of(bind(query, {"region": value}, names)) == [[R + iri]]


def test_an_ambiguous_name_lists_its_candidates(tmp_path: Path) -> None:
    query = read_query(write(tmp_path, HEADER + REGION + REGION_BODY))
    with pytest.raises(
        NotFoundError,
        match="'朝阳区' names more than one region: R:110105 \\(朝阳区, 北京市\\), R:220104 \\(朝阳区, 长春市\\)",
    ):
        bind(query, {"region": "朝阳区"}, names)
    with pytest.raises(NotFoundError, match="no region is called '无此地'"):
        bind(query, {"region": "无此地"}, names)


def test_an_unknown_parameter_lists_the_known_ones(tmp_path: Path) -> None:
    query = read_query(write(tmp_path, HEADER + TEXT + BODY))
    with pytest.raises(QueryError, match="query cq99-test has no parameter 'm'; known: word, n"):
        bind(query, {"m": "1"}, names)


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("integer", "1.5", "must be a whole number"),
        ("integer", "1 } } DROP ALL", "must be a whole number"),
        ("integer", "１", "must be a whole number"),
        ("integer", "", "must be a whole number"),
        ("decimal", "NaN", "must be a number"),
        ("decimal", "1e", "must be a number"),
        ("date", "2022", "must be a date like 2022-12-31"),
        ("date", "2022-02-30", "no calendar has the day 2022-02-30"),
        ("iri", "http://x/> } DROP ALL #", "is not an IRI"),
        ("iri", "<http://x/ y>", "is not an IRI"),
        ("iri", "<relative>", "is not an IRI"),
        ("iri", "R:a>b", "is not an IRI"),
        ("iri", "", "must not be empty"),
    ],
)
def test_values_of_the_wrong_type_are_refused(tmp_path: Path, kind: str, value: str, message: str) -> None:
    shown = "iri:region" if kind == "iri" else kind
    line = f"#+ param: n; {shown}; default=1; zh=数; en=n\n"
    query = read_query(write(tmp_path, HEADER + line + "SELECT ?n { VALUES $n { 1 } }\n"))
    with pytest.raises(QueryError, match=message):
        bind(query, {"n": value}, names)


@given(
    word=st.text(alphabet=st.characters(exclude_categories=["Cs"]))
    | st.sampled_from(['" } DROP ALL #', "VALUES $n { 7 }"])
)
def test_a_string_stays_a_string(tmp_path_factory: pytest.TempPathFactory, word: str) -> None:
    query = read_query(write(tmp_path_factory.mktemp("q"), HEADER + TEXT + BODY))
    assert values_of(bind(query, {"word": word, "n": "2"}, names)) == [[word.strip(), "2"]]


def test_an_open_parameter_may_be_left_empty() -> None:
    query = find("cq12")
    assert "VALUES $region { UNDEF }" in bind(query, {"region": ""}, names)
    assert f"VALUES $region {{ <{R}320500> }}" in bind(query, {"region": "苏州"}, names)


def test_names_are_resolved_in_a_view() -> None:
    view = MemoryView()
    view.store.update(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX b: <https://w3id.org/regpol/> INSERT DATA { GRAPH b:g {"
        '<https://w3id.org/regpol/id/region/320500> skos:prefLabel "苏州市"@zh , "Suzhou"@en ; skos:altLabel "苏州"@zh .'
        '<https://w3id.org/regpol/id/actor/x-1> skos:prefLabel "苏州"@zh .'
        '<https://w3id.org/regpol/concept/level/county> skos:notation "county" ; skos:prefLabel "县级"@zh } }'
    )
    resolve = resolver(view)
    assert [resolve(name, "region") for name in ("苏州市", "苏州", "Suzhou", "亚特兰蒂斯")] == [
        [R + "320500"]
    ] * 3 + [[]]
    # short forms that the view does not hold are known to the authorities; a place of today goes before a bygone one
    assert [resolve(name, "region") for name in ("四川", "重庆市", "沪")] == [
        [R + "510000"],
        [R + "500000"],
        [R + "310000"],
    ]
    assert resolve("湖北省政府", "actor") == ["https://w3id.org/regpol/id/actor/420000-government"]
    assert resolve("苏州", "actor") == ["https://w3id.org/regpol/id/actor/x-1"]
    assert resolve("county", "concept/level") == resolve("县级", "concept/level") != []
    assert resolve('" } #', "region") == []


def test_parameters_are_plain_values() -> None:
    assert find("cq06").parameters == (Parameter("region", "iri", "region", "R:320500", "地区", "region"),)


def test_the_readme_is_up_to_date() -> None:
    assert main(["--check"]) == 0
    assert all(query.name in readme() for query in catalogue().values())
