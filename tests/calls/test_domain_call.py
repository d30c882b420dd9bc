"""What holds for a call by whatever road it came: words, bounds, and the same told again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calls.domain.call import Agent, EndedCall, combined, completed, implausible

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
CALL = EndedCall("zoom", "", "c-1", Agent(key="1001"), NOW - timedelta(minutes=20), NOW, 600, contact="Dana")


@pytest.mark.parametrize(
    "word",
    ["cancelled", "Missed", "unanswered", "voicemail", "No Answer", "no-answer", "Left voicemail", "busy"],
)
def test_nobody_was_reached_in_whatever_words(word: str) -> None:
    assert not completed(word)


@pytest.mark.parametrize("word", ["", "completed", "connected", "answered", "demo booked"])
def test_any_other_word_is_a_talk(word: str) -> None:
    assert completed(word)


@pytest.mark.parametrize(
    ("started", "ended", "says"),
    [
        (NOW.replace(year=2018), NOW.replace(year=2018) + timedelta(minutes=9), "more than a year"),
        (NOW.replace(year=2099), NOW.replace(year=2099) + timedelta(minutes=9), "future"),
        (NOW - timedelta(hours=48), NOW, "longer than 12 hours"),
        (NOW, NOW - timedelta(minutes=1), "before"),
    ],
)
def test_what_cannot_be_a_call_that_ended_is_told(started: datetime, ended: datetime, says: str) -> None:
    assert says in implausible(replace(CALL, started_at=started, ended_at=ended), now=NOW)


def test_history_may_be_old_and_clocks_may_go_a_little_fast() -> None:
    old = replace(CALL, started_at=NOW - timedelta(days=900), ended_at=NOW - timedelta(days=900))
    fast = replace(CALL, ended_at=NOW + timedelta(minutes=4))

    assert implausible(old, now=NOW, may_be_old=True) == ""
    assert implausible(fast, now=NOW) == ""
    assert "longer" in implausible(replace(CALL, talk_seconds=172_800), now=NOW)


TOLD = st.builds(
    lambda start, minutes, talk, contact, disposition, hint: replace(
        CALL,
        started_at=NOW - timedelta(minutes=start),
        ended_at=NOW - timedelta(minutes=start) + timedelta(minutes=minutes),
        talk_seconds=talk,
        contact=contact,
        disposition=disposition,
        is_hint=hint,
    ),
    st.integers(0, 60),
    st.integers(0, 60),
    st.one_of(st.none(), st.integers(0, 3600)),
    st.sampled_from(["", "Dana", "+1555"]),
    st.sampled_from(["", "completed", "no_answer"]),
    st.booleans(),
)


@given(st.lists(TOLD, min_size=1, max_size=5).flatmap(lambda t: st.tuples(st.just(t), st.permutations(t))))
@settings(deadline=None)
def test_start_end_talk_and_contact_do_not_depend_on_the_order(
    both: tuple[list[EndedCall], list[EndedCall]],
) -> None:
    told, shuffled = both
    one, other = reduce(combined, told), reduce(combined, [*shuffled, *shuffled])

    figures = [(c.started_at, c.ended_at, c.talked, c.is_completed, c.is_hint) for c in (one, other)]
    assert figures[0] == figures[1]


def test_a_record_outdoes_a_hint_whichever_came_first() -> None:
    hint = replace(
        CALL, started_at=NOW - timedelta(minutes=19), contact="+1555", talk_seconds=None, is_hint=True
    )

    assert combined(hint, CALL) == combined(CALL, hint) == CALL
