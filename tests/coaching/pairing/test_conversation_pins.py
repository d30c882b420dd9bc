"""A pin or a swap that cannot hold, or comes late, is told to its author with what else would do."""

from bot.sandbox import Member, text_of
from storage.tables import Team as Row
from tests.coaching.pairing.changes import changes, couples, looks
from tests.support.closers import Team


def test_a_pin_for_a_week_already_told_takes_effect_now_and_all_hear_of_it(team: Team, mia: Member) -> None:
    team.told()
    first = team.coach()
    other = {team.ana: team.coy, team.coy: team.ana}[first]

    told = changes(mia, "Ben", wish="pin_now", coach=other.name)
    team.office.tick()

    assert f"I asked Ben whether {other.name} should coach them" in told
    assert team.coach() is other
    heard = "\n".join(text_of(message) for message in team.ben.dm)
    assert f"Your pair with {first.name} ends here: your manager asked for another coach" in heard
    assert "Your pair with Ben ends here." in text_of(first.dm[-1])
    assert "I asked *Ben* whether you coach them" in text_of(other.dm[-1])


def test_a_pin_that_cannot_hold_is_told_to_its_author_with_what_else_would(team: Team, mia: Member) -> None:
    channel = team.office.sandbox.add_channel("sales", members=[mia])
    team.office.sandbox.invite_bot(channel)
    with team.office.db.begin() as session:
        session.get_one(Row, team.id).channel = channel.id
    team.office.tick()
    changes(mia, "Ben", coach="Ana")
    team.ana.commands("/coach off")

    team.office.later(days=7)

    mia.waits_for("Your pin of Ana with Ben does not hold")
    assert "These could coach Ben now: Coy." in "\n".join(text_of(message) for message in mia.dm)
    assert team.coach() is team.coy


def test_a_refused_pin_says_at_once_what_else_would(team: Team, mia: Member) -> None:
    coach = couples(team)["Ben"]
    other = {"Ana": "Coy", "Coy": "Ana"}[coach]
    team.ben.commands(f"/coach never @{coach}")

    assert f"These could coach Ben then: {other}." in changes(mia, "Ben", coach=coach)


def test_a_swap_that_teaches_nothing_is_made_when_it_is_said_twice(team: Team, mia: Member) -> None:
    changes(mia, "Ben", coach="Ana")
    looks(mia)
    mia.clicks("Pin, block or swap")
    mia.submits(learner="Middle0", coach="Coy")
    mia.closes(everything=True)

    refused = changes(mia, "Ben", wish="swap", other="Middle0")
    assert "By the figures nothing would be taught: Ana with Middle0." in refused
    assert couples(team)["Ben"] == "Ana"

    made = changes(mia, "Ben", wish="swap_anyway", other="Middle0")
    assert "Worth: strong." in made and "Worth: none by the figures." in made
    assert couples(team) == {"Ben": "Coy", "Middle0": "Ana"}
