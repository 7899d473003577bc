"""Curation: the log of corrections in a store's folder, and new corrections made from what the store holds."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode
from rdflib import SKOS

from kg.authorities import region_authority
from kg.corrections import (
    Action,
    Correction,
    Corrections,
    Value,
    class_of,
    fingerprint,
    graph_key,
    parse_corrections,
)
from kg.errors import InputError, NotFoundError, StoreError
from kg.identifiers import digest
from kg.mapping.correcting import apply, as_read, shown
from kg.mapping.fields import is_list, parts_of, set_field
from kg.mapping.terms import Node, node
from kg.namespaces import ID, RP, Graphs
from kg.store import View

FILE: Final = "corrections.jsonl"


def read_log(store: Path) -> Corrections:
    """The corrections of a store's folder; none where it has no log. Raises InputError where a line is none."""
    path = store / FILE
    try:
        return (
            parse_corrections(path.read_text("utf-8").split("\n"), path) if path.exists() else Corrections()
        )
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: the corrections cannot be read ({error})") from None


def append(store: Path, correction: Correction) -> None:
    """Add a correction to the log, safe on disk when this returns. Raises StoreError where it cannot be written."""
    path = store / FILE
    try:
        torn = path.exists() and not path.read_bytes().endswith(b"\n") and path.stat().st_size
        with path.open("a", encoding="utf-8") as log:
            log.write(("\n" if torn else "") + correction.line())
            log.flush()
            os.fsync(log.fileno())
    except OSError as error:
        raise StoreError(
            f"{path}: the correction cannot be written, nothing was changed ({error.strerror})"
        ) from None


def now() -> str:
    """The clock, as a correction keeps it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


@dataclass(frozen=True)
class Decision:
    """Who decides, when and why: what all corrections carry."""

    who: str
    when: str
    why: str = ""


def fact_key(view: View, key: str, corrections: Corrections) -> str:
    """The fact or mention meant by a key: of a fact, a mention, or an entity that has one mention.

    Raises NotFoundError where there is none, or where an entity has several mentions, which are listed.
    """
    found = graph_key(key)
    if found.count("/") == 2:
        known = next(view.quads(node(ID + found), node(RP.evidence)), None)
        if known is None and not any(correction.target == found for correction in corrections.log):
            raise NotFoundError(f"no such fact in the store: {key}")
        return found
    mentions = sorted(
        {str(quad.subject)[1:-1].removeprefix(ID) for quad in view.quads(None, node(RP.of), node(ID + found))}
    )
    if len(mentions) != 1:
        told = (
            f"has {len(mentions)} mentions, name one: {', '.join(mentions)}" if mentions else "has no mention"
        )
        raise NotFoundError(f"{key} {told}")
    return mentions[0]


def accept(view: View, key: str, corrections: Corrections, decision: Decision) -> Correction:
    """A fact, or an entity that was merged into another, is right as read: earlier corrections of it are lifted.

    Raises NotFoundError where there is no such fact, or the entity was not merged.
    """
    if key in corrections.merges:
        return _correction("accept", key, decision, old=corrections.merges[key], new=key)
    merged = sorted(source for source, into in corrections.merges.items() if into == key)
    if merged:
        raise NotFoundError(
            f"{key} is not merged into another; merged into it, to be lifted: {', '.join(merged)}"
        )
    return _of_fact(view, "accept", fact_key(view, key, corrections), corrections, decision)


def reject(view: View, key: str, corrections: Corrections, decision: Decision) -> Correction:
    """A fact or mention is wrong. Raises NotFoundError where there is none of that key."""
    target = _present(view, fact_key(view, key, corrections))
    return _of_fact(view, "reject", target, corrections, decision, old=_label(view, target))


def set_value(
    view: View,
    key: str,
    field: str,
    values: tuple[str, ...] | None,
    corrections: Corrections,
    decision: Decision,
) -> Correction:
    """A field of a fact has another value; None empties it.

    Raises InputError where the field does not exist or the value does not fit, NotFoundError where the fact or what
    the value names is not there.
    """
    target = _present(view, fact_key(view, key, corrections))
    cls = class_of(target)
    old = [o for predicate, _ in parts_of(cls, field)[:1] for o in _objects(view, target, predicate)]
    several = is_list(cls, field)
    if not several and values is not None and len(values) != 1:
        raise InputError(f"{field} of a {cls} takes one value, {len(values)} are given")
    new: Value = (values or ()) if several else values[0] if values else None
    set_field(cls, field, new)
    told = shown(old)
    before: Value = tuple(told) if several else told[0] if told else None
    return _of_fact(view, "set", target, corrections, decision, field=field, old=before, new=new)


def merge(view: View, source: str, into: str, corrections: Corrections, decision: Decision) -> Correction:
    """An entity is another one. Raises InputError where the two cannot be one, NotFoundError where one is unknown."""
    for key in (source, into):
        _entity(view, key)
    if class_of(source) != class_of(into):
        raise InputError(f"{source} and {into} are of different classes: they cannot be one")
    if source == into or corrections.merges.get(into) == source:
        raise InputError(f"{source} and {into} are one already")
    if source.startswith("region/") and region_authority().find(source.partition("/")[2]):
        raise InputError(
            f"{source} stands in the table of regions: give its mentions another region with split"
        )
    return _correction("merge", source, decision, old=_label(view, source), new=into)


def split(view: View, key: str, into: str | None, corrections: Corrections, decision: Decision) -> Correction:
    """A mention is of another entity than the one it is held for: of ``into``, or of one of its own.

    Raises InputError where the other is of another class, NotFoundError where the mention or ``into`` is unknown.
    """
    target = _present(view, fact_key(view, key, corrections))
    if not target.startswith("mention/"):
        raise InputError(f"{target} is no mention of an entity")
    old = shown(_objects(view, target, RP.of))[0]
    cls = old.partition("/")[0]
    if into is not None:
        _entity(view, into)
        if into.partition("/")[0] != cls:
            raise InputError(f"{into} is no {cls}")
        if into == old:
            raise InputError(f"{target} is a mention of {into} already")
    return _of_fact(
        view,
        "split",
        target,
        corrections,
        decision,
        old=old,
        new=into or f"{cls}/x-{digest('split', target)}",
    )


def states(view: View, corrections: Corrections) -> Iterable[tuple[Correction, str]]:
    """Each correction of the log and how it stands: in force, lifted, or waiting for a target that is not there."""
    in_force, waiting = set(corrections.in_force), _waiting(view, corrections)
    for correction in corrections.log:
        state = "waiting" if correction.key in waiting else "in force"
        yield correction, state if correction in in_force else "lifted"


def _waiting(view: View, corrections: Corrections) -> set[str]:
    """The keys of the corrections that change nothing, since what they are about is not there."""
    told = list(view.quads(None, node(RP.asRead), None, node(Graphs.CORRECTIONS)))
    found = set()
    for correction in corrections.in_force:
        # what was read of a merged entity is told apart from what is held
        merged = correction.action == "merge"
        if merged and not any(f"<{ID}{correction.target}>" in str(quad.object) for quad in told):
            found.add(correction.key)
    for article in corrections.articles:
        held = frozenset(view.quads(graph=node(Graphs.article(article))))
        changed = [quad for quad in told if quad.subject == node(f"{ID}article/{article}")]
        issues = apply(article, as_read(held, changed), corrections)[1]
        found |= {issue.detail["correction"] for issue in issues}
    return found


def _of_fact(
    view: View,
    action: Action,
    target: str,
    corrections: Corrections,
    decision: Decision,
    *,
    field: str | None = None,
    old: Value = None,
    new: Value = None,
) -> Correction:
    """A correction of a fact, with the fingerprint of its quote: the store's, or that of its last correction."""
    article = target.split("/")[1]
    quotes = _quotes(view, node(ID + target))
    if quotes:
        quote: str | None = quotes[0]
        mark: str | None = fingerprint(quotes[0], article)
    else:
        last = next(correction for correction in reversed(corrections.log) if correction.target == target)
        quote, mark = last.quote, last.fingerprint
    return _correction(
        action,
        target,
        decision,
        article=article,
        fingerprint=mark,
        quote=quote,
        field=field,
        old=old,
        new=new,
    )


def _correction(
    action: Action,
    target: str,
    decision: Decision,
    *,
    article: str | None = None,
    fingerprint: str | None = None,
    quote: str | None = None,
    field: str | None = None,
    old: Value = None,
    new: Value = None,
) -> Correction:
    return Correction(
        target=target, action=action, article=article, fingerprint=fingerprint, quote=quote, field=field, old=old,
        new=new, who=decision.who, when=decision.when, why=decision.why,
    )  # fmt: skip


def _quotes(view: View, subject: NamedNode) -> list[str]:
    evidence = (quad.object for quad in view.quads(subject, node(RP.evidence)))
    quotes = (q.object for e in evidence if isinstance(e, NamedNode) for q in view.quads(e, node(RP.quote)))
    return sorted(quote.value for quote in quotes if isinstance(quote, Literal))


def _objects(view: View, key: str, predicate: str) -> list[Node]:
    """What an article's graph says under a property: not what was inferred."""
    inferred = node(Graphs.INFERRED)
    found = (q.object for q in view.quads(node(ID + key), node(predicate)) if q.graph_name != inferred)
    return [term for term in found if isinstance(term, NamedNode | Literal)]


def _label(view: View, key: str) -> str | None:
    forms = [*_objects(view, key, SKOS.prefLabel), *_objects(view, key, RP.statedLabel)]
    return next(iter(shown(forms)), None)


def _present(view: View, target: str) -> str:
    if not _quotes(view, node(ID + target)):
        raise NotFoundError(f"{target} is rejected; accept it first")
    return target


def _entity(view: View, key: str) -> None:
    """Raise where the store has no such entity."""
    if key.count("/") != 1 or class_of(key) in ("article", "bulletin", "mention", "evidence"):
        raise InputError(f"{key} is no entity")
    known = key.startswith("region/") and region_authority().find(key.partition("/")[2])
    if not known and next(view.quads(None, node(RP.of), node(ID + key)), None) is None:
        raise NotFoundError(f"no such entity in the store: {key}")
