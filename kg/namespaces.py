"""The only place with IRIs: namespaces, the closed vocabulary of ``rp:``, graph names and CURIEs.

The terms are those of ``ontology/regpol.ttl``; a test compares the two both ways.
"""

from __future__ import annotations

import re
from typing import Final

from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from kg.errors import NotFoundError

BASE: Final = "https://w3id.org/regpol/"
CONCEPT: Final = BASE + "concept/"
ID: Final = BASE + "id/"
GRAPH: Final = BASE + "graph/"
RULE: Final = BASE + "rule/"
SHAPE: Final = BASE + "shape/"

REGION_RULES: Final = (RULE + "default-region", RULE + "article-region")
"""The rules that supply a region which the text does not state (推定地区)."""

GEO = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
OA = Namespace("http://www.w3.org/ns/oa#")
DQV = Namespace("http://www.w3.org/ns/dqv#")
SH = Namespace("http://www.w3.org/ns/shacl#")


_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20\ud800-\udfff]*")


class RP(DefinedNamespace):
    """Terms of the Regpol ontology. A misspelt term raises."""

    _fail = True
    _NS = Namespace(BASE + "ns#")

    # classes
    Region: URIRef
    AdministrativeRegion: URIRef
    Country: URIRef
    FunctionalZone: URIRef
    MegaRegion: URIRef
    OtherRegion: URIRef
    UnresolvedRegion: URIRef
    Membership: URIRef
    Actor: URIRef
    Agency: URIRef
    Alliance: URIRef
    Programme: URIRef
    PolicyDocument: URIRef
    Cooperation: URIRef
    CrossRegionCooperation: URIRef
    Fact: URIRef
    Measure: URIRef
    Target: URIRef
    Figure: URIRef
    Event: URIRef
    FirstClaim: URIRef
    DocumentRelation: URIRef
    Bulletin: URIRef
    Article: URIRef
    Mention: URIRef
    Evidence: URIRef
    Extraction: URIRef
    Explanation: URIRef
    Rule: URIRef
    Correction: URIRef
    Doubt: URIRef

    # regions
    code: URIRef
    level: URIRef
    zoneKind: URIRef
    within: URIRef
    contains: URIRef
    partOf: URIRef
    memberOf: URIRef
    spans: URIRef
    overlaps: URIRef
    validFrom: URIRef
    validTo: URIRef
    candidate: URIRef
    member: URIRef
    whole: URIRef

    # actors
    actorType: URIRef
    actorLevel: URIRef
    jurisdiction: URIRef
    function: URIRef
    parentActor: URIRef
    cooperatesWith: URIRef

    # documents and programmes
    issuedBy: URIRef
    documentKind: URIRef
    relationKind: URIRef
    actingDocument: URIRef
    carriesOut: URIRef
    amends: URIRef
    replaces: URIRef
    repeals: URIRef
    extends: URIRef
    programmeKind: URIRef
    participant: URIRef
    lead: URIRef

    # measures, targets, figures, events, claims
    instrument: URIRef
    appliesIn: URIRef
    inRegion: URIRef
    sector: URIRef
    targetGroup: URIRef
    setOutIn: URIRef
    takenBy: URIRef
    status: URIRef
    metric: URIRef
    value: URIRef
    valueMax: URIRef
    statedValue: URIRef
    unit: URIRef
    comparator: URIRef
    deadline: URIRef
    deadlineDay: URIRef
    figureKind: URIRef
    about: URIRef
    eventType: URIRef
    date: URIRef
    day: URIRef
    actor: URIRef
    scope: URIRef

    # cooperation
    party: URIRef
    partyRegion: URIRef
    statedPartyRegion: URIRef
    cooperationKind: URIRef
    subject: URIRef
    agreement: URIRef
    hasMeasure: URIRef
    actsIn: URIRef
    crosses: URIRef
    coversAllOf: URIRef
    throughZone: URIRef

    # sources and evidence
    inBulletin: URIRef
    section: URIRef
    position: URIRef
    text: URIRef
    year: URIRef
    aboutRegion: URIRef
    evidence: URIRef
    inArticle: URIRef
    source: URIRef
    quote: URIRef
    start: URIRef
    end: URIRef
    line: URIRef
    page: URIRef
    confidence: URIRef
    of: URIRef
    role: URIRef
    surfaceForm: URIRef
    statedLabel: URIRef
    statedAlias: URIRef
    statedKind: URIRef
    statedIssuer: URIRef
    statedParty: URIRef
    statedLead: URIRef
    statedRegion: URIRef
    statedSubject: URIRef
    statedDate: URIRef
    statedAgreement: URIRef
    statedMeasure: URIRef
    statedCrossRegion: URIRef

    # doubts
    doubtCode: URIRef
    severity: URIRef
    message: URIRef

    # corrections
    action: URIRef
    field: URIRef
    oldValue: URIRef
    newValue: URIRef
    asRead: URIRef

    # reasoning and the store
    rule: URIRef
    premise: URIRef
    storeVersion: URIRef


class Graphs:
    """Names of the named graphs (DESIGN rule 6: each triple stands in exactly one)."""

    AUTHORITIES: Final = URIRef(GRAPH + "authorities")
    AUTHORITIES_INFERRED: Final = URIRef(GRAPH + "authorities/inferred")
    SCHEMES: Final = URIRef(GRAPH + "schemes")
    ONTOLOGY: Final = URIRef(GRAPH + "ontology")
    ENTITIES: Final = URIRef(GRAPH + "entities")
    INFERRED: Final = URIRef(GRAPH + "inferred")
    CORRECTIONS: Final = URIRef(GRAPH + "corrections")
    QUALITY: Final = URIRef(GRAPH + "quality")
    TEXT: Final = URIRef(GRAPH + "text")
    SYSTEM: Final = URIRef(GRAPH + "system")
    ARTICLE_PREFIX: Final = GRAPH + "article/"
    BULLETIN_PREFIX: Final = GRAPH + "bulletin/"

    @staticmethod
    def article(article_key: str) -> URIRef:
        """The graph of one article's facts, mentions and evidence."""
        return URIRef(Graphs.ARTICLE_PREFIX + article_key)

    @staticmethod
    def bulletin(bulletin_key: str) -> URIRef:
        """The graph that says which articles one bulletin holds."""
        return URIRef(Graphs.BULLETIN_PREFIX + bulletin_key)


PREFIXES: Final[dict[str, str]] = {
    "rp": str(RP._NS),
    "rpc": CONCEPT,
    "rpid": ID,
    "rpg": GRAPH,
    "rpr": RULE,
    "rps": SHAPE,
    "R": ID + "region/",
    "rdf": str(RDF._NS),
    "rdfs": str(RDFS._NS),
    "owl": str(OWL._NS),
    "xsd": str(XSD._NS),
    "skos": str(SKOS._NS),
    "dct": str(DCTERMS._NS),
    "prov": str(PROV._NS),
    "oa": str(OA),
    "geo": str(GEO),
    "dqv": str(DQV),
    "sh": str(SH),
}


def sparql_prefixes() -> str:
    """The prefix table as SPARQL ``PREFIX`` lines."""
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def concept(scheme: str, key: str) -> URIRef:
    """The IRI of a concept: ``concept("instrument", "standard")``."""
    return URIRef(f"{CONCEPT}{scheme}/{key}")


def concept_scheme(scheme: str) -> URIRef:
    """The IRI of a concept scheme."""
    return URIRef(CONCEPT + scheme)


def compact(iri: str) -> str:
    """The CURIE of an IRI under the longest matching prefix, or the IRI in angle brackets."""
    best = max(
        (p for p, ns in PREFIXES.items() if iri.startswith(ns) and "/" not in iri[len(ns) :] and iri != ns),
        key=lambda p: len(PREFIXES[p]),
        default=None,
    )
    return f"<{iri}>" if best is None else f"{best}:{iri[len(PREFIXES[best]) :]}"


def short(iri: str) -> str:
    """The IRI as people read it: ``region/310000`` or ``instrument/standard`` for ours, else the CURIE."""
    for base in (ID, CONCEPT):
        if iri.startswith(base):
            return iri[len(base) :]
    return compact(iri)


def checked_iri(text: str) -> URIRef:
    """The text as an IRI. Raises NotFoundError where it holds a character that no IRI has (RFC 3987, SPARQL IRIREF)."""
    if not _IRI.fullmatch(text):
        raise NotFoundError(f"not an IRI: {text!r}")
    return URIRef(text)


def expand(curie: str) -> URIRef:
    """The IRI of ``<iri>``, a full IRI or a CURIE; ``a`` is rdf:type.

    Raises NotFoundError where the prefix is unknown.
    """
    if curie == "a":
        return RDF.type
    if curie.startswith("<") and curie.endswith(">"):
        return checked_iri(curie[1:-1])
    if curie.startswith(("http://", "https://")):
        return checked_iri(curie)
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        raise NotFoundError(f"unknown prefix in {curie!r}; known: {', '.join(sorted(PREFIXES))}")
    return checked_iri(PREFIXES[prefix] + local)
