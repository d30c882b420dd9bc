"""A quarter of a team of forty, from the first pairing to the report on whether it worked."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from slack_sdk import WebClient
from sqlmodel import col, select

from bot import settings
from bot.blocks.reader import reader
from bot.calendar.periods import parse
from bot.coaching.domain.effect import Effect
from bot.coaching.domain.matching import NOVELTY
from bot.coaching.domain.pairs import Why
from bot.coaching.services import coach_record, coaching_debt, pairing_inputs
from bot.coaching.services import effect as effects
from bot.coaching.services import pairing as pairings
from bot.coaching.services.pay import months
from bot.coaching.views.effect import report
from bot.core.enums import Metric, PairingStatus, Role
from bot.jobs import Tools
from storage.tables import CoachingSession, GoOn, OutboxMessage, Pairing, Team
from tests.coaching.effect.quarter import (
    COACHES,
    DEALS_A_WEEK,
    FIRST,
    LEARNERS,
    TRUE_EFFECT,
    WEEK,
    WEEKS,
    Quarter,
    at,
)
from tests.support.databases import SQLiteFiles


@pytest.fixture(scope="module")
def quarter(sqlite_files: SQLiteFiles) -> Iterator[Quarter]:
    with sqlite_files.fresh() as db:
        played = Quarter(db)
        played.staff()
        # Slack is away: each is written to alone
        nobody = WebClient(base_url="http://127.0.0.1:9/", timeout=1, retry_handlers=[])
        played.play(Tools(db, lambda: played.now, played.workspace_id, nobody, settings.load(_env_file=None)))
        yield played


def test_every_week_is_told_and_its_pairs_meet(quarter: Quarter) -> None:
    with quarter.db.read() as session:
        weeks = {row.week for row in session.exec(select(Pairing))}
        held = len(session.exec(select(CoachingSession)).all())

    assert weeks == {FIRST + n * WEEK for n in range(WEEKS)}
    assert held > 6 * WEEKS


def test_no_coach_is_given_more_than_they_offered_and_nobody_unwilling_is_paired(quarter: Quarter) -> None:
    unwilling = sorted(quarter.chance)[COACHES + LEARNERS :]
    with quarter.db.read() as session:
        standing = [row for row in session.exec(select(Pairing)) if row.status is not PairingStatus.DECLINED]

    assert len({(row.week, row.coach_id) for row in standing}) == len(standing)
    assert not {row.learner_id for row in standing} & set(unwilling)


def test_no_pair_comes_back_within_three_weeks_unless_both_chose_to_go_on(quarter: Quarter) -> None:
    weeks: dict[tuple[int, int], list[date]] = defaultdict(list)
    with quarter.db.read() as session:
        for row in session.exec(select(Pairing).order_by(col(Pairing.week))):
            weeks[(row.coach_id, row.learner_id)].append(row.week)
        chosen = Counter(
            (row.coach_id, row.learner_id)
            for row in session.exec(select(GoOn))
            if row.coach_says and row.learner_says
        )

    assert chosen
    for couple, met in weeks.items():
        assert all(later - earlier == WEEK or later - earlier > NOVELTY for earlier, later in pairwise(met))
        assert max(_runs(met)) <= 4 * (1 + chosen[couple])


def _runs(weeks: list[date]) -> list[int]:
    """How many weeks in a row, run by run."""
    runs = [1]
    for earlier, later in pairwise(weeks):
        if later - earlier == WEEK:
            runs[-1] += 1
        else:
            runs.append(1)
    return runs


def test_nobody_is_asked_more_than_once_a_week_whether_they_met(quarter: Quarter) -> None:
    asked: dict[int | None, list[datetime]] = defaultdict(list)
    with quarter.db.read() as session:
        for message in session.exec(select(OutboxMessage).order_by(col(OutboxMessage.created_at))):
            if message.text.startswith("Did you and"):
                asked[message.person_id].append(message.created_at)

    assert asked
    for moments in asked.values():
        assert all(later - earlier >= WEEK for earlier, later in pairwise(moments))


def test_the_report_finds_what_coaching_added_and_what_it_cost(quarter: Quarter) -> None:
    with quarter.db.writing(quarter.workspace_id, quarter.now) as books:
        books.session.get_one(Team, quarter.team)
        found = effects.effects_of_coaching(books, as_of=at(FIRST + WEEKS * WEEK, 9))

    told = {one.effect.metric: one.effect for one in found}
    effect = told[Metric.WIN_RATE]
    assert effect.enough, effect.missing
    assert effect.interval is not None
    low, high = effect.interval
    assert 0 < low < TRUE_EFFECT < high
    assert effect.learners >= 10 and effect.comparison >= 10
    _is_told_in_one_unit(effect)


def _is_told_in_one_unit(effect: Effect) -> None:
    """Wins a quarter of the learners, and their money at 9,500 a deal, each with its interval."""
    worth, told = effect.worth, report([(Role.AE, effect)], "USD", reader(None, ZoneInfo("UTC")))[0]
    assert worth and worth.wins and worth.money and worth.money_interval and effect.interval
    closed = effect.learners * DEALS_A_WEEK * WEEKS
    assert worth.wins == pytest.approx((effect.difference or 0) * closed, rel=0.1)
    assert worth.money / worth.wins == pytest.approx(9_500, rel=0.05)
    assert 0 < worth.money_interval[0] < worth.money < worth.money_interval[1]
    assert f"For the {effect.learners} learners that is about " in told and " more wins a quarter" in told
    assert "at your average deal ($" in told and "In money" not in told


def test_coaches_are_credited_and_their_record_shows_the_lift(quarter: Quarter) -> None:
    end = at(FIRST + WEEKS * WEEK, 9)
    with quarter.db.reading(quarter.workspace_id, quarter.now) as books:
        september = parse("2026-09", now=end, zone=ZoneInfo("UTC"))
        earned = months.of_teams(books, {quarter.team}, september.dates()[0])
        lifts = [lift for one in coach_record.lifts(books, as_of=end).values() for lift in one]

    assert len(earned.coaches) >= COACHES * 3 / 4
    assert all(0 < coach.minutes <= 5 * 120 for coach in earned.coaches)
    assert sum(lifts) / len(lifts) > 0.5


def test_whoever_wanted_coaching_got_some(quarter: Quarter) -> None:
    end = FIRST + WEEKS * WEEK
    with quarter.db.writing(quarter.workspace_id, quarter.now) as books:
        coaching_debt.set_limit(books, WEEKS * 7)
        reps = pairing_inputs.reps_of(books, quarter.team, end)
        owed = {one.person.id for one in coaching_debt.owed(books, reps, end)}
        waiting = pairings.propose(books, quarter.team, end, as_of=books.now).waiting

    learners = sorted(quarter.chance)[COACHES : COACHES + LEARNERS]
    with_a_gap = {one for one in learners if one not in waiting or waiting[one].why is not Why.NO_FOCUS}
    assert len(owed & with_a_gap) <= len(with_a_gap) // 4
    assert len(with_a_gap) >= LEARNERS // 4
