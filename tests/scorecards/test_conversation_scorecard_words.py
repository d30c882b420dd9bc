"""What is typed after `/scorecard` is understood, or answered with what would be."""

import pytest

from bot.sandbox import Member
from handlers.slash_words import SCORECARD
from tests.support.office import Office


def test_words_nobody_knows_are_answered_with_help(ana: Member) -> None:
    for words in ("help", "blah", "top secret", "SDR"):
        answer = ana.commands(f"/scorecard {words}")
        assert not answer.error
        assert "`/scorecard` your own numbers" in answer.says, words
    assert "I do not understand “blah”." in ana.commands("/scorecard blah").says


def test_help_is_eight_lines_of_what_is_ones_own(ana: Member, bo: Member, mia: Member) -> None:
    for member, own in (
        (ana, "`/handoff` pass a lead"),
        (bo, "`/scorecard deal`"),
        (mia, "`/scorecard team`"),
    ):
        title, *lines = member.commands("/scorecard help").text.splitlines()
        assert title == "*What you can ask*"
        assert len(lines) == 8
        assert any(own in line for line in lines), lines
        assert any("/coach" in line for line in lines), "the other commands are named"
    assert "/scorecard team" not in ana.commands("/scorecard help").says


def test_a_word_that_is_nearly_one_of_ours_is_asked_about_in_a_line(ana: Member) -> None:
    for typed, meant in (
        ("/scorecard taem", "/scorecard team"),
        ("/scorecard last wek", "last week"),
        ("/scorecard thsi month", "this month"),
        ("/scorecard stories", "/coach stories"),
        ("/scorecard debrief", "/debrief"),
    ):
        said = ana.commands(typed).says
        assert f"Did you mean `{meant}`?" in said
        assert len(said.splitlines()) == 1, said
    assert "Did you mean `/coach learning`?" in ana.commands("/coach lerning off").says
    assert "Did you mean `/scorecard top`?" in ana.commands("/coach top").says
    for known in ("/scorecard top secret", "/coach learning perhaps", "/coach help", "/handoff help"):
        assert "Did you mean" not in ana.commands(known).says, known


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("this week", "Nov 16, 2026"),
        ("last 2 weeks", "Nov 2, 2026 – Nov 15, 2026"),
        ("October", "Oct 1, 2026 – Oct 31, 2026"),
        ("yesterday", "Nov 15, 2026"),
        ("Q3", "Jul 1, 2026 – Sep 30, 2026"),
    ],
)
def test_a_time_is_understood_in_ones_own_words(ana: Member, typed: str, days: str) -> None:
    assert days in ana.commands(f"/scorecard {typed}").says


def test_a_time_that_has_not_begun_is_told_as_that(ana: Member, mia: Member) -> None:
    for member, typed in ((ana, "2027-Q1"), (mia, "team 2027-Q1"), (mia, "@Ana 2027-01")):
        said = member.commands(f"/scorecard {typed}").says
        assert "has not begun: its first day is Jan 1, 2027." in said


def test_a_team_is_not_taken_for_a_time_nor_a_time_for_a_team(office: Office, mia: Member) -> None:
    office.team("May")

    assert "Did you mean `last week`?" in mia.commands("/scorecard team last wek").says
    assert "know no team" not in mia.commands("/scorecard team May").says


def test_help_for_all_names_every_word_that_the_command_understands(ana: Member) -> None:
    shown = ana.commands("/scorecard help all").says

    assert [verb for verb in SCORECARD.known if f"`/scorecard {verb}" not in shown] == []


def test_an_unknown_team_is_said_to_be_unknown(mia: Member) -> None:
    assert "no team of that name" in mia.commands("/scorecard team Atlantis").says
