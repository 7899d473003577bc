"""Write the lists in `ontology/README.md`: classes, properties, axioms, concept schemes and checks, from the files.

In: regpol.ttl, shapes.ttl and schemes/*.ttl. Out: the text between the two marks of the README; the rest of it is
written by hand.

Usage, from the repository: `python scripts/ontology_readme.py [--check]`; with `--check` nothing is written and the
exit status is 1 where the README is not current.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
README = ONTOLOGY / "README.md"
BEGIN = "<!-- written by scripts/ontology_readme.py: begin -->"
END = "<!-- written by scripts/ontology_readme.py: end -->"

_NS = Namespace("https://w3id.org/regpol/ns#")
_SHAPE = Namespace("https://w3id.org/regpol/shape/")
_PREFIXES = {
    str(_NS): "",
    str(_SHAPE): "",
    str(RDFS): "rdfs:",
    str(SKOS): "skos:",
    "http://www.w3.org/2001/XMLSchema#": "xsd:",
}


def generated() -> str:
    """The lists as Markdown."""
    ontology = Graph().parse(ONTOLOGY / "regpol.ttl")
    parts = (_classes(ontology), _properties(ontology), _axioms(ontology), _schemes(), _checks())
    return "\n\n".join("\n".join(part) for part in parts)


def short(term: Node | None) -> str:
    """The name of a term under its prefix; ours have none."""
    text = "" if term is None else str(term)
    for namespace, prefix in _PREFIXES.items():
        if text.startswith(namespace):
            return prefix + text.removeprefix(namespace)
    return text


def said(graph: Graph, node: Node, predicate: URIRef, language: str) -> str:
    """The literal of a node in one language, safe inside a table."""
    found = [o for o in graph.objects(node, predicate) if isinstance(o, Literal) and o.language == language]
    return str(found[0]).replace("|", "\\|") if found else ""


def _terms(graph: Graph, *kinds: URIRef) -> list[URIRef]:
    found = {
        s for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef) and s in _NS
    }
    return sorted(found, key=str)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _table(*heads: str) -> list[str]:
    return [_row(*heads), _row(*("---" for _ in heads))]


def _names(terms: Iterable[Node]) -> str:
    return ", ".join(sorted(f"`{short(term)}`" for term in terms))


def _both(graph: Graph, term: Node) -> tuple[str, str, str]:
    names = f"{said(graph, term, RDFS.label, 'zh')} / {said(graph, term, RDFS.label, 'en')}"
    return names, said(graph, term, RDFS.comment, "zh"), said(graph, term, RDFS.comment, "en")


def _classes(graph: Graph) -> Iterator[str]:
    terms = _terms(graph, OWL.Class)
    yield f"### Classes 类 ({len(terms)})\n"
    yield from _table("class", "below", "名称 name", "说明", "what it is")
    for term in terms:
        yield _row(f"`{short(term)}`", _names(graph.objects(term, RDFS.subClassOf)), *_both(graph, term))


def _properties(graph: Graph) -> Iterator[str]:
    terms = _terms(graph, OWL.ObjectProperty, OWL.DatatypeProperty)
    yield f"### Properties 属性 ({len(terms)})\n"
    yield from _table("property", "from → to", "名称 name", "说明", "what it says")
    for term in terms:
        literal = (term, RDF.type, OWL.DatatypeProperty) in graph
        target = _names(graph.objects(term, RDFS.range)) or ("literal" if literal else "any")
        scheme = graph.value(term, RDFS.seeAlso)
        if scheme is not None:
            target = f"concept of `{str(scheme).rsplit('/', 1)[1]}`"
        yield _row(
            f"`{short(term)}`",
            f"{_names(graph.objects(term, RDFS.domain)) or 'any'} → {target}",
            *_both(graph, term),
        )


def _axioms(graph: Graph) -> Iterator[str]:
    yield "### Axioms that infer 推断公理\n"
    lines = [f"`{short(s)}` ⊑ `{short(o)}`" for s, o in graph.subject_objects(RDFS.subPropertyOf)]
    for chained, chain in graph.subject_objects(OWL.propertyChainAxiom):
        lines.append(
            f"`{'` ∘ `'.join(short(step) for step in Collection(graph, chain))}` → `{short(chained)}`"
        )
    lines += [f"`{short(s)}` is transitive 传递" for s in graph.subjects(RDF.type, OWL.TransitiveProperty)]
    lines += [f"`{short(s)}` is symmetric 对称" for s in graph.subjects(RDF.type, OWL.SymmetricProperty)]
    lines += [
        f"`{short(s)}` is the inverse of `{short(o)}` 互逆" for s, o in graph.subject_objects(OWL.inverseOf)
    ]
    yield from (f"- {line}" for line in sorted(lines))


def _schemes() -> Iterator[str]:
    paths = sorted((ONTOLOGY / "schemes").glob("*.ttl"))
    yield f"### Concept schemes 概念表 ({len(paths)})\n"
    yield from _table("scheme", "名称 name", "concepts 概念")
    for path in paths:
        graph = Graph().parse(path)
        scheme = graph.value(None, RDF.type, SKOS.ConceptScheme)
        assert scheme is not None
        concepts = sorted(graph.subjects(SKOS.inScheme, scheme), key=str)
        keys = ", ".join(
            f"`{graph.value(concept, SKOS.notation)}` {said(graph, concept, SKOS.prefLabel, 'zh')}"
            for concept in concepts
        )
        names = f"{said(graph, scheme, SKOS.prefLabel, 'zh')} / {said(graph, scheme, SKOS.prefLabel, 'en')}"
        yield _row(f"[`{path.stem}`](schemes/{path.name})", names, keys)


def _checks() -> Iterator[str]:
    graph = Graph().parse(ONTOLOGY / "shapes.ttl")
    told = set(graph.subjects(SH.message, None))
    checks = sorted((graph.value(None, SH.sparql, node) or node, node) for node in told)
    yield f"### Checks 校验项 ({len(checks)})\n"
    yield from _table("check", "severity", "校验信息", "message")
    for check, node in checks:
        severity = short(graph.value(check, SH.severity) or SH.Violation).removeprefix(str(SH))
        yield _row(
            f"`{short(check)}`",
            severity,
            said(graph, node, SH.message, "zh"),
            said(graph, node, SH.message, "en"),
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the lists, or with `--check` say whether they are current."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where the README is not current"
    )
    options = parser.parse_args(arguments)
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    current = f"{before}{BEGIN}\n\n{generated()}\n\n{END}{after}"
    if options.check:
        if text != current:
            print("ontology/README.md is not current: run scripts/ontology_readme.py", file=sys.stderr)
        return 0 if text == current else 1
    README.write_text(current, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
