"""Options that several commands share, and what they turn into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from kg.store import DEFAULT_PATH


class StorePath(click.ParamType[Path]):
    """A store's folder. URLs of SPARQL servers are told apart, since a path would lose one of their slashes."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The folder. Fails for a URL."""
        if str(value).startswith(("http://", "https://")):
            self.fail("a URL: this version opens stores in folders only", param, ctx)
        return Path(value)


store_option = click.option(
    "--store",
    type=StorePath(),
    default=DEFAULT_PATH,
    show_default=True,
    help="The store's folder. 图谱所在文件夹。",
)
year_option = click.option(
    "--year", type=click.IntRange(1949, 2100), help="The year that bare dates take. 未写年份的日期所属年份。"
)
output_option = click.option(
    "-o", "--output", default="-", show_default=True, help="File to write; - is standard output. 输出文件。"
)
files_argument = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))


@dataclass(frozen=True)
class ReaderChoice:
    """Who reads, and what is said on the command line of the language model; the environment says the rest.

    ``jobs`` are the processes of the rules, None for as many as pay.
    """

    reader: str = "rules"
    endpoint: str | None = None
    model: str | None = None
    cache: Path | None = None
    parallel: int = 4
    jobs: int | None = None


_READER_OPTIONS = (
    click.option(
        "--reader",
        type=click.Choice(["rules", "llm", "both"]),
        default="rules",
        show_default=True,
        help="Who finds the facts: rules (offline), a language model, or both. 由规则、语言模型或两者抽取。",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(1, 256),
        help="Processes of --reader rules; else one, or for much text one a core. 规则抽取的进程数（仅限 rules）。",
    ),
    click.option("--llm-endpoint", help="An OpenAI-compatible address; else OPENAI_BASE_URL. 模型服务地址。"),
    click.option("--llm-model", help="The model's name; else REGPOL_LLM_MODEL. 模型名称。"),
    click.option(
        "--llm-cache",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder for the model's replies; else in the user's cache. 模型回复的缓存文件夹。",
    ),
    click.option(
        "--llm-parallel",
        type=click.IntRange(1, 64),
        default=4,
        show_default=True,
        help="Articles asked about at once. 同时询问的文章数。",
    ),
)


def reader_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of the readers, as one argument ``choice``. The key is in OPENAI_API_KEY alone."""

    @wraps(command)
    def with_choice(
        *arguments: Any,
        reader: str,
        jobs: int | None,
        llm_endpoint: str | None,
        llm_model: str | None,
        llm_cache: Path | None,
        llm_parallel: int,
        **options: Any,
    ) -> None:
        choice = ReaderChoice(reader, llm_endpoint, llm_model, llm_cache, llm_parallel, jobs)
        command(*arguments, choice=choice, **options)

    for option in reversed(_READER_OPTIONS):
        option(with_choice)
    return with_choice
