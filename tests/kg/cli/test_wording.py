"""The words of the command line: Chinese for who reads it, one and many in English, and the table behind them."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from kg.cli import wording
from kg.cli.wording import language, say
from tests.kg.cli.conftest import Run

ENGLISH = re.compile(r"[A-Za-z]{3,}")


def words(text: str, *known: str) -> list[str]:
    """The English words of a text, paths and names that stand as they are left out."""
    for name in known:
        text = text.replace(name, "")
    return ENGLISH.findall(text)


def test_every_message_has_the_same_blanks_in_both_languages() -> None:
    for key, (zh, en) in wording._messages().items():
        assert zh and en, key
        forms = [set(re.findall(r"{(\w+)}", form)) for form in (zh, *en.split("|"))]
        assert all(form == forms[0] for form in forms), key


@pytest.mark.parametrize(("n", "told"), [(0, "0 articles"), (1, "1 article"), (2, "2 articles")])
def test_one_and_many(n: int, told: str) -> None:
    assert say("articles", n=n) == told


@pytest.mark.parametrize(
    ("lang", "environment", "spoken"),
    [
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_GB"}, "zh"),
        (None, {}, "en"),
        ("en", {"LC_ALL": "zh_CN.UTF-8"}, "en"),
        ("zh", {}, "zh"),
    ],
)
def test_the_language(lang: str | None, environment: dict[str, str], spoken: str) -> None:
    context = click.Context(click.Command("kg"))
    context.params["lang"] = lang
    with context:
        assert language(environment) == spoken


def test_no_command_no_chinese() -> None:
    assert language({"LC_ALL": "zh_CN.UTF-8"}) == "en"


def test_a_build_in_chinese(run: Run, bulletin_file: Path, empty: Path) -> None:
    done = run("build", bulletin_file, "--store", empty, env={"LC_ALL": "zh_CN.UTF-8"})
    assert done.returncode == 0, done.stderr
    assert "guizhou-7：2 篇文章，" in done.stdout
    assert "地区 " in done.stdout
    assert "未写年份的日期所属年份：2023（最早的期限或规划期）" in done.stdout
    assert "符合：是；校验问题 0 条，其他待核" in done.stdout
    assert words(done.stdout, str(empty), "guizhou") == []


def test_status_and_validate_in_chinese(run: Run, built: Path) -> None:
    status = run("--lang", "zh", "status", "--store", built).stdout
    assert "1 期简报" in status
    assert "2 篇文章，" in status
    valid = run("--lang", "zh", "validate", "--store", built).stdout
    assert valid.startswith("符合：是   校验问题 0 条，待核 ")
    assert set(words(valid)) <= {"correct", "set"}  # commands that a remedy names


def test_one_bulletin_in_english(run: Run, built: Path) -> None:
    status = run("status", "--store", built).stdout
    assert "1 bulletin 简报" in status
    assert "1 bulletins" not in status


def test_errors_have_a_chinese_head(run: Run, tmp_path: Path) -> None:
    done = run("--lang", "zh", "build", tmp_path / "none.txt", "--store", tmp_path / "store")
    assert done.returncode == 2
    assert done.stderr.startswith("kg: 输入有误：")


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "the sample 样例 with: kg demo"), ("zh", "建样例看看：kg demo")]
)
def test_status_without_a_store_tells_how_to_make_one(run: Run, tmp_path: Path, lang: str, told: str) -> None:
    done = run("--lang", lang, "status", cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert "kg build --store regpol-store" in done.stderr
