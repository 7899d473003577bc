"""Documents that tell of a cooperation: where one is signed or issued, what kind of pact it is and what about."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from kg.model import CooperationKind, DocumentFact
from loaders.fold import fold_words
from loaders.lexicon import read_table
from loaders.reading import Clause, Reading, occurrences
from loaders.recognise.cooperation_parties import PartyFinder
from loaders.recognise.titles import strip_edition, verbs

_ABOUT = re.compile(
    r"^.{0,30}?关于(?:进一步)?(?:推进|加强|支持|加快|促进|推动|开展|做好|深化|规范)?(?P<subject>.+?)的[^的]+$"
)
_TAIL = re.compile(
    r"(?:战略)?(?:合作)?(?:框架)?(?:试点|行动|实施|总体|工作|合作|指导|管理|若干|专项)*"
    r"(?:协议|备忘录|协定|方案|计划|规划|意见|办法|措施|清单|规定|通知|细则)$"
)


@cache
def _title_kinds() -> tuple[tuple[str, CooperationKind], ...]:
    return tuple(
        (row["word"], cast(CooperationKind, row["kind"])) for row in read_table("cooperation_titles")
    )


def kind_of_pact(document: DocumentFact) -> CooperationKind:
    """What is signed is an agreement, unless it is a list of what is done together (…通办清单)."""
    if document.kind != "agreement":
        for word, kind in _title_kinds():
            if word in fold_words(document.title):
                return kind
    return "agreement"


def own_places(reading: Reading, document: DocumentFact) -> list[int]:
    """Where a title stands in the folded text, but not inside the longer title of another document."""
    title = fold_words(document.title)
    longer = [t for d in reading.facts.documents if title in (t := fold_words(d.title)) and t != title]
    spans = [(at, at + len(t)) for t in longer for at in occurrences(reading.text, t)]
    return [at for at in occurrences(reading.text, title) if not any(s <= at < e for s, e in spans)]


def signing_of(parties: PartyFinder, document: DocumentFact) -> tuple[Clause, str, int] | None:
    """The clause of the issue or the signing, the verb, and where the clause with the title ends.

    The first place whose clauses name one who issued or signed it, else the first of the body.
    """
    places = own_places(parties.reading, document)
    ordered = sorted(places, key=lambda p: p < parties.reading.title_end)
    told = [place for p in ordered if (place := _signing_at(parties, p)) is not None]
    names = set(document.issuers)
    body = [p for p in told if p[0].start > parties.reading.title_end]
    naming = (p for p in body if names & {n.name for n in parties.named(p[0].start, p[2])})
    return next(naming, told[0] if told else None)


def _signing_at(parties: PartyFinder, place: int) -> tuple[Clause, str, int] | None:
    """The clause of the verb before a title, else that of the verb after it (《…》在甲地签署)."""
    sentence = parties.reading.sentence_at(place)
    own = next(c for c in sentence.clauses if place < c.end)
    for clause in reversed([c for c in sentence.clauses if c.start <= place]):
        found = list(verbs("issue", "sign").finditer(parties.text, clause.start, min(place, clause.end)))
        if not found and clause == own:
            found = list(verbs("issue", "sign").finditer(parties.text, place, own.end))[:1]
        if found:
            return clause, found[-1].group(), own.end
    return None


def subject_of_title(title: str) -> str:
    """What a document is about: its title without 关于 and the word for its kind."""
    bare = strip_edition(fold_words(title))
    match = _ABOUT.match(bare)
    words = match["subject"] if match else _TAIL.sub("", bare)
    return words or bare
