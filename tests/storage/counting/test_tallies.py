"""What SQL counts is what a plain loop over the same facts counts, on both databases."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given

from storage.books import Books
from storage.database import Database
from storage.queries.pipeline import accounts
from storage.queries.scorecards import results, tallies
from storage.queries.scorecards.asking import count
from storage.rollup_upkeep import QUESTIONS
from tests.storage.counting.counted_by_hand import accounts_by_hand, counted_by_hand, first_day, last_day
from tests.storage.counting.stored_worlds import spans, store
from tests.storage.counting.worlds import KNOWN, SPANS, START, ACall, World, worlds
from tests.support.properties import examples


@given(worlds())
@examples(40, suppress_health_check=list(HealthCheck))
def test_every_count_is_that_of_a_plain_loop(any_db: Database, world: World) -> None:
    with any_db.begin() as session:
        home, ids = store(session, world)
        of = spans(ids)
        found = [
            count(session, QUESTIONS, home, of, as_of=KNOWN),
            count(session, (results.worked,), home, of, as_of=KNOWN),
        ]
        wins = results.won_deals(Books(session, home, START), of, as_of=KNOWN)
        minutes = tallies.coached(Books(session, home, START), of)
        held = accounts.held(Books(session, home, START), of)

    for rep in (0, 1):
        counts = {name: count for part in found for name, count in part[rep].items()}
        by_hand = counted_by_hand(world, rep)
        assert {name: counts.get(name, 0) for name in by_hand} == by_hand
        assert sorted(row[1:] for row in wins if row.span == rep) == sorted(
            (deal.opened, deal.closed)
            for deal in world.deals
            if deal.ae == rep and deal.won and deal.opened and deal.closed
            and SPANS[rep][0] <= deal.closed < SPANS[rep][1]
        )  # fmt: skip
        assert sorted(
            (one.minutes, one.confirmed)
            for one in minutes
            if one.span == rep and one.held_on >= first_day(rep)
        ) == sorted(
            (one.minutes, one.kept is not None)
            for one in world.sessions
            if one.coach == rep and one.commitment and first_day(rep) <= one.held_on <= last_day(rep)
        )
        assert sorted(
            ((one.first, one.start, one.end) for one in held if one.span == rep), key=str
        ) == sorted(accounts_by_hand(world.values, rep), key=str)


def test_another_workspace_is_never_counted(any_db: Database) -> None:
    call = ACall(0, START, True, 60, joined=False, asked=None, prompted=False)
    with any_db.begin() as session:
        _home, ids = store(session, World([call], [], [], [], []))
        elsewhere, _ids = store(session, World([], [], [], [], []))

        assert count(session, (tallies.calls,), elsewhere, spans(ids)) == [{}, {}]


@pytest.mark.parametrize("reps", [1, 2])
def test_one_rep_and_a_whole_role_are_counted_alike(any_db: Database, reps: int) -> None:
    calls = [ACall(rep, START + timedelta(days=3), True, 30, False, None, False) for rep in (0, 1, 1)]
    with any_db.begin() as session:
        home, ids = store(session, World(calls, [], [], [], []))

        found = count(session, (tallies.calls,), home, spans(ids)[:reps])

    assert found == [{"calls": 1, "talk_seconds": 30}, {"calls": 2, "talk_seconds": 60}][:reps]
