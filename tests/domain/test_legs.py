"""Sessions told leg by leg, in any order."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.legs import Leg, ended_calls, merged
from bot.words import Direction, LegState

START = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def leg(key: str, sequence: int, state: LegState, *, answered: bool = False, **about: Any) -> Leg:
    at = START + timedelta(minutes=sequence)
    return Leg(
        source="ringcentral",
        account="1",
        session_key="s",
        leg_key=key,
        sequence=sequence,
        state=state,
        answered_at=at if answered else None,
        left_at=None if state is LegState.OPEN else at,
        **about,
    )


def told(*legs: Leg) -> list[Leg]:
    known: dict[str, Leg] = {}
    for one in legs:
        known[one.leg_key] = merged(known[one.leg_key], one) if one.leg_key in known else one
    return list(known.values())


ANA: dict[str, Any] = {"agent_key": "11", "agent_name": "Ana", "contact": "Dana", "external": True}
THROUGH_A_MENU = [
    leg("menu", 1, LegState.OPEN, agent_key="900", contact="Dana", external=True),
    leg("menu", 2, LegState.ENDED, agent_key="900", contact="Dana", external=True),
    leg("dana", 0, LegState.OPEN),
    leg("ana", 3, LegState.OPEN, **ANA),
    leg("ana", 4, LegState.OPEN, answered=True, **ANA),
    leg("ana", 14, LegState.ENDED, **ANA),
    leg("dana", 15, LegState.ENDED),
]


def test_a_menu_that_hands_on_does_not_end_the_call() -> None:
    assert ended_calls(told(*THROUGH_A_MENU[:3])) == []


def test_the_call_runs_from_the_answer_to_the_last_hang_up() -> None:
    [call] = ended_calls(told(*THROUGH_A_MENU))

    assert (call.agent.key, call.talk_seconds, call.contact) == ("11", 600, "Dana")


@given(st.permutations(THROUGH_A_MENU), st.lists(st.sampled_from(THROUGH_A_MENU)))
def test_in_any_order_with_any_of_it_twice_it_is_the_same_call(order: list[Leg], again: list[Leg]) -> None:
    assert ended_calls(told(*order, *again)) == ended_calls(told(*THROUGH_A_MENU))


def test_one_who_moved_away_does_not_keep_the_session_open() -> None:
    first = leg("ana", 1, LegState.OPEN, answered=True, **ANA)
    moved = leg("ana", 3, LegState.MOVED, **ANA)
    bo = leg("bo", 4, LegState.OPEN, answered=True, agent_key="12", direction=Direction.INBOUND)

    assert ended_calls(told(first, moved)) == [], "gone is not ended"
    assert ended_calls(told(first, moved, bo)) == []
    ended = ended_calls(told(first, moved, bo, leg("bo", 9, LegState.ENDED, agent_key="12")))
    assert [(call.agent.key, call.talk_seconds) for call in ended] == [("11", 120), ("12", 300)]


def test_a_call_nobody_answered_or_among_colleagues_is_none() -> None:
    rang = leg("ana", 5, LegState.ENDED, **ANA)
    colleague = leg("ana", 5, LegState.ENDED, answered=True, agent_key="11", contact="Bo")

    assert ended_calls(told(rang)) == []
    assert ended_calls(told(colleague)) == []
