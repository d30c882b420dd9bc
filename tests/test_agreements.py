"""Things written down twice say the same: settings and their example, answers and tables, commands and help."""

import re
from dataclasses import fields

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.debriefs.domain.debrief import Answer
from bot.debriefs.services.debriefs import ANSWER_FIELDS
from bot.settings import Settings
from handlers import slash_words
from tests.mutate.fault import Fault
from tests.mutate.faults import FAULTS
from tests.tree import ROOT


def test_every_word_of_a_command_has_one_answer() -> None:
    for command in slash_words.COMMANDS:
        for word in command.words:
            found = command.find(word.word.upper())
            assert found is not None
            assert found.answer is word.answer, word


def test_the_example_lists_every_setting_with_its_default() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", example, re.MULTILINE))

    assert set(listed) == {(field.alias or name).upper() for name, field in Settings.model_fields.items()}
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = listed[(field.alias or name).upper()]
        assert shown == ("" if not default else str(default)), name


def test_a_debrief_has_the_same_fields_in_storage_and_domain() -> None:
    assert {field.name for field in fields(Answer)} == {*ANSWER_FIELDS, "tags", "story", "product"}


def test_every_command_of_the_contract_explains_itself() -> None:
    shown = CliRunner().invoke(cli.app, ["--help"]).output

    for command in (
        "run", "demo", "doctor", "db", "import", "scorecard", "ranking", "pair", "digest", "effect", "export",
        "backfill", "pull",
        "forget", "audit",
    ):  # fmt: skip
        assert command in shown
        assert CliRunner().invoke(cli.app, [command, "--help"]).exit_code == 0


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.file)
def test_a_planted_fault_finds_its_place_and_its_tests(fault: Fault) -> None:
    assert (ROOT / fault.file).read_text("utf-8").count(fault.good) == 1
    for test in fault.tests:
        file, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}" in (ROOT / file).read_text("utf-8")
