"""RingCentral: sessions party by party, in any order; over when everybody has left."""

import json
import random
from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.calls.domain.notices import Notice
from bot.calls.sources.delivery import Delivery
from bot.calls.sources.ringcentral import RingCentral
from bot.core.enums import Direction, Role
from bot.people.services import members
from bot.sandbox import Member
from storage.tables import Call, CallAgent, Person
from tests.calls.sources.reading import calls, strays, the_call
from tests.calls.sources.senders import deliver, send
from tests.calls.sources.sessions import START, answered, burst, colleagues, missed, running, through_the_menu
from tests.support import web
from tests.support.office import Office
from tests.support.properties import examples

AGENTS = {"Ana": "11", "Bo": "12"}


def test_a_subscription_gets_its_token_back(office: Office) -> None:
    answer = web.post(f"{office.url}/calls/ringcentral", headers={"Validation-Token": "t-1"})

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
@examples(3, phases=[Phase.generate])
def test_ten_thousand_notices_in_any_order_end_in_the_right_calls(seed: int) -> None:
    notices, wanted = burst(10_000, seed)
    sessions: dict[str, list[Notice]] = defaultdict(list)
    for one in notices:
        for told in RingCentral().parse(Delivery({}, json.dumps(one).encode(), START)):
            sessions[told.session_key].append(told)

    found = [call for told in sessions.values() for call in RingCentral().ended(told)]

    assert {(call.call_key, call.agent.key, call.talk_seconds) for call in found} == wanted


@pytest.mark.parametrize("seed", range(3))
def test_the_caller_is_known_and_not_the_menu_in_whatever_order_it_is_told(
    office: Office, ana: Member, seed: int
) -> None:
    name_agents(office, {"11": "ana@example.com"})
    notices = through_the_menu("s-1", "+15550100", "Adam One")
    told = notices * 2 if seed else notices
    if seed:
        random.Random(seed).shuffle(told)

    for one in told:
        send(office, "ringcentral", one)
    office.tick()

    call = the_call(office)
    assert (call.contact, call.direction, call.talk_seconds) == ("Adam One", Direction.INBOUND, 120)
    assert (call.started_at, call.ended_at) == (START + timedelta(seconds=80), START + timedelta(seconds=200))
    assert len(ana.dm) == 1
    assert "Adam One" in ana.dm[-1].text


def test_two_customers_through_one_menu_are_two_questions(office: Office, ana: Member) -> None:
    name_agents(office, {"11": "ana@example.com"})

    for one in (*through_the_menu("s-1", "+15550100", "Adam One"), *through_the_menu("s-2", "+15550102")):
        send(office, "ringcentral", one)
    office.tick()

    assert [call.contact for call in calls(office)] == ["Adam One", "+15550102"]
    assert len(ana.dm) == 2


@pytest.mark.parametrize("seed", range(3))
def test_colleagues_among_themselves_are_left_out_in_whatever_order_it_is_told(
    office: Office, ana: Member, seed: int
) -> None:
    name_agents(office, {"11": "ana@example.com"})
    notices = colleagues("s-1")
    random.Random(seed).shuffle(notices)

    for one in notices:
        send(office, "ringcentral", one)
    office.tick()

    assert calls(office) == []
    assert strays(office) == []
    assert ana.dm == []


def test_what_turns_out_to_be_a_colleague_after_the_end_is_taken_back(office: Office, ana: Member) -> None:
    """The whole of one leg, told by a number alone, before a word of the other."""
    name_agents(office, {"11": "ana@example.com"})
    told = [one for one in colleagues("s-1") if one["body"]["parties"][0]["id"] == "s-1-ana"]
    bare = {"phoneNumber": "11101"}
    for one in told:
        one["body"]["parties"][0]["to"] = bare
        send(office, "ringcentral", one)
    office.corner.inbox.work_all()
    assert [call.contact for call in calls(office)] == ["11101"]

    for one in colleagues("s-1"):
        if one not in told:
            send(office, "ringcentral", one)
    office.tick()

    assert calls(office) == []
    assert ana.dm == []


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
    with office.db.writing(office.workspace_id, office.clock()) as books:
        for key, email in emails.items():
            person_id = members.id_by_email(books, email)
            books.session.add(
                CallAgent(
                    workspace_id=office.workspace_id, source="ringcentral", agent=key, person_id=person_id
                )
            )


def owned_calls(office: Office) -> list[tuple[Call, str]]:
    with office.db.read() as session:
        rows = session.exec(select(Call, Person.email).where(col(Call.person_id) == col(Person.id)))
        return [(call, str(email)) for call, email in rows]
