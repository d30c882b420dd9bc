"""A manager looks at next week's pairs and changes them."""

from datetime import date

from sqlmodel import select

from bot.coaching.services import pairing as pairings
from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.tables import Deal, PairWish, WishKind
from tests.coaching.pairing.changes import changes, couples, looks, presses
from tests.support.closers import Team, closer


def wishes(team: Team) -> list[tuple[WishKind, date | None]]:
    with team.office.db.read() as session:
        return [(wish.kind, wish.week) for wish in session.exec(select(PairWish))]


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


def test_where_nobody_coaches_the_manager_hears_what_to_do(team: Team, mia: Member) -> None:
    team.ana.commands("/coach off")
    team.coy.commands("/coach off")
    assert "No pairs yet" in text_of(looks(mia))

    mia.clicks("Pin, block or swap")

    mia.waits_for("Nobody has offered to coach yet")


def test_a_manager_has_no_lots_drawn_and_has_them_drawn_again(team: Team, mia: Member) -> None:
    for button, wanted in (("Draw no lots", False), ("Draw lots among equals", True)):
        shown = looks(mia)
        assert ("Draw no lots in this team?" in str(shown)) is not wanted, "not by a slip of the finger"
        mia.clicks(button)
        with team.office.db.reading(team.office.workspace_id, team.office.clock()) as books:
            assert pairings.draws_lots(books, team.id) is wanted
