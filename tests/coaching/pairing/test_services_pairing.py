"""Who meets whom in a team's week, from the rows of the database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.coaching.domain.pairs import Origin, Why
from bot.coaching.domain.plans import PairingPlan
from bot.coaching.services import pair_answers, preferences
from bot.coaching.services import pairing as pairings
from bot.coaching.services.weeks import keeping
from bot.coaching.views import pairing as views
from bot.coaching.views import reasons
from bot.core.enums import DealStatus, Metric, PairingStatus, Role
from bot.core.errors import BadInput, NotAllowed, NotFound
from storage.books import Books
from storage.database import Database
from storage.tables import CoachingSession, GoOn, Membership, Pairing, PairWish, WishKind
from tests.support.builders import Builder, workspace

WEEK = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
WON, LOST = DealStatus.WON, DealStatus.LOST


@dataclass
class Office:
    """A team of AEs of whom some win most of their deals and some hardly any."""

    build: Builder
    team: int
    ids: dict[str, int] = field(default_factory=dict)
    last_deal: datetime = NOW - timedelta(days=1)

    @property
    def session(self) -> Session:
        return self.build.session

    def ae(self, name: str, won: int, lost: int, *, team: int | None = None, **about: Any) -> int:
        id = self.ids[name] = self.build.rep(name, Role.AE, team or self.team, **about)
        for n in range(won + lost):
            closed = self.last_deal - timedelta(days=n % 60)
            self.build.deal(
                id, closed - timedelta(days=20), status=WON if n < won else LOST, closed_at=closed
            )
        return id

    def propose(self, *, team: int | None = None, week: date = WEEK) -> PairingPlan:
        self.session.flush()
        return pairings.propose(
            Books(self.session, self.build.workspace_id, NOW), team or self.team, week, as_of=NOW
        )

    def keep(self, plan: PairingPlan) -> PairingPlan:
        return keeping.keep(
            Books(self.session, plan.workspace_id, NOW), plan, sentence=lambda pair: f"{pair.coach.name}!"
        )

    def couples(self, plan: PairingPlan) -> dict[str, str]:
        """Learner: coach."""
        return {pair.learner.name: pair.coach.name for pair in plan.pairs}

    def why(self, plan: PairingPlan) -> dict[str, Why]:
        return {one.learner.name: one.why for one in plan.unpaired}


@pytest.fixture
def office(any_db: Database) -> Iterator[Office]:
    with any_db.begin() as session:
        build = workspace(session)
        office = Office(build, build.team())
        for n in range(4):
            office.ae(f"Middle {n}", 20, 20)
        yield office


def strong_and_weak(office: Office, **coach: Any) -> None:
    office.ae("Ana", 50, 5, willing=True, **coach)
    office.ae("Ben", 3, 45)


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


def deals_stopped(session: Session) -> Office:
    """Four weeks ago; the rest stands as ever."""
    build = workspace(session)
    office = Office(build, build.team(), last_deal=NOW - timedelta(days=28))
    for n in range(4):
        office.ae(f"Middle {n}", 20, 20)
    strong_and_weak(office)
    return office


def test_no_new_pair_on_old_data_while_those_that_run_and_are_pinned_go_on(any_db: Database) -> None:
    with any_db.begin() as session:
        office = deals_stopped(session)
        running = office.ae("Cy", 3, 45)
        before = WEEK - timedelta(weeks=1)
        office.build.pairing(office.team, office.ids["Ana"], running, before, status=PairingStatus.ACCEPTED)

        plan = office.propose()

        assert office.couples(plan) == {"Cy": "Ana"}
        assert office.why(plan)["Ben"] is Why.SILENT
        assert office.why(plan)["Middle 0"] is Why.SILENT, "whether they need a coach nobody can tell"
        assert office.keep(plan).pairs[0].agreed

        office.build.wish(WishKind.PIN, office.ids["Ana"], office.ids["Ben"], week=WEEK)
        assert office.couples(office.propose()) == {"Cy": "Ana", "Ben": "Ana"}


def test_once_the_records_come_again_pairs_are_made_again(any_db: Database) -> None:
    with any_db.begin() as session:
        office = deals_stopped(session)
        assert office.propose().pairs == ()

        office.build.deal(office.ids["Middle 0"], NOW - timedelta(hours=1))

        assert office.couples(office.propose()) == {"Ben": "Ana"}


def test_a_figure_that_still_has_its_records_makes_pairs_whatever_else_stopped(any_db: Database) -> None:
    with any_db.begin() as session:
        build = workspace(session)
        office = Office(build, build.team(), last_deal=NOW - timedelta(days=28))
        for name in ("Middle 0", "Middle 1", "Middle 2", "Middle 3", "Ana", "Ben"):
            rep = office.ae(name, 20, 20, willing=name == "Ana")
            for n in range(60):
                agreed = n % 2 == 0 if name.startswith("Middle") else name == "Ana"
                build.debrief(rep, NOW - timedelta(days=n + 1), timeline_agreed=agreed)

        [pair] = office.propose().pairs

        assert (pair.coach.name, pair.learner.name, pair.metric) == ("Ana", "Ben", Metric.TIMELINE_RATE)


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


def test_a_managers_pin_makes_the_pair_and_a_block_forbids_it(office: Office) -> None:
    strong_and_weak(office)
    office.ae("Coy", 50, 6, willing=True)
    office.build.wish(WishKind.BLOCK, office.ids["Ana"], office.ids["Ben"])
    assert office.couples(office.propose()) == {"Ben": "Coy"}

    office.build.wish(WishKind.PIN, office.ids["Coy"], office.ids["Middle 0"], week=WEEK)
    assert office.couples(office.propose()) == {"Ben": "Coy", "Middle 0": "Coy"}


def test_a_running_cycle_keeps_its_coach_its_metric_and_its_yes(office: Office) -> None:
    strong_and_weak(office, coach_capacity=1)
    office.ae("Cem", 1, 60)
    for weeks in (2, 1):
        office.build.pairing(
            office.team,
            office.ids["Ana"],
            office.ids["Ben"],
            WEEK - timedelta(weeks=weeks),
            metric=Metric.TIMELINE_RATE,
            status=PairingStatus.MET,
        )

    kept = office.keep(office.propose())

    assert office.couples(kept) == {"Ben": "Ana"}
    [pair] = kept.pairs
    assert (pair.origin, pair.metric, pair.week_of) == (Origin.RUNNING, Metric.TIMELINE_RATE, 3)
    assert office.session.get_one(Pairing, pair.id).status is PairingStatus.ACCEPTED


def test_a_pair_rests_three_weeks_after_its_cycle(office: Office) -> None:
    strong_and_weak(office)
    for weeks in (6, 5, 4, 3):
        week = WEEK - timedelta(weeks=weeks)
        office.build.pairing(
            office.team, office.ids["Ana"], office.ids["Ben"], week, status=PairingStatus.MET
        )
    office.build.deal(office.ids["Middle 0"], NOW + timedelta(days=6))  # deals go on coming

    resting = office.propose()
    rested = pairings.propose(
        Books(office.session, office.build.workspace_id, NOW),
        office.team,
        WEEK + timedelta(weeks=1),
        as_of=NOW + timedelta(weeks=1),
    )

    assert office.why(resting)["Ben"] is Why.RESTING
    assert office.couples(rested) == {"Ben": "Ana"}


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


def test_keeping_a_plan_twice_keeps_it_once(office: Office) -> None:
    strong_and_weak(office)

    first, second = office.keep(office.propose()), office.keep(office.propose())

    assert [pair.id for pair in first.pairs] == [pair.id for pair in second.pairs]
    [row] = office.session.exec(select(Pairing)).all()
    assert (row.reason, row.status) == ("Ana!", PairingStatus.PROPOSED)


def test_a_slot_that_another_team_took_meanwhile_is_not_given_twice(office: Office) -> None:
    strong_and_weak(office, coach_capacity=1)
    plan = office.propose()
    west = office.build.team("West")
    wim = office.ae("Wim", 20, 20, team=west)
    office.build.pairing(west, office.ids["Ana"], wim, WEEK)

    kept = office.keep(plan)

    assert kept.pairs == ()
    assert office.why(kept)["Ben"] is Why.ALL_TAKEN


def test_a_place_that_another_team_pinned_is_not_proposed(office: Office) -> None:
    strong_and_weak(office, coach_capacity=1)
    west = office.build.team("West")
    wim = office.ae("Wim", 20, 20, team=west)
    office.build.wish(WishKind.PIN, office.ids["Ana"], wim, week=WEEK)

    assert office.why(office.propose())["Ben"] is Why.ALL_TAKEN
    assert office.couples(office.propose(team=west)) == {"Wim": "Ana"}


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


def in_a_cycle(office: Office, metric: Metric = Metric.WIN_RATE) -> None:
    strong_and_weak(office)
    ana, ben = office.ids["Ana"], office.ids["Ben"]
    last = WEEK - timedelta(weeks=1)
    office.build.pairing(office.team, ana, ben, last, metric=metric, status=PairingStatus.MET)


def changes(office: Office, name: str, *, role: Role, team: int) -> None:
    """In the middle of last week."""
    day = WEEK - timedelta(days=4)
    held = office.session.exec(select(Membership).where(Membership.person_id == office.ids[name])).one()
    held.ended_on = day - timedelta(days=1)
    office.session.add(
        Membership(
            workspace_id=office.build.workspace_id,
            person_id=office.ids[name],
            team_id=team,
            role=role,
            started_on=day,
        )
    )


def test_who_changed_roles_leaves_a_cycle_about_the_old_roles_metric(office: Office) -> None:
    in_a_cycle(office)
    changes(office, "Ben", role=Role.SDR, team=office.team)

    assert office.why(office.propose())["Ben"] is Why.NO_FOCUS


def test_who_changed_teams_keeps_the_coach_and_the_place(office: Office) -> None:
    in_a_cycle(office)
    west = office.build.team("West")
    changes(office, "Ben", role=Role.AE, team=west)

    assert office.couples(office.propose(team=west)) == {"Ben": "Ana"}
    assert "Ben" not in office.couples(office.propose())


def test_a_pair_that_goes_on_is_in_its_first_week_again(office: Office) -> None:
    strong_and_weak(office)
    ana, ben = office.ids["Ana"], office.ids["Ben"]
    for weeks in (4, 3, 2, 1):
        week = WEEK - timedelta(weeks=weeks)
        office.build.pairing(office.team, ana, ben, week, status=PairingStatus.MET)
    assert office.why(office.propose())["Ben"] is Why.RESTING

    said = GoOn(
        workspace_id=office.build.workspace_id,
        coach_id=ana,
        learner_id=ben,
        week=WEEK,
        asked_at=NOW,
        coach_says=True,
        learner_says=True,
    )
    office.session.add(said)

    [pair] = office.keep(office.propose()).pairs
    assert (pair.origin, pair.week_of, pair.agreed) == (Origin.RUNNING, 1, True)


# What the two say to it


def answer(office: Office, name: str, pairing_id: int, *, yes: bool) -> pair_answers.Answered:
    say = pair_answers.accept if yes else pair_answers.decline
    return say(Books(office.session, office.build.workspace_id, NOW), office.ids[name], pairing_id)


def only_pair(office: Office) -> int:
    [pair] = office.keep(office.propose()).pairs
    assert pair.id is not None
    return pair.id


def test_the_learners_yes_makes_the_pair_and_a_second_one_changes_nothing(office: Office) -> None:
    strong_and_weak(office)
    pair = only_pair(office)

    assert answer(office, "Ben", pair, yes=True).is_new
    assert not answer(office, "Ben", pair, yes=True).is_new
    assert office.session.get_one(Pairing, pair).status is PairingStatus.ACCEPTED


def test_a_coach_cannot_say_yes_for_the_learner_and_a_stranger_sees_no_pair(office: Office) -> None:
    strong_and_weak(office)
    pair = only_pair(office)

    with pytest.raises(NotAllowed):
        answer(office, "Ana", pair, yes=True)
    for yes in (True, False):
        with pytest.raises(NotFound):
            answer(office, "Middle 0", pair, yes=yes)


def rematch(office: Office, pair: int) -> str | None:
    found = keeping.rematch(
        Books(office.session, office.build.workspace_id, NOW), pair, sentence=lambda pair: "Anew."
    )
    return found.coach.name if found else None


def test_a_declined_pair_is_matched_anew_once(office: Office) -> None:
    strong_and_weak(office)
    office.ae("Coy", 40, 8, willing=True)
    office.ae("Dee", 40, 9, willing=True)
    pair = only_pair(office)

    answer(office, "Ben", pair, yes=False)
    second = rematch(office, pair)
    assert second in {"Ana", "Coy", "Dee"}
    first_coach = office.session.exec(select(PairWish)).one().coach_id
    assert office.ids[second] != first_coach
    answer(office, "Ben", pair, yes=False)

    assert rematch(office, pair) is None
    assert office.session.get_one(Pairing, pair).status is PairingStatus.DECLINED


def test_a_declined_learner_with_no_other_coach_stays_without(office: Office) -> None:
    strong_and_weak(office)
    pair = only_pair(office)

    answer(office, "Ana", pair, yes=False)

    assert rematch(office, pair) is None
    assert office.why(office.propose())["Ben"] is Why.PASSED
    assert office.why(office.propose(week=WEEK + timedelta(weeks=1)))["Ben"] is Why.RESTING


def test_a_pair_that_was_not_declined_is_not_matched_anew(office: Office) -> None:
    strong_and_weak(office)

    assert rematch(office, only_pair(office)) is None


def met(
    office: Office,
    name: str,
    pair: int,
    *,
    minutes: int = 25,
    commitment: str = "",
    rating: int | None = None,
) -> bool:
    return pair_answers.met(
        Books(office.session, office.build.workspace_id, NOW),
        office.ids[name],
        pair,
        minutes=minutes,
        commitment=commitment,
        rating=rating,
    ).is_new


def test_a_meeting_is_written_down_once_and_the_learner_adds_the_rating(office: Office) -> None:
    strong_and_weak(office)
    pair = only_pair(office)

    assert met(office, "Ana", pair, commitment="Ask who signs", rating=5)
    assert not met(office, "Ben", pair, minutes=30, rating=4)

    [held] = office.session.exec(select(CoachingSession)).all()
    assert (held.minutes, held.commitment, held.rating) == (30, "Ask who signs", 4)
    assert (held.held_on, held.due_on) == (WEEK, WEEK + timedelta(days=7))
    assert office.session.get_one(Pairing, pair).status is PairingStatus.MET
    with pytest.raises(BadInput, match="met already"):
        answer(office, "Ben", pair, yes=False)


def test_a_meeting_of_no_or_endless_minutes_is_refused_at_its_field(office: Office) -> None:
    strong_and_weak(office)
    pair = only_pair(office)

    for minutes in (0, 481, 9_000):
        with pytest.raises(BadInput) as refused:
            met(office, "Ben", pair, minutes=minutes)
        assert refused.value.field == "minutes"
