"""The second reader: articles in, facts of the model (alone or merged with the rules') out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from tqdm import tqdm

from kg.authorities import agency_authority, region_authority
from kg.errors import InputError
from kg.issues import Issue
from kg.model import Article, ArticleFacts, Facts
from loaders.anchoring import anchor
from loaders.extraction import extract
from loaders.linking import link
from loaders.llm.cache import ReplyCache
from loaders.llm.checks import Gate
from loaders.llm.client import Client, NoReplyError
from loaders.llm.linking import with_links
from loaders.llm.merging import merge
from loaders.llm.prompt import Prompt, prompt_of
from loaders.llm.reply import UnreadableReplyError, parse_reply, valid_drafts
from loaders.llm.settings import Settings
from loaders.llm.verdicts import Refusal, rejected, unread
from loaders.reading import Reading
from loaders.recognise import regions

_GIVE_UP = 5  # articles without any answer, before the first answer


def judge(article: Article, reply: str) -> ArticleFacts:
    """The facts of a reply that stand, and the reasons of the rest. Pure.

    Raises UnreadableReplyError where the reply is not of the form asked for.
    """
    drafts, issues = valid_drafts(article, parse_reply(reply))
    anchored = anchor(article, drafts)
    issues += [_as_ours(article, issue) for issue in anchored.issues]
    reading = Reading(article, region_authority(), agency_authority())
    reading.facts.regions = regions.recognise(reading)
    gate = Gate(reading)
    facts = link(gate.admit(anchored.facts))
    return ArticleFacts(article=article, facts=facts, issues=[*issues, *gate.issues])


def _as_ours(article: Article, issue: Issue) -> Issue:
    """A rejection by the anchoring under the code of this reader's rejections."""
    kind, _, why = issue.message_en.removeprefix("draft of ").partition(" rejected: ")
    found = rejected(article, kind, issue.quote or "", Refusal(why, issue.message_zh.partition("：")[2]))
    return replace(found, start=issue.start, fact=issue.fact)


@dataclass
class LanguageModelReader:
    """Reads articles with a language model; with ``with_rules`` the rules read as well, and the two are merged.

    An article that the model does not read keeps what the rules found, with an issue.
    """

    settings: Settings
    with_rules: bool = False
    tokens: int = 0
    _answered: int = field(default=0, repr=False)
    _unanswered: list[str] = field(default_factory=list, repr=False)

    def read(self, articles: Sequence[Article], bar: tqdm[Any] | None = None) -> list[ArticleFacts]:
        """The facts of each article, in the order given. ``bar`` is moved on by one an article and shows the tokens.

        Raises InputError where the settings are wrong, or where the endpoint answers for no article at all.
        """
        if not articles:
            return []
        if bar is not None:
            return self._run(articles, bar)
        with tqdm(total=len(articles), unit="article", disable=None) as own:
            return self._run(articles, own)

    def _run(self, articles: Sequence[Article], bar: tqdm[Any]) -> list[ArticleFacts]:
        try:
            return asyncio.run(self._read_all(articles, bar))
        except ExceptionGroup as group:
            # the workers fail together: the first reason says enough
            raise group.exceptions[0] from None

    async def _read_all(self, articles: Sequence[Article], bar: tqdm[Any]) -> list[ArticleFacts]:
        found: dict[int, ArticleFacts] = {}
        waiting = iter(enumerate(articles))
        async with Client(self.settings, self.tokens) as client, asyncio.TaskGroup() as workers:
            for _ in range(min(self.settings.parallel, len(articles))):
                workers.create_task(self._work(client, waiting, found, bar))
        self._insist_on_an_answer(least=1)
        return [found[number] for number in range(len(articles))]

    async def _work(
        self,
        client: Client,
        waiting: Iterator[tuple[int, Article]],
        found: dict[int, ArticleFacts],
        bar: tqdm[Any],
    ) -> None:
        """Take articles one by one until none waits: as many run at once as there are workers."""
        for number, article in waiting:
            found[number] = await self._read(client, article)
            self.tokens = client.tokens
            bar.set_postfix(tokens=self.tokens, refresh=False)
            bar.update()

    async def _read(self, client: Client, article: Article) -> ArticleFacts:
        try:
            read = await self._from_model(client, article)
            self._answered += 1
        except (NoReplyError, UnreadableReplyError) as error:
            read = ArticleFacts(article=article, facts=Facts(), issues=[unread(article, str(error))])
            if isinstance(error, NoReplyError):
                self._unanswered.append(str(error))
            self._insist_on_an_answer(least=_GIVE_UP)
        return with_links(merge(extract(article), read) if self.with_rules else read)

    def _insist_on_an_answer(self, least: int) -> None:
        """An endpoint that never answers (``least`` times asked) is wrong settings, not a doubt about each article."""
        if not self._answered and len(self._unanswered) >= least:
            raise InputError(f"{self.settings.endpoint} answers for no article: {self._unanswered[-1]}")

    async def _from_model(self, client: Client, article: Article) -> ArticleFacts:
        """From a kept reply, else from the endpoint; only a readable reply is kept."""
        cache, prompt = ReplyCache(self.settings), prompt_of(article)
        kept = cache.get(prompt)
        if kept is not None:
            with suppress(UnreadableReplyError):  # spoilt: asked anew
                return judge(article, kept)
        try:
            return await self._asked(client, cache, prompt, article)
        except UnreadableReplyError:
            return await self._asked(client, cache, prompt, article)  # once more, and no more

    async def _asked(
        self, client: Client, cache: ReplyCache, prompt: Prompt, article: Article
    ) -> ArticleFacts:
        reply = await client.ask(prompt)
        read = judge(article, reply)
        cache.put(prompt, reply)
        return read
