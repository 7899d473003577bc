"""A model endpoint on this machine that says what it is told to say, well or badly, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kg.model import GUIDE_KINDS

Asked = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """One HTTP answer. ``delay`` in seconds comes before it."""

    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    delay: float = 0.0


def drafts(**kinds: list[dict[str, Any]]) -> str:
    """A reply in the form asked for."""
    return json.dumps({kind: kinds.get(kind, []) for kind in GUIDE_KINDS}, ensure_ascii=False)


def says(text: str, tokens: int = 10, delay: float = 0.0) -> Answer:
    """A chat completion with this text."""
    completion = {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": tokens - 1, "completion_tokens": 1, "total_tokens": tokens},
    }
    return Answer(json.dumps(completion), delay=delay)


def fails(status: int, message: str = "no", **headers: str) -> Answer:
    """An error as such servers send it; the client is told to try again at once."""
    body = json.dumps({"error": {"message": message, "type": "error"}})
    return Answer(body, status, {"Content-Type": "application/json", "retry-after-ms": "5", **headers})


class ScriptedModel:
    """Serves the answers in order, the last again and again; or what a function of the request gives."""

    def __init__(self, *answers: Answer, by: Callable[[Asked], Answer] | None = None) -> None:
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._answers = answers
        self._by = by
        self._under_way = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        """The endpoint."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> ScriptedModel:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _next(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked.append(asked)
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
            number = len(self.asked) - 1
        return self._by(asked) if self._by else self._answers[min(number, len(self._answers) - 1)]

    def _done(self) -> None:
        with self._lock:
            self._under_way -= 1

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                asked = {"path": self.path, **json.loads(self.rfile.read(length))}
                answer = model._next(asked)
                time.sleep(answer.delay)
                model._done()
                try:
                    self.send_response(answer.status)
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    body = answer.body.encode()
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True  # the client gave up waiting, as the test wants

            def log_message(self, format: str, *_: object) -> None:
                """Keep quiet."""

        return Handler
