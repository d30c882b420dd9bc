"""Who meets whom in a team's week, from the rows of the database."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.coaching.domain.pairs import Why
from bot.coaching.services import pair_answers, preferences
from bot.coaching.views import pairing as views
from bot.coaching.views import reasons
from bot.core.enums import Metric, Role
from bot.core.errors import NotFound
from storage.books import Books
from storage.tables import Pairing, WishKind
from tests.coaching.pairing.floor import NOW, WEEK, Office, office, strong_and_weak

__all__ = ["office"]


def test_a_learner_meets_the_coach_who_is_strong_where_they_are_weak(office: Office) -> None:
    strong_and_weak(office)

    plan = office.propose()

    assert office.couples(plan) == {"Ben": "Ana"}
    [pair] = plan.pairs
    assert pair.metric in (Metric.WIN_RATE, Metric.CLOSE_RATE)
    assert pair.reason.learner is not None and pair.reason.learner.z < 0
    assert pair.reason.coach[pair.metric].z > 0
    assert plan.total_value == pair.value > 0
    assert office.session.exec(select(Pairing)).all() == []


def test_nobody_coaches_who_has_not_opted_in(office: Office) -> None:
    office.ae("Ana", 50, 5)
    office.ae("Ben", 3, 45)

    plan = office.propose()

    assert plan.pairs == ()
    assert office.why(plan)["Ben"] is Why.NO_COACH
    assert plan.slots.offered == 0


def test_a_coach_who_named_topics_gets_only_learners_whom_they_help(office: Office) -> None:
    strong_and_weak(office)
    preferences.offer(
        Books(office.session, office.build.workspace_id, NOW),
        office.ids["Ana"],
        capacity=2,
        topics=["opening"],
    )
    assert office.why(office.propose())["Ben"] is Why.NO_COACH

    preferences.offer(
        Books(office.session, office.build.workspace_id, NOW),
        office.ids["Ana"],
        capacity=2,
        topics=["pricing"],
    )
    assert office.couples(office.propose()) == {"Ben": "Ana"}


def test_a_coach_on_leave_all_week_is_left_in_peace(office: Office) -> None:
    strong_and_weak(office)
    office.build.away(office.ids["Ana"], WEEK, WEEK + timedelta(days=4))

    assert office.why(office.propose())["Ben"] is Why.NO_COACH


def test_a_day_off_does_not_keep_a_coach_from_meeting(office: Office) -> None:
    strong_and_weak(office)
    office.build.away(office.ids["Ana"], WEEK, WEEK + timedelta(days=2))

    assert office.couples(office.propose()) == {"Ben": "Ana"}


def test_who_does_not_want_coaching_is_not_paired(office: Office) -> None:
    office.ae("Ana", 50, 5, willing=True)
    office.ae("Ben", 3, 45, wants_coaching=False)

    assert office.why(office.propose())["Ben"] is Why.OPTED_OUT


def test_a_coach_has_no_more_learners_than_places(office: Office) -> None:
    strong_and_weak(office, coach_capacity=1)
    office.ae("Cem", 3, 45)

    plan = office.propose()

    assert len(plan.pairs) == 1
    assert Why.LOT in office.why(plan).values()
    assert (plan.slots.taken, plan.slots.asked, plan.slots.offered) == (0, 0, 1)
    [pair] = office.keep(plan).pairs
    waiting = office.propose().slots
    assert (waiting.taken, waiting.asked) == (0, 1), "nobody has said yes yet"
    pair_answers.accept(Books(office.session, office.build.workspace_id, NOW), pair.learner.id, pair.id or 0)
    agreed = office.propose().slots
    assert (agreed.taken, agreed.asked) == (1, 0)


def test_the_teams_own_coach_comes_before_a_better_one_elsewhere(office: Office) -> None:
    west = office.build.team("West")
    office.ae("Own", 35, 15, willing=True)
    office.ae("Far", 60, 1, willing=True, team=west)
    office.ae("Ben", 3, 45)

    assert office.couples(office.propose()) == {"Ben": "Own"}


def test_a_team_without_a_coach_borrows_one_and_the_place_is_gone_there(office: Office) -> None:
    west = office.build.team("West")
    office.ae("Far", 60, 1, willing=True, team=west, coach_capacity=1)
    office.ae("Ben", 3, 45)
    office.ae("Wim", 2, 46, team=west)

    plan = office.propose()
    assert (
        reasons.english(plan.pairs[0])
        == "Ben has most to gain in Win rate; Far, of another team, is strong there."
    )
    assert "%" not in views.to_coach(plan.pairs[0], reasons.ENGLISH).text
    assert office.couples(office.keep(plan)) == {"Ben": "Far"}
    assert office.why(office.propose(team=west))["Wim"] is Why.ALL_TAKEN


def test_people_who_never_want_to_be_paired_are_not_and_nobody_learns_why(office: Office) -> None:
    strong_and_weak(office)
    office.build.wish(WishKind.EXCLUSION, office.ids["Ben"], office.ids["Ana"])

    assert office.why(office.propose())["Ben"] is Why.NO_COACH


def test_a_coach_whom_learners_rate_better_is_chosen(office: Office) -> None:
    office.ae("Ana", 50, 5, willing=True)
    office.ae("Coy", 50, 5, willing=True)
    office.ae("Ben", 3, 45)
    for n in range(8):
        day = WEEK - timedelta(days=40 + n)
        office.build.coached(office.ids["Ana"], office.ids["Middle 0"], day, rating=1)
        office.build.coached(office.ids["Coy"], office.ids["Middle 1"], day, rating=5)

    assert office.couples(office.propose()) == {"Ben": "Coy"}


def test_a_coach_on_the_other_side_of_the_world_shares_no_hours(office: Office) -> None:
    strong_and_weak(office, zone="Pacific/Auckland")

    assert office.why(office.propose())["Ben"] is Why.NO_SHARED_HOURS


def test_a_team_of_nobody_has_an_empty_plan_and_no_team_is_told_so(office: Office) -> None:
    plan = office.propose(team=office.build.team("Empty"))

    assert (plan.pairs, plan.unpaired, plan.total_value) == ((), (), 0)
    with pytest.raises(NotFound):
        office.propose(team=10_000)


def test_where_everybody_is_excluded_nobody_is_paired_and_each_hears_why(office: Office) -> None:
    strong_and_weak(office)
    office.build.wish(WishKind.EXCLUSION, office.ids["Ana"], office.ids["Ben"])
    for name in ("Middle 0", "Middle 1", "Middle 2", "Middle 3"):
        office.build.wish(WishKind.EXCLUSION, office.ids[name], office.ids["Ana"])

    plan = office.propose()

    assert plan.pairs == ()
    assert set(office.why(plan)) == set(office.ids)
    assert office.why(plan)["Ben"] is Why.NO_COACH


def test_a_rep_alone_in_a_role_is_left_alone_with_a_reason(office: Office) -> None:
    lonely = office.build.team("Alone")
    office.build.rep("Solo", Role.AM, lonely)

    assert office.why(office.propose(team=lonely)) == {"Solo": Why.NO_FOCUS}
