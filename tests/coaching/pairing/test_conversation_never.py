"""Anybody says in confidence whom they never want to meet, and nobody can read it off."""

import pytest

from bot.sandbox import Member, text_of
from tests.coaching.pairing.changes import changes, couples, looks
from tests.support.closers import Team


def test_a_confidential_wish_is_kept_and_nobody_can_read_it_off(team: Team, mia: Member) -> None:
    coach = {"Ana": team.ana, "Coy": team.coy}[couples(team)["Ben"]]

    said = team.ben.commands(f"/coach never @{coach.name}").text
    assert f"you and {coach.name} are never paired, and nobody hears of it" in said
    assert f"never paired with: {coach.name}. " in team.ben.commands("/coach never").text
    assert "list is empty" in coach.commands("/coach never").text

    assert couples(team)["Ben"] != coach.name
    assert "I keep the reason to myself" in changes(mia, "Ben", coach=coach.name)
    assert "never" not in text_of(looks(mia))


def test_a_confidential_wish_is_taken_back_by_who_said_it_alone(team: Team) -> None:
    before = couples(team)
    team.ben.commands(f"/coach never @{before['Ben']}")

    coach = {"Ana": team.ana, "Coy": team.coy}[before["Ben"]]
    assert "not on your list" in coach.commands("/coach never off @Ben").text
    assert "✓ Taken back" in team.ben.commands(f"/coach never off @{coach.name}").text

    assert couples(team) == before


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Ben", "never paired with yourself"),
        ("nobody", "Please name the person with an @"),
    ],
)
def test_a_wish_about_nobody_is_a_sentence(team: Team, words: str, answer: str) -> None:
    mention = f"@{words}" if words == "Ben" else words

    assert answer in team.ben.commands(f"/coach never {mention}").text
