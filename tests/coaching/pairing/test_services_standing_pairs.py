"""What a week keeps of earlier ones: cycles, rests, pins, places that others took."""

from datetime import timedelta

from sqlmodel import select

from bot.coaching.domain.pairs import Origin, Why
from bot.coaching.services import pairing as pairings
from bot.core.enums import Metric, PairingStatus, Role
from storage.books import Books
from storage.tables import GoOn, Membership, Pairing, WishKind
from tests.coaching.pairing.floor import NOW, WEEK, Office, office, strong_and_weak

__all__ = ["office"]


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
