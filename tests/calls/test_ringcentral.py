"""RingCentral: sessions party by party, in any order; over when everybody has left."""

import json
from collections import defaultdict

import httpx
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.calls.delivery import Delivery
from bot.calls.ringcentral import RingCentral
from bot.domain.legs import Leg, ended_calls, merged
from bot.sandbox import Member
from bot.services import members
from bot.words import Role
from storage.tables import Call, CallAgent, Person
from tests.calls.reading import calls, strays
from tests.calls.senders import deliver, send
from tests.calls.sessions import START, answered, burst, missed, running
from tests.conversations.office import Office

AGENTS = {"Ana": "11", "Bo": "12"}


def test_a_subscription_gets_its_token_back(office: Office) -> None:
    answer = httpx.post(
        f"{office.url}/calls/ringcentral", headers={"Validation-Token": "t-1"}, trust_env=False
    )

    assert (answer.status_code, answer.headers["Validation-Token"]) == (200, "t-1")
    assert answer.headers["Content-Type"] == "application/json"
    assert len(answer.content) <= 1024


def test_a_session_over_is_known_for_each_agent_alone(office: Office, ana: Member) -> None:
    for one in answered("s-1").notices:
        deliver(office, "ringcentral", one)

    told = {(agent, stray.talk_seconds) for agent, stray in strays(office)}
    assert told == {("11", 220)}, "the menu answered nobody"


@pytest.mark.parametrize("story", [missed, running])
def test_a_call_missed_or_still_going_on_asks_nothing(office: Office, ana: Member, story) -> None:  # type: ignore[no-untyped-def]
    for one in story("s-1").notices:
        deliver(office, "ringcentral", one)

    assert calls(office) == []
    assert strays(office) == []


@given(st.integers(min_value=0))
@settings(max_examples=3, deadline=None, phases=[Phase.generate])
def test_ten_thousand_notices_in_any_order_end_in_the_right_calls(seed: int) -> None:
    notices, wanted = burst(10_000, seed)
    sessions: dict[str, dict[str, Leg]] = defaultdict(dict)
    for one in notices:
        for leg in RingCentral().parse(Delivery({}, json.dumps(one).encode(), START)):
            legs = sessions[leg.session_key]
            legs[leg.leg_key] = merged(legs[leg.leg_key], leg) if leg.leg_key in legs else leg

    found = [call for legs in sessions.values() for call in ended_calls(legs.values())]

    assert {(call.call_key, call.agent.key, call.talk_seconds) for call in found} == wanted


def test_a_shuffled_burst_over_http_ends_in_the_right_calls(office: Office) -> None:
    team = office.team("East")
    reps = {office.hires(name, Role.SDR, team).person.email: key for name, key in AGENTS.items()}
    name_agents(office, {key: email for email, key in reps.items()})
    notices, wanted = burst(200, seed=7)
    for one in notices:
        assert send(office, "ringcentral", one).status_code == 200
    office.tick()

    found = {(call.call_key, reps[email], call.talk_seconds) for call, email in owned_calls(office)}
    assert found == wanted


def name_agents(office: Office, emails: dict[str, str]) -> None:
    with office.db.begin() as session:
        for key, email in emails.items():
            person_id = members.id_by_email(session, office.workspace_id, email)
            session.add(
                CallAgent(
                    workspace_id=office.workspace_id, source="ringcentral", agent=key, person_id=person_id
                )
            )


def owned_calls(office: Office) -> list[tuple[Call, str]]:
    with office.db.read() as session:
        rows = session.exec(select(Call, Person.email).where(col(Call.person_id) == col(Person.id)))
        return [(call, str(email)) for call, email in rows]
