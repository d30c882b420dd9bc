"""What a command brings into memory: the help nothing, a command what it needs. Modules are counted, not seconds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli

NEVER = {
    "alembic",
    "matplotlib",
    "scipy.stats",
    "slack_bolt",
    "apscheduler",
    "starlette",
    "openpyxl",
    "xlsxwriter",
}
OURS = {
    "bot.demo",
    "bot.sandbox",
    "bot.app",
    "handlers",
    "bot.calls.logs",
    "bot.imports",
    "bot.tabular",
    "bot.workbook",
}
HEAVY = {"numpy", "sqlalchemy", "sqlmodel", "pydantic", "slack_sdk", "structlog", "bot.settings", "storage"}
RUN = (
    "import json, sys; from bot.cli import main\n"
    "try: main()\n"
    "except SystemExit as ended: print(json.dumps([ended.code or 0, sorted(sys.modules)]), file=sys.__stderr__)"
)


def imported_by(*words: str, folder: Path) -> set[str]:
    """The modules there are after `cornerman` with these words has done its work."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder / 'bot.db'}"}
    ended = subprocess.run(
        [sys.executable, "-c", RUN, *words], env=environment, capture_output=True, text=True, check=True
    )
    code, modules = json.loads(ended.stderr.splitlines()[-1])
    assert code == 0, ended.stderr
    return set(modules)


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_the_help_and_the_version_import_nothing_of_what_commands_need(word: str, tmp_path: Path) -> None:
    modules = imported_by(word, folder=tmp_path)

    assert not (NEVER | OURS | HEAVY) & modules
    assert "typer" in modules


FIGURES = (["scorecard", "--rep", "Ana"], ["ranking", "--role", "SDR"], ["effect"])
PLAIN = (["audit"], ["outbox", "list"], ["inbox", "list"], ["db", "status"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a database in which there is one rep."""
    made = tmp_path_factory.mktemp("cornerman")
    roster = made / "reps.csv"
    roster.write_text("name,email,role,team\nAna,ana@example.com,SDR,East\n", encoding="utf-8")
    imported_by("import", str(roster), folder=made)
    return made


@pytest.mark.parametrize("words", (*FIGURES, *PLAIN), ids=" ".join)
def test_commands_that_only_read_import_no_more_than_their_figures(words: list[str], folder: Path) -> None:
    unwanted = NEVER | OURS if words in FIGURES else NEVER | OURS | {"numpy", "scipy"}

    assert not unwanted & imported_by(*words, folder=folder)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    _module, sentence = cli.COMMANDS[name]

    assert cli.loaded(name).get_short_help_str(200) == sentence
