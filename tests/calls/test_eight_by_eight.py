"""8x8's records of calls, as its documentation prints them; and the job that asks for them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.calls.domain.call import EndedCall
from bot.calls.logs.eight_by_eight import ended_calls
from bot.calls.services import agent_names
from bot.calls.sources import Unreadable
from bot.core.enums import Direction, Disposition
from bot.doctor import call_source
from bot.sandbox import Member
from bot.slack.tools import Tools
from storage.tables import Call, Person
from tests.support.doubles.call_logs import eight_by_eight
from tests.support.doubles.http import Answer, double
from tests.support.office import Office

MISSED = {
    "dnis": "12025555720",
    "callId": "1635571048351",
    "startTimeUTC": 1643898447493,
    "connectTimeUTC": 0,
    "disconnectedTimeUTC": 1643898472253,
    "talkTimeMS": 0,
    "caller": "+15555551220",
    "callerName": "MARK SMITH",
    "callee": "120088",
    "calleeName": "Jane Li",
    "direction": "Incoming",
    "missed": "Missed",
    "answered": "-",
    "pbxId": "acmecorppbx",
    "lastLegDisposition": "Voicemail",
}
TALKED = MISSED | {"connectTimeUTC": 1643898450000, "talkTimeMS": 22000, "lastLegDisposition": "Connected"}


def only(record: dict[str, Any]) -> EndedCall:
    [call] = ended_calls(record)
    return call


def test_an_incoming_call_is_the_called_extensions() -> None:
    call = only(TALKED)

    assert (call.account, call.call_key) == ("acmecorppbx", "1635571048351")
    assert (call.agent.key, call.agent.name, call.agent.email) == ("120088", "Jane Li", None)
    assert (call.contact, call.direction, call.talk_seconds) == ("MARK SMITH", Direction.INBOUND, 22)
    assert call.started_at == datetime(2022, 2, 3, 14, 27, 30, tzinfo=UTC)
    assert call.is_completed


def test_a_call_that_went_to_voicemail_reached_nobody() -> None:
    assert not only(MISSED).is_completed
    assert only(MISSED | {"callee": "Voicemail (120088)"}).agent.key == "120088"
    assert only(MISSED | {"lastLegDisposition": ""}).disposition == Disposition.NO_ANSWER


def test_an_outgoing_call_is_the_callers_and_a_number_is_no_name() -> None:
    call = only(
        TALKED
        | {
            "direction": "Outgoing",
            "caller": "120088",
            "callerName": "Jane Li",
            "callee": "+15555551220",
            "calleeName": "15555551220",
        }
    )
    assert (call.agent.key, call.contact, call.direction) == ("120088", "+15555551220", Direction.OUTBOUND)


def test_what_says_not_whose_it_is_is_not_guessed() -> None:
    queue = {"callee": "CallQueue", "calleeName": "Test Queue"}
    assert ended_calls(MISSED | queue) == [], "nobody missed it"
    with pytest.raises(Unreadable):
        ended_calls(TALKED | queue)


@pytest.mark.parametrize("odd", [{"direction": "Internal"}, {"direction": None}, {"disconnectedTimeUTC": 0}])
def test_colleagues_and_what_is_not_over_are_left_out(odd: dict[str, Any]) -> None:
    assert ended_calls(TALKED | odd) == []


def configured(office: Office, url: str) -> Tools:
    """With a table of 8x8 beside what is in the file already."""
    (tools,) = office.corner.everybodys_tools(False)
    file = tools.settings.webhook_secrets
    assert file is not None
    said = f'[8x8]\nsecret = "k"\nusername = "u"\npassword = "p"\napi_url = "{url}"\n'
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{said}", encoding="utf-8")
    return tools


def test_the_log_is_asked_and_the_rep_with_it_once(office: Office, ana: Member) -> None:
    began = office.clock() - timedelta(minutes=30)
    with office.db.writing(office.workspace_id, office.clock()) as books:
        known = agent_names.entered(books, "8x8", "70")
        [person] = books.session.exec(select(Person).where(Person.name == "Ana"))
        agent_names.map_to(books, known.id, person.id)
    with double(eight_by_eight(began)) as log:
        tools = configured(office, log.url)
        office.tick()
        office.tick()
        found = call_source.examine(tools.settings, "8x8", office.clock)
    with office.db.read() as session:
        assert len(session.exec(select(Call)).all()) == 2
    assert ana.dm, "the rep is asked"
    assert "has 2 calls of the last three hours" in {one.check: one.says for one in found}["log"]


def test_a_log_that_refuses_is_told_by_the_doctor_and_asked_again(office: Office) -> None:
    with double(lambda _asked: Answer(status=401)) as log:
        tools = configured(office, log.url)
        office.tick()
        found = call_source.examine(tools.settings, "8x8", office.clock)
    [asked] = [one for one in found if one.check == "log"]
    assert not asked.ok
    assert "does not accept the credentials" in asked.says
