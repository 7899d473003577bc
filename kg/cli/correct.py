"""``kg correct``: what a curator decides about facts and entities; it holds at once and on every later build."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from kg.cli.options import store_option
from kg.cli.wording import either, say
from kg.corrections import Correction, Corrections, class_of, graph_key
from kg.curation import Decision, accept, append, merge, now, read_log, reject, set_value, split, states
from kg.errors import InputError
from kg.ingest import Ingestion, renew_base
from kg.issues import Issue
from kg.mapping.fields import linked_classes
from kg.namespaces import ID
from kg.search import find_node
from kg.store import View, open_store


@click.group("correct")
def command() -> None:
    """Correct facts and entities 勘误: at once, and on every later build of the store.

    FACT is a key as tables show it (measure/…/…), an IRI, or the name of an entity that is mentioned once; ENTITY is a
    key or a name. Everything is kept in the store's corrections.jsonl, with who, when and why.
    """


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


Make = Callable[..., Correction]
"""Makes a correction from the view, the log, the decision and the arguments of its subcommand."""


def _writing(*, needs_why: bool) -> Callable[[Make], Callable[..., None]]:
    """A subcommand that makes one correction: opens the store, writes the correction, says what it did."""

    def decorate(make: Make) -> Callable[..., None]:
        @click.option("--why", required=needs_why, default="", help="The reason. 理由。")
        @click.option("--who", envvar="KG_WHO", default=_who, help="Who decides; default: the user. 何人。")
        @store_option
        @wraps(make)
        def run(store: Path, who: str, why: str, **arguments: Any) -> None:
            if not who.strip() or (needs_why and not why.strip()):
                raise InputError("a correction needs someone who decides, and a reason")
            renew_base(store)
            with open_store(store, write=True) as opened:
                known = read_log(store)
                correction = make(opened, known, Decision(who, now(), why), **arguments)
                ingestion = Ingestion(opened, corrections=Corrections((*known.log, correction)))
                outcome = ingestion.correct(before=lambda issues: _write(store, correction, issues))
            click.echo(say("corrected", what=_told(correction), n=outcome.articles))
            for issue in outcome.issues:
                click.echo(f"  - {either(issue.message_zh, issue.message_en)}")

        return run

    return decorate


def _write(store: Path, correction: Correction, issues: list[Issue]) -> None:
    """Add the correction to the log, unless it could not be applied."""
    for issue in issues:
        if issue.detail.get("correction") == correction.key:
            raise InputError(issue.message_en)
    append(store, correction)


@command.command("reject")
@click.argument("fact")
@_writing(needs_why=True)
def reject_command(view: View, known: Corrections, decision: Decision, fact: str) -> Correction:
    """FACT is wrong: it goes, and does not come back 剔除."""
    return reject(view, _key(view, fact), known, decision)


@command.command("accept")
@click.argument("target", metavar="FACT|ENTITY")
@_writing(needs_why=False)
def accept_command(view: View, known: Corrections, decision: Decision, target: str) -> Correction:
    """FACT is right as read, or a merged ENTITY one of its own: earlier corrections of it are lifted 认可、撤销."""
    return accept(view, _key(view, target), known, decision)


@command.command("set")
@click.argument("fact")
@click.argument("field")
@click.argument("values", metavar="[VALUE]...", nargs=-1)
@click.option("--clear", is_flag=True, help="Empty the field. 清空。")
@_writing(needs_why=True)
def set_command(
    view: View,
    known: Corrections,
    decision: Decision,
    fact: str,
    field: str,
    values: tuple[str, ...],
    clear: bool,
) -> Correction:
    """FIELD of FACT is VALUE; several for a field that is a list 改值. Fields have their names in `kg extract`."""
    if clear == bool(values):
        raise InputError("give either values or --clear")
    key = _key(view, fact)
    cls = class_of(graph_key(key))
    given = tuple(_key(view, found) for found in values) if linked_classes(cls, field) else values
    return set_value(view, key, field, None if clear else given, known, decision)


@command.command("merge")
@click.argument("entity")
@click.argument("into")
@_writing(needs_why=True)
def merge_command(view: View, known: Corrections, decision: Decision, entity: str, into: str) -> Correction:
    """ENTITY is the same as INTO 合并: all that is said of it is said of INTO. `kg correct accept ENTITY` lifts it."""
    return merge(view, _key(view, entity), _key(view, into), known, decision)


@command.command("split")
@click.argument("mention")
@click.argument("into", required=False)
@_writing(needs_why=True)
def split_command(
    view: View, known: Corrections, decision: Decision, mention: str, into: str | None
) -> Correction:
    """MENTION is of another entity 拆分: of INTO, or of one of its own."""
    return split(view, _key(view, mention), None if into is None else _key(view, into), known, decision)


@command.command("list")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@store_option
def list_command(form: str, store: Path) -> None:
    """List the corrections and how each stands 列出: in force, lifted, or waiting for a target that is not there."""
    with open_store(store) as view:
        found = list(states(view, read_log(store)))
    for correction, state in found:
        if form == "jsonl":
            held: dict[str, Any] = json.loads(correction.line())
            click.echo(json.dumps({**held, "state": state}, ensure_ascii=False))
        else:
            quote = f" “{correction.quote}”" if correction.quote else ""
            why = f": {correction.why}" if correction.why else ""
            click.echo(f"[{state}] {correction.when} {correction.who}: {_told(correction)}{quote}{why}")
    if not found and form == "text":
        click.echo("no corrections 没有勘误")


def _key(view: View, text: str) -> str:
    """The key of the fact or entity that a text means."""
    found = find_node(view, text).value
    if not found.startswith(ID):
        raise InputError(f"{text}: is neither a fact nor an entity")
    return found.removeprefix(ID)


def _told(correction: Correction) -> str:
    values = [
        ", ".join(value) or "nothing" if isinstance(value, tuple) else value or "nothing"
        for value in (correction.old, correction.new)
    ]
    match correction.action:
        case "set":
            return f"set {correction.target} {correction.field} {values[0]} → {values[1]}"
        case "merge" | "split":
            return f"{correction.action} {correction.target} → {values[1]}"
        case _:
            return f"{correction.action} {correction.target}"
