"""A manager looks at next week's pairs and changes them; anybody says in confidence whom they never want to meet."""

from datetime import date

import pytest
from sqlmodel import select

from bot.coaching.services import pairing as pairings
from bot.core.enums import Role
from bot.sandbox import Member, text_of
from bot.sandbox.people import screen
from bot.sandbox.state import Message
from storage.tables import Deal, PairWish, WishKind
from storage.tables import Team as Row
from tests.support.closers import Team, closer, team_of_closers
from tests.support.office import Office

NEXT_WEEK = date(2026, 11, 23)
"""Seconds that the first pairing of a process may take on a busy machine: it loads the optimiser."""


@pytest.fixture
def team(office: Office, east: int) -> Team:
    return team_of_closers(office, east)


def couples(team: Team) -> dict[str, str]:
    """Learner: coach, as the next week stands."""
    with team.office.db.reading(team.office.workspace_id, team.office.clock()) as books:
        plan = pairings.propose(books, team.id, NEXT_WEEK, as_of=team.office.clock())
    return {pair.learner.name: pair.coach.name for pair in plan.pairs}


def wishes(team: Team) -> list[tuple[WishKind, date | None]]:
    with team.office.db.read() as session:
        return [(wish.kind, wish.week) for wish in session.exec(select(PairWish))]


def looks(manager: Member) -> Message:
    """Asks for the pairs to come, and gives the answer once it is there."""

    def previews(who: Member) -> list[Message]:
        return [message for message in who.dm if "pairs for the week of" in message.text]

    before = len(previews(manager))
    manager.commands("/scorecard pairs")
    return manager.waits_for(lambda who: previews(who)[before:])[0]


def presses(manager: Member, line: str) -> None:
    """The button of the section of the plan that begins so."""
    [button] = [
        one
        for one in screen.controls(looks(manager), screen.BUTTONS)
        if one.block.get("text", {}).get("text", "").startswith(line)
    ]
    manager.presses(button)


def changes(manager: Member, learner: str, **given: str) -> str:
    """Presses Change beside the learner, saves, and reads the answer or the refusal."""
    presses(manager, f"*{learner}*")
    done = manager.submits(**given)
    told = " ".join(done.errors.values()) or manager.sees()
    manager.closes(everything=True)
    return told


def test_the_manager_sees_the_pairs_to_come_with_their_worth_and_reason(team: Team, mia: Member) -> None:
    told = text_of(looks(mia))

    assert "East: pairs for the week of Nov 23, 2026" in told
    assert "*Ben* with *" in told and "· strong · new" in told
    assert "Ben has most to gain in" in told
    assert "Need no coach by their numbers: Middle0, Middle1, Middle2, Middle3, Ana, Coy" in told
    assert "who is new in it has not been asked yet" in told


def deals_stop(team: Team) -> None:
    """A week ago."""
    with team.office.db.begin() as session:
        for deal in session.exec(select(Deal)):
            deal.last_activity_at = None


def test_while_deals_do_not_come_the_manager_reads_why_nobody_new_is_paired_and_may_pin(
    team: Team, mia: Member
) -> None:
    deals_stop(team)

    told = text_of(looks(mia))

    assert "🔇 No news of deals has reached me since Nov 9, 2026, so I propose no new pairs by those" in told
    assert "No new coach until the records come again that their numbers rest on: Middle0" in told
    assert "*Ben* with" not in told and "has no coach" not in told
    mia.clicks("Pin, block or swap")
    mia.submits(learner="Ben", coach="Ana")
    assert "Ana coaches Ben in the week of" in mia.sees()
    assert couples(team) == {"Ben": "Ana"}


def test_a_rep_may_not_look(team: Team) -> None:
    assert "manager or an admin" in team.ben.commands("/scorecard pairs").text


def test_a_pin_makes_the_pair_and_is_removed_again(team: Team, mia: Member) -> None:
    before = couples(team)["Ben"]
    other = {"Ana": "Coy", "Coy": "Ana"}[before]

    assert "coaches Ben in the week of" in changes(mia, "Ben", coach=other)
    assert couples(team)["Ben"] == other
    presses(mia, f"📌 {other} with Ben")
    mia.waits_for("✓ Removed")

    assert couples(team)["Ben"] == before
    assert wishes(team) == []


def test_a_block_holds_until_it_is_removed(team: Team, mia: Member) -> None:
    before = couples(team)["Ben"]

    assert "does not coach Ben" in changes(mia, "Ben", wish="block", coach=before)

    assert couples(team)["Ben"] != before
    assert wishes(team) == [(WishKind.BLOCK, None)]


def test_two_learners_swap_their_coaches(team: Team, mia: Member) -> None:
    closer(team.office, "Dee", team.id, won=2, lost=46)
    changes(mia, "Ben", coach="Ana")
    changes(mia, "Dee", coach="Coy")

    told = changes(mia, "Ben", wish="swap", other="Dee")

    assert "Coy coaches Ben" in told and "Ana coaches Dee" in told
    assert couples(team) == {"Ben": "Coy", "Dee": "Ana"}


def test_a_swap_needs_two_who_have_a_coach_and_a_pin_needs_a_coach(team: Team, mia: Member) -> None:
    assert "two learners who each have a coach" in changes(mia, "Ben", wish="swap", other="Middle0")
    assert "choose somebody here" in changes(mia, "Ben", wish="pin")


def test_the_later_of_two_managers_hears_what_stands(team: Team, mia: Member) -> None:
    zoe = team.office.hires("Zoe", Role.MANAGER, team.id)
    changes(mia, "Ben", coach="Ana")

    refused = changes(zoe, "Ben", coach="Coy")
    assert "Mia has pinned Ben with Ana for that week, and that stands. Talk to each other" in refused
    assert "Mia has pinned Ben with Ana" in changes(zoe, "Ben", wish="block", coach="Ana")

    assert couples(team)["Ben"] == "Ana"
    assert "Coy coaches Ben" in changes(mia, "Ben", coach="Coy")


def test_a_coachs_last_place_goes_to_the_earlier_pin(team: Team, mia: Member) -> None:
    zoe = team.office.hires("Zoe", Role.MANAGER, team.id)
    team.ana.commands("/coach on 1")
    changes(mia, "Ben", coach="Ana")

    looks(zoe)
    zoe.clicks("Pin, block or swap")
    assert "Mia has pinned Ben with Ana" in zoe.submits(learner="Middle0", coach="Ana").errors["coach"]
    assert "Middle0" not in couples(team)


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


def test_where_nobody_coaches_the_manager_hears_what_to_do(team: Team, mia: Member) -> None:
    team.ana.commands("/coach off")
    team.coy.commands("/coach off")
    assert "No pairs yet" in text_of(looks(mia))

    mia.clicks("Pin, block or swap")

    mia.waits_for("Nobody has offered to coach yet")


def test_a_manager_has_no_lots_drawn_and_has_them_drawn_again(team: Team, mia: Member) -> None:
    for button, wanted in (("Draw no lots", False), ("Draw lots among equals", True)):
        looks(mia)
        mia.clicks(button)
        with team.office.db.reading(team.office.workspace_id, team.office.clock()) as books:
            assert pairings.draws_lots(books, team.id) is wanted


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
