"""Whatever a workflow hands to the step is a call or a sentence."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.calls.domain.agents import spelt
from bot.calls.domain.workflow_steps import LONGEST_CALL, TOO_LATE, Reached, read
from bot.core.errors import BadInput

INPUTS = ("rep", "contact", "company", "minutes", "ended_at")
NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def reached(**inputs: Any) -> Reached | str:
    try:
        return read(inputs, now=NOW)
    except BadInput as error:
        return str(error)


@given(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("rep", "contact", "company", "minutes", "ended_at"), ANYTHING)
    )
)
def test_any_inputs_are_a_call_or_a_sentence(inputs: dict[str, Any]) -> None:
    told = reached(**inputs)

    if isinstance(told, str):
        assert told.endswith((".", "”."))
        return
    assert told.slack_user
    assert NOW - TOO_LATE <= told.ended_at <= NOW
    assert told.started_at <= told.ended_at
    assert told.talk_seconds is None or 0 <= told.talk_seconds <= LONGEST_CALL * 60
    assert "\x00" not in told.contact + told.company


def test_numbers_may_come_as_text() -> None:
    ended = str(int((NOW - timedelta(minutes=3)).timestamp()))

    told = reached(rep="U1", minutes="7.5", ended_at=ended)

    assert isinstance(told, Reached)
    assert (told.talk_seconds, told.ended_at) == (450, NOW - timedelta(minutes=3))


@given(st.text())
def test_an_agent_spelt_twice_is_spelt_once(agent: str) -> None:
    assert spelt(spelt(agent)) == spelt(agent)


def test_numbers_are_one_however_people_write_them() -> None:
    written = ("+49 30 / 901-820", "+49 (30) 901820", " +4930901820 ")

    assert {spelt(one) for one in written} == {"+4930901820"}
    assert spelt("Client: Ana  B") == "client: ana b"
    assert spelt("-") == "-"
