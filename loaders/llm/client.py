"""Asking the endpoint: through the official client, which waits and tries again where the server says or fails."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from kg.errors import InputError
from loaders.llm.prompt import Prompt
from loaders.llm.schema import reply_schema
from loaders.llm.settings import Settings

try:
    import openai
    from openai.types.chat import ChatCompletion
except ImportError as error:  # the extra is not installed
    raise InputError("the language model reader is an extra: install regpol[llm]") from error

_LONGEST_WAIT = 120.0  # the client waits no longer than this between two attempts
_LONGEST_REASON = 200
_WRONG_SETTINGS = (openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError)


class NoReplyError(Exception):
    """No reply for one article, after all attempts; ``str(error)`` says why."""


@dataclass
class Client:
    """One connection pool for one event loop. ``tokens`` counts what the server says was used."""

    settings: Settings
    tokens: int = 0
    _plain: bool = field(default=False, repr=False)

    def __post_init__(self) -> None:
        self._client = openai.AsyncOpenAI(
            base_url=self.settings.endpoint,
            api_key=self.settings.key,
            timeout=self.settings.timeout,
            max_retries=self.settings.retries,
        )

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()

    async def ask(self, prompt: Prompt) -> str:
        """The text of the reply, not yet looked at.

        Raises NoReplyError where this article gets none, InputError where no article will (key, model, address).
        """
        longest = (self.settings.timeout + _LONGEST_WAIT) * (self.settings.retries + 1)
        try:
            async with asyncio.timeout(longest):
                return self._text(await self._completion(prompt))
        except _WRONG_SETTINGS as error:
            raise InputError(f"{self.settings.endpoint} refuses: {self._reason(error)}") from None
        except TimeoutError:
            raise NoReplyError("no answer in time") from None
        except (openai.OpenAIError, ValueError) as error:
            raise NoReplyError(self._reason(error)) from None

    async def _completion(self, prompt: Prompt) -> Any:
        """With a schema for the reply; from a server that knows none, plain JSON with the schema in the prompt."""
        if not self._plain:
            try:
                return await self._send(prompt.system, prompt.user, _structured())
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not any(word in str(error) for word in ("response_format", "json_schema")):
                    raise
                self._plain = True
        schema = json.dumps(reply_schema(), separators=(",", ":"))
        return await self._send(
            f"{prompt.system}\nJSON Schema of the reply:\n{schema}\n", prompt.user, {"type": "json_object"}
        )

    async def _send(self, system: str, user: str, form: Any) -> Any:
        return await self._client.chat.completions.create(
            model=self.settings.model,
            temperature=0,
            messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
            response_format=form,
        )

    def _text(self, completion: Any) -> str:
        """The reply's text; the client does not check what a server sends, so each part is looked for."""
        if not isinstance(completion, ChatCompletion):
            raise NoReplyError("the answer is no chat completion")
        usage = getattr(completion.usage, "total_tokens", None)
        self.tokens += usage if isinstance(usage, int) else 0
        choice = next(iter(completion.choices or []), None)
        content = getattr(getattr(choice, "message", None), "content", None)
        if not isinstance(content, str) or not content.strip():
            raise NoReplyError("the answer is empty or a refusal")
        return content

    def _reason(self, error: Exception) -> str:
        """The error on one line, of bounded length, without the key."""
        said = " ".join(str(error).split()) or type(error).__name__
        return said.replace(self.settings.key, "…")[:_LONGEST_REASON]


def _structured() -> dict[str, Any]:
    return {
        "type": "json_schema",
        "json_schema": {"name": "drafts", "strict": True, "schema": reply_schema()},
    }
