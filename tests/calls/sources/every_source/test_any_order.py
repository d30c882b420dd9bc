"""Every source: told in any order, some of it twice, with fields missing, it is the same calls."""

import json
from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calls.domain.call import EndedCall, combined
from bot.calls.domain.notices import Notice
from bot.calls.sources import SOURCES, Delivery, Unreadable
from tests.calls.sources import (
    test_aircall,
    test_dialpad,
    test_gong,
    test_twilio,
    test_vonage,
    test_zoom,
)
from tests.calls.sources.bodies import GENERIC
from tests.calls.sources.every_source.oddities import changed, places
from tests.calls.sources.meetings import test_zoom_meetings
from tests.calls.sources.senders import packed
from tests.calls.sources.sessions import colleagues, through_the_menu
from tests.support.office import MONDAY_MORNING

STORIES: dict[str, list[dict[str, Any]]] = {
    "zoom": [
        test_zoom.HINT,
        test_zoom.record(),
        test_zoom.record(call_element_id="el-2", talk_time=60),
        test_zoom_meetings.MEETING,
        test_zoom_meetings.HOST,
        test_zoom_meetings.DANA,
        test_zoom_meetings.LATE_DANA,
        test_zoom_meetings.SUMMARY,
    ],
    "aircall": [test_aircall.said(), test_aircall.said(event="call.hungup")],
    "dialpad": [
        test_dialpad.said(),
        test_dialpad.said(call_id=52, talk_time=30_000),
        test_dialpad.said(call_id=53, state="missed", date_connected=None),
    ],
    "twilio": [
        test_twilio.RINGS_ANA,
        test_twilio.NOBODY,
        test_twilio.THEN_DANA,
        test_twilio.said(CallSid="CA9"),
    ],
    "ringcentral": [*through_the_menu("s-1", "+15550100", "Dana"), *colleagues("s-2")],
    "gong": [test_gong.said(), test_gong.said(duration=1200), test_gong.said(scope="Internal")],
    "vonage": [
        test_vonage.CALLER,
        test_vonage.RINGS_ANA,
        test_vonage.RINGS_NOBODY,
        test_vonage.CLICKED | {"conversation_uuid": "CON-2"},
        test_vonage.THEN_DANA | {"conversation_uuid": "CON-2"},
    ],
    "generic": [GENERIC, GENERIC | {"duration_s": 700}, GENERIC | {"disposition": "no_answer"}],
}


def outcome(source: str, bodies: list[bytes]) -> dict[Any, Any]:
    """By key and agent, from when to when, for how long, and whether somebody was reached."""
    adapter, sessions, calls = SOURCES[source], {}, {}  # type: ignore[var-annotated]
    for body in bodies:
        try:
            told = adapter.parse(Delivery({}, body, MONDAY_MORNING))
        except Unreadable:
            continue
        for one in told:
            if isinstance(one, Notice):
                sessions.setdefault(one.session_key, {}).setdefault(one.key, one)
            elif isinstance(one, EndedCall):
                calls.setdefault((one.account, one.call_key, one.agent), []).append(one)
    for notices in sessions.values():
        for call in adapter.ended(list(notices.values())):
            calls.setdefault((call.account, call.call_key, call.agent), []).append(call)
    whole = {key: reduce(combined, told) for key, told in calls.items()}
    return {
        key: (one.started_at, one.ended_at, one.talked, one.is_completed, one.is_hint)
        for key, one in whole.items()
    }


@st.composite
def told(draw: st.DrawFn, source: str) -> tuple[list[bytes], list[bytes]]:
    """The story with some fields gone, as it happened; and shuffled, some of it twice."""
    story: list[Any] = STORIES[source]
    for _ in range(draw(st.integers(0, 3))):
        n = draw(st.integers(0, len(story) - 1))
        story = changed(
            story, (n, *draw(st.sampled_from(places(story[n])))), draw(st.sampled_from([None, ""]))
        )
    bodies = [packed(source, one) for one in story if isinstance(one, dict)]
    again = draw(st.lists(st.sampled_from(bodies), max_size=3)) if bodies else []
    return bodies, draw(st.permutations([*bodies, *again]))


@pytest.mark.parametrize("source", sorted(STORIES))
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_never_matters(source: str, data: st.DataObject) -> None:
    bodies, shuffled = data.draw(told(source))

    assert outcome(source, shuffled) == outcome(source, bodies)


@pytest.mark.parametrize("source", sorted(STORIES))
def test_each_story_has_a_call(source: str) -> None:
    assert outcome(source, [packed(source, one) for one in STORIES[source]])


def test_every_source_that_tells_of_calls_itself_has_a_story() -> None:
    assert set(STORIES) == set(SOURCES) - {"hubspot", "teams", "meet"}, (
        "these only name the call; the newest answer stands"
    )
    assert json.dumps(STORIES)
