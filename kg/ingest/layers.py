"""The layers of named graphs: which graphs hold what was asserted, and which bulletins and articles there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad, Triple
from rdflib import DCTERMS, PROV, URIRef

from kg.authorities import region_authority
from kg.identifiers import data_iri
from kg.mapping.terms import node
from kg.namespaces import ID, RP, Graphs
from kg.store import View

_IN_BULLETIN = node(RP.inBulletin)
_AUTHORITIES = (Graphs.AUTHORITIES, Graphs.AUTHORITIES_INFERRED, Graphs.SCHEMES)


def triples(quads: Iterable[Quad]) -> Iterator[Triple]:
    """The quads without their graphs."""
    return (quad.triple for quad in quads)


def bulletin_keys(view: View) -> list[str]:
    """The keys of the bulletins in the store, sorted."""
    prefix = Graphs.BULLETIN_PREFIX
    return [name.value[len(prefix) :] for name in view.graphs() if name.value.startswith(prefix)]


def title_of(view: View, bulletin_key: str) -> str:
    """The title of a bulletin."""
    found = view.quads(node(data_iri("bulletin", bulletin_key)), node(URIRef(DCTERMS.title)))
    return next((quad.object.value for quad in found if isinstance(quad.object, Literal)), bulletin_key)


def asserted_quads(view: View) -> list[Quad]:
    """The quads of all bulletin and article graphs and of the entities graph: what inference starts from."""
    prefixes = (Graphs.ARTICLE_PREFIX, Graphs.BULLETIN_PREFIX)
    names = [name for name in view.graphs() if name.value.startswith(prefixes)]
    return [quad for name in (*names, node(Graphs.ENTITIES)) for quad in view.quads(graph=name)]


def authority_triples(view: View) -> Iterator[Triple]:
    """The authorities of the store with their closure, and the concept schemes."""
    return triples(chain.from_iterable(view.quads(graph=node(name)) for name in _AUTHORITIES))


def difference_of(view: View, article_key: str) -> frozenset[Quad]:
    """What corrections changed of an article as read: one quad, or none."""
    article = node(data_iri("article", article_key))
    return frozenset(view.quads(article, node(RP.asRead), None, node(Graphs.CORRECTIONS)))


READERS = ("rules", "llm", "annotation")
"""The readers, the more trusted later."""


def best_reader(article: Iterable[Quad]) -> int:
    """The rank of the most trusted reader among an article's quads; -1 where none has read it."""
    generated = node(PROV.wasGeneratedBy)
    readers = {
        quad.object.value.rsplit("/", 1)[1]
        for quad in article
        if quad.predicate == generated and isinstance(quad.object, NamedNode)
    }
    return max((READERS.index(reader) for reader in readers), default=-1)


def bulletins_of(view: View, article_key: str) -> set[str]:
    """The keys of the bulletins that hold an article."""
    held = view.quads(node(data_iri("article", article_key)), _IN_BULLETIN)
    return {quad.object.value.rsplit("/", 1)[1] for quad in held if isinstance(quad.object, NamedNode)}


def articles_of(view: View, bulletin_key: str) -> set[str]:
    """The keys of the articles that a bulletin holds."""
    held = view.quads(None, _IN_BULLETIN, None, node(Graphs.bulletin(bulletin_key)))
    return {quad.subject.value.rsplit("/", 1)[1] for quad in held if isinstance(quad.subject, NamedNode)}


def held_quads(view: View, bulletin_key: str, replaced: set[str]) -> list[Quad]:
    """The quads that go when a bulletin is replaced or removed.

    These are its own graph, and the graphs and texts of the articles that it alone holds or that are ``replaced``
    (article keys).
    """
    own = list(view.quads(graph=node(Graphs.bulletin(bulletin_key))))
    gone = set(replaced)
    for quad in own:
        if quad.predicate == _IN_BULLETIN and isinstance(quad.subject, NamedNode):
            holders = {held.graph_name for held in view.quads(quad.subject, _IN_BULLETIN)}
            if len(holders) == 1:
                gone.add(quad.subject.value.rsplit("/", 1)[1])
    held = list(own)
    for article in sorted(gone):
        held += view.quads(graph=node(Graphs.article(article)))
        held += view.quads(node(data_iri("article", article)), None, None, node(Graphs.TEXT))
        held += difference_of(view, article)
    return held


def mentions_of(view: View, entities: Iterable[NamedNode], gone: set[Quad]) -> list[Quad]:
    """Every mention of the entities in the store, but for the ones that go."""
    of = node(RP.of)
    found: list[Quad] = []
    for entity in entities:
        for link in view.quads(None, of, entity):
            if (
                link not in gone
                and isinstance(link.subject, NamedNode)
                and isinstance(link.graph_name, NamedNode)
            ):
                found += view.quads(link.subject, None, None, link.graph_name)
    return found


def is_known_region(entity: NamedNode) -> bool:
    """Whether it is a region of the authorities: its mentions, which can be thousands, say nothing that these do not."""
    cls, _, key = entity.value.removeprefix(ID).partition("/")
    return cls == "region" and region_authority().find(key) is not None
