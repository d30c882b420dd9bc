"""Sessions told leg by leg, in any order."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calls.domain.legs import End, Leg, ended_calls
from bot.core.enums import Direction, LegState

START = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OPEN, MOVED, ENDED = LegState.OPEN, LegState.MOVED, LegState.ENDED


def leg(key: str, sequence: int, state: LegState, **about: Any) -> Leg:
    return Leg(
        source="ringcentral",
        account="1",
        session_key="s",
        leg_key=key,
        sequence=sequence,
        state=state,
        at=START + timedelta(minutes=sequence),
        **about,
    )


DANA = End(name="Dana", number="+15550100")
MENU, ANA, BO = End("900", "Menu", "+15550111"), End("11", "Ana", "101"), End("12", "Bo", "102")
ANAS: dict[str, Any] = {"mine": ANA, "other": DANA}
THROUGH_A_MENU = [
    leg("dana", 0, OPEN, mine=DANA, other=End(number="+15550111")),
    leg("menu", 1, OPEN, mine=MENU, other=DANA),
    leg("menu", 2, ENDED, mine=MENU, other=DANA),
    leg("ana", 3, OPEN, **ANAS),
    leg("ana", 4, OPEN, answered=True, **ANAS),
    leg("ana", 14, ENDED, **ANAS),
    leg("dana", 15, ENDED, mine=DANA, other=MENU),
]


def test_a_menu_that_hands_on_does_not_end_the_call() -> None:
    assert ended_calls(THROUGH_A_MENU[:3]) == []


def test_the_call_runs_from_the_answer_to_the_last_hang_up_with_who_was_outside() -> None:
    [call] = ended_calls(THROUGH_A_MENU)

    assert (call.agent.key, call.talk_seconds, call.contact) == ("11", 600, "Dana")


@given(st.permutations(THROUGH_A_MENU), st.lists(st.sampled_from(THROUGH_A_MENU)))
@settings(deadline=None)
def test_in_any_order_with_any_of_it_twice_it_is_the_same_call(order: list[Leg], again: list[Leg]) -> None:
    assert ended_calls([*order, *again]) == ended_calls(THROUGH_A_MENU)


def test_the_latest_notice_that_says_who_it_was_wins() -> None:
    number = End(number="+15550100")
    told = [
        leg("ana", 1, OPEN, mine=ANA, other=End(name="Zoe", number="+15550100")),
        leg("ana", 2, OPEN, answered=True, mine=ANA, other=DANA),
        leg("ana", 9, ENDED, mine=ANA, other=number),
        leg("ana", 8, OPEN, mine=ANA),
    ]

    assert [call.contact for call in ended_calls(told)] == ["Dana"], "a name told once belongs to its number"
    nameless = [leg("ana", 2, OPEN, answered=True, mine=ANA, other=number), leg("ana", 9, ENDED, mine=ANA)]
    assert [call.contact for call in ended_calls(nameless)] == ["+15550100"]


def test_whoever_turns_out_to_be_a_colleague_was_no_customer() -> None:
    before_anybody_knew = End(number="11101")
    told = [
        leg("ana", 1, OPEN, mine=ANA, other=before_anybody_knew),
        leg("ana", 2, OPEN, answered=True, mine=ANA, other=before_anybody_knew),
        leg("ana", 9, ENDED, mine=ANA, other=before_anybody_knew),
    ]
    bo = [
        leg("bo", 3, OPEN, answered=True, mine=End("12", "Bo", "11101"), other=ANA),
        leg("bo", 9, ENDED, mine=End("12", "Bo", "11101"), other=ANA),
    ]

    assert [call.agent.key for call in ended_calls(told)] == ["11"]
    assert ended_calls([*told, *bo]) == []


def test_a_number_withheld_is_a_customer_where_somebody_outside_was_there() -> None:
    told = [
        leg("ana", 2, OPEN, answered=True, mine=ANA),
        leg("ana", 9, ENDED, mine=ANA),
    ]
    outside = leg("x", 9, ENDED, mine=End(number="+15550100"), other=MENU)

    assert ended_calls(told) == [], "nobody says that anybody was outside"
    assert [call.contact for call in ended_calls([*told, outside])] == ["+15550100"]


def test_one_who_moved_away_does_not_keep_the_session_open() -> None:
    first = leg("ana", 1, OPEN, answered=True, **ANAS)
    moved = leg("ana", 3, MOVED, **ANAS)
    bo = leg("bo", 4, OPEN, answered=True, mine=BO, other=DANA, direction=Direction.INBOUND)

    assert ended_calls([first, moved]) == [], "gone is not ended"
    assert ended_calls([first, moved, bo]) == []
    ended = ended_calls([first, moved, bo, leg("bo", 9, ENDED, mine=BO, other=DANA)])
    assert [(call.agent.key, call.talk_seconds) for call in ended] == [("11", 120), ("12", 300)]


def test_a_call_nobody_answered_or_among_colleagues_is_none() -> None:
    rang = leg("ana", 5, ENDED, **ANAS)
    colleague = leg("ana", 5, ENDED, answered=True, mine=ANA, other=BO)

    assert ended_calls([rang]) == []
    assert ended_calls([colleague]) == []


ENDS = st.builds(
    End, st.sampled_from(["", "11", "12"]), st.sampled_from(["", "Dana"]), st.sampled_from(["", "+1", "101"])
)
NOTICES = st.builds(
    leg,
    st.sampled_from(["a", "b"]),
    st.integers(0, 9),
    st.sampled_from(LegState),
    answered=st.booleans(),
    mine=ENDS,
    other=ENDS,
)


@given(st.lists(NOTICES, max_size=8).flatmap(lambda told: st.tuples(st.just(told), st.permutations(told))))
@settings(deadline=None)
def test_whatever_is_missing_the_order_never_matters(both: tuple[list[Leg], list[Leg]]) -> None:
    told, shuffled = both

    calls = ended_calls(told)

    assert ended_calls(shuffled) == calls
    assert all(call.agent.key and call.started_at <= call.ended_at for call in calls)
