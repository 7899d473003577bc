"""Replies kept by content: asking the same again costs nothing."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.identifiers import digest
from loaders.llm.prompt import Prompt
from loaders.llm.schema import reply_schema
from loaders.llm.settings import Settings

_KEY_LENGTH = 40


@dataclass(frozen=True)
class ReplyCache:
    """A folder of replies, one file each, named by the hash of article, instructions, schema, model and endpoint.

    The key to the server is in neither name nor content.
    """

    settings: Settings

    def get(self, prompt: Prompt) -> str | None:
        """The kept reply, or None; a file that cannot be read or parsed counts as none."""
        try:
            kept = json.loads(self._path(prompt).read_text(encoding="utf-8"))
            reply = kept["reply"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return reply if isinstance(reply, str) else None

    def put(self, prompt: Prompt, reply: str) -> None:
        """Keep a reply, whole or not at all. Raises InputError where the folder cannot be written."""
        path = self._path(prompt)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        kept = {"model": self.settings.model, "reply": reply}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(kept) + "\n", encoding="utf-8")
            beside.replace(path)
        except OSError as error:
            raise InputError(f"{path.parent}: replies cannot be kept there ({error.strerror})") from None

    def _path(self, prompt: Prompt) -> Path:
        schema = json.dumps(reply_schema(), sort_keys=True)
        asked = (self.settings.endpoint, self.settings.model, prompt.system, schema, prompt.user)
        name = digest(*asked, length=_KEY_LENGTH)
        return self.settings.cache / name[:2] / f"{name}.json"
