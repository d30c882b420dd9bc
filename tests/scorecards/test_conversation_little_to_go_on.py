"""Where there is little to go on, people read a sentence and never a number that looks sure."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import select

from bot.core.enums import DealStatus, Role
from bot.sandbox import Member
from storage.tables import Membership
from tests.scorecards.numbers import ids
from tests.support.builders import Builder
from tests.support.office import Office

SURE = re.compile(r" sure\b|likely|🏆|🔵|🟠|better than the middle|do better|behind the middle")


def leads(office: Office, qualified: Sequence[tuple[Member, int, int]], ae: Member) -> None:
    """Of each SDR, so many qualified of so many passed, a day apart."""
    decider, *sdrs = ids(office, ae, *(one for one, *_ in qualified))
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for rep, (_, accepted, passed) in zip(sdrs, qualified, strict=True):
            for n in range(passed):
                day = office.clock() - timedelta(days=7 + n, minutes=n)
                build.handoff(rep, decider, day, accepted=n < accepted)


def four(office: Office, ana: Member, east: int) -> list[Member]:
    return [ana, *(office.hires(name, Role.SDR, east) for name in ("Abe", "Cat", "Dov"))]


def test_one_rep_reads_facts_and_is_compared_with_nobody(office: Office, ana: Member, bo: Member) -> None:
    leads(office, [(ana, 30, 40)], bo)

    card = ana.commands("/scorecard").says
    assert "You: *30 of 40 (75%)*" in card
    assert "The middle of the SDRs: fewer than three of them, so there is none" in card
    assert not SURE.search(card)
    top = ana.commands("/scorecard top").says
    assert "with fewer than three of them to compare, nobody is named" in top
    assert not SURE.search(top.replace("named at nine times", ""))


def test_of_two_reps_neither_reads_where_the_other_stands(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    abe = office.hires("Abe", Role.SDR, east)
    leads(office, [(ana, 39, 40), (abe, 1, 40)], bo)

    for member in (ana, abe):
        card = member.commands("/scorecard").says
        assert "fewer than three of them, so there is none" in card
        assert not SURE.search(card)
        assert "Abe" not in member.commands("/scorecard top").says


def test_all_equal_is_too_close_to_call_and_nobody_is_better(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    reps = four(office, ana, east)
    leads(office, [(one, 20, 40) for one in reps], bo)

    assert "*SDRs*: too close to call." in ana.commands("/scorecard top").says
    for member in reps:
        card = member.commands("/scorecard").says
        assert "You: *20 of 40 (50%)*" in card
        assert not SURE.search(card)


def test_all_zero_is_told_as_nothing_yet_and_judges_nobody(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    reps = four(office, ana, east)

    assert "too close to call" in ana.commands("/scorecard top").says
    card = ana.commands("/scorecard").says
    assert "You: *no data yet*" in card and not SURE.search(card)

    leads(office, [(one, 0, 10) for one in reps], bo)
    card = ana.commands("/scorecard").says
    assert "You: *0 of 10 (0%)*" in card and not SURE.search(card)
    assert "too close to call" in ana.commands("/scorecard top").says


def test_a_rep_with_everything_beside_others_with_nothing_is_not_called_better(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    reps = four(office, ana, east)
    leads(office, [(ana, 35, 50)], bo)

    top = ana.commands("/scorecard top").says
    card = ana.commands("/scorecard").says
    assert "You: *35 of 50 (70%)*" in card
    assert "better than the middle" not in card
    nothing = reps[1].commands("/scorecard").says
    assert "You: *no data yet*" in nothing and not SURE.search(nothing)
    assert "The middle of the SDRs: fewer than three of them have this number" in nothing
    assert "70%" not in nothing, "the middle of one is Ana's own number"
    assert "Abe" not in top


def test_a_role_that_changed_in_the_middle_shows_what_was_done_in_the_role_of_now(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    reps = four(office, ana, east)
    leads(office, [(one, 10 + n, 40) for n, one in enumerate(reps)], bo)
    [person] = ids(office, ana)
    with office.db.begin() as session:
        before = session.exec(select(Membership).where(Membership.person_id == person)).one()
        before.ended_on = (office.clock() - timedelta(days=20)).date()
        session.add(
            Membership(
                workspace_id=office.workspace_id,
                person_id=person,
                team_id=east,
                role=Role.AE,
                started_on=before.ended_on + timedelta(days=1),
            )
        )

    card = ana.commands("/scorecard").says
    assert "Ana, AE" in card
    assert "You: *no data yet*" in card and not SURE.search(card)
    assert "Ana" not in reps[1].commands("/scorecard top").says


def test_a_year_without_a_single_lost_deal_says_that_winning_judges_nobody(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    others = [office.hires(name, Role.AE, east) for name in ("Eli", "Fox")]
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for ae, won in zip(ids(office, bo, *others), (14, 3, 2), strict=True):
            for n in range(won):
                day = office.clock() - timedelta(days=10 + n)
                build.deal(ae, day - timedelta(days=20), status=DealStatus.WON, closed_at=day)

    top = ana.commands("/scorecard top").says
    assert "No deal was ever marked lost" in top
    assert "🏆 *AEs*" not in top
    card = bo.commands("/scorecard").says
    assert "You: *14 of 14 (100%)*" in card and not SURE.search(card)


def test_a_time_before_the_records_begin_is_no_time_of_zeros(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    reps = four(office, ana, east)
    leads(office, [(one, 10, 20) for one in reps], bo)

    said = ana.commands("/scorecard 2019-Q1").says
    assert not re.search(r"\b0%", said) and not SURE.search(said)
    assert "no data yet" in said


def test_money_without_a_rate_is_not_added_up(office: Office, east: int) -> None:
    cy = office.hires("Cy", Role.AM, east)
    (am,) = ids(office, cy)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for key, currency, end in (("Globex", "EUR", 150), ("Initech", "USD", 120)):
            build.account(am, key, date(2026, 6, 1), 100, currency)
            build.account(am, key, date(2026, 10, 1), end, currency)

    card = cy.commands("/scorecard").says
    assert "nobody has told me what EUR was worth in USD" in card
    assert not SURE.search(card)
