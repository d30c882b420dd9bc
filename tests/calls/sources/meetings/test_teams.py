"""Microsoft Teams: notices that point at records of calls, and the records."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.calls.domain.call import EndedCall
from bot.calls.logs import teams
from bot.calls.logs.asking import CannotRead
from bot.calls.sources.teams import ended_call
from bot.core.enums import Disposition, Role
from bot.sandbox import Member
from storage.database import Database
from storage.tables import CallToFetch
from tests.calls.sources.meetings.graph_double import OURS, PHONE, THEIRS, GraphDouble, record, user
from tests.calls.sources.reading import calls, strangers, the_call
from tests.calls.sources.senders import deliver
from tests.support import web
from tests.support.office import Office, open_office

GUEST = {"id": "g-1", "identity": {"guest": {"id": "g-1", "displayName": "Dana Reed"}}}
MENU = {"id": "m-1", "identity": {"applicationInstance": {"id": "m-1", "displayName": "Main menu"}}}


def notice(key: str = "e523d2ed", **more: Any) -> dict[str, Any]:
    return {
        "subscriptionId": "s-1",
        "changeType": "created",
        "resource": f"communications/callRecords/{key}",
        "resourceData": {"@odata.type": "#microsoft.graph.callrecord", "id": key},
        "tenantId": OURS,
    } | more


def said(*notices: dict[str, Any]) -> dict[str, Any]:
    return {"value": list(notices or (notice(),))}


@pytest.fixture
def office(db: Database, tmp_path: Path, graph: GraphDouble) -> Iterator[Office]:
    table = "\n".join(f'{name} = "{value}"' for name, value in graph.credentials.items())
    with open_office(db, tmp_path, sources=f"[teams]\n{table}") as office:
        yield office


@pytest.fixture
def ana(office: Office) -> Member:
    return office.hires("Ana", Role.AE, office.team("East"))


def told(*people: dict[str, Any], **more: Any) -> EndedCall | None:
    return ended_call(OURS, record(*people, **more), [])


def test_a_new_address_proves_itself_by_the_token_that_it_is_sent(office: Office) -> None:
    answer = web.post(f"{office.url}/calls/teams?validationToken=a%20token%3Cb%3E", content=b"")

    assert (answer.status_code, answer.text) == (200, "a token<b>")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_the_record_is_asked_for_and_its_organizer_asked_about_it(office: Office, ana: Member) -> None:
    assert deliver(office, "teams", said(notice(), notice(changeType="updated"))).text == "stored"

    call = the_call(office)
    assert (call.account, call.call_key, call.talk_seconds, call.contact) == (
        OURS,
        "e523d2ed",
        620,
        "+15550100",
    )
    assert "+15550100" in ana.dm[-1].text
    deliver(office, "teams", said(notice(changeType="updated")))
    assert len(calls(office)) == 1


def test_a_record_that_is_gone_is_not_asked_for_again(office: Office, ana: Member) -> None:
    deliver(office, "teams", said(notice("gone")))

    assert calls(office) == []
    with office.db.read() as session:
        assert session.exec(select(CallToFetch)).all() == []


def test_a_secret_that_has_expired_waits_and_is_said(office: Office, ana: Member, graph: GraphDouble) -> None:
    graph.secret = "another"
    deliver(office, "teams", said())
    with office.db.read() as session:
        assert "does not accept the credentials" in session.exec(select(CallToFetch)).one().error

    graph.secret = "s"
    office.clock.advance(timedelta(hours=2))
    office.tick()
    assert the_call(office).call_key == "e523d2ed"


def test_without_the_apps_credentials_it_is_said_where_they_go() -> None:
    with pytest.raises(CannotRead, match=r"put client_id and client_secret into \[teams\]"):
        teams.api({"tenant_id": OURS})


def test_another_client_state_is_refused_and_none_is_stored(office: Office, ana: Member) -> None:
    wrong: list[dict[str, Any]] = [{"value": []}, {}, said(notice(clientState="a guess"))]
    for forged in wrong:
        assert deliver(office, "teams", forged).status_code == 401
    assert calls(office) == []


def test_somebody_unknown_waits_under_their_id(office: Office, graph: GraphDouble) -> None:
    stranger = user("Zoe")
    del stranger["identity"]["user"]["userPrincipalName"]
    graph.records["e523d2ed"] = record(stranger, PHONE, organizer=stranger)
    deliver(office, "teams", said())

    assert strangers(office) == ["u-zoe"]


@pytest.mark.parametrize(
    ("people", "contact"),
    [
        ((user("Ana"), PHONE), "+15550100"),
        ((user("Ana"), GUEST), "Dana Reed"),
        ((user("Ana"), user("Ben"), user("Eve", tenant=THEIRS)), "Eve"),
        ((user("Ana"), MENU, PHONE), "+15550100"),
    ],
)
def test_somebody_outside_makes_it_a_sales_call(people: tuple[dict[str, Any], ...], contact: str) -> None:
    call = told(*people)

    assert call is not None
    assert (call.agent.email, call.contact) == ("ana@example.com", contact)


def test_colleagues_among_themselves_and_menus_make_none() -> None:
    assert told(user("Ana"), user("Ben")) is None
    assert told(user("Ana"), MENU) is None
    assert told(user("Ana"), PHONE, endDateTime=None) is None


def test_a_meeting_that_somebody_outside_arranged_is_that_of_the_only_one_of_ours() -> None:
    eve = user("Eve", tenant=THEIRS)
    alone, both = (
        told(user("Ana"), eve, organizer=eve),
        told(user("Ana"), user("Ben"), eve, organizer=eve),
    )

    assert alone is not None and alone.agent.email == "ana@example.com"
    assert both is None, "nobody can tell whose it was"


def test_where_every_session_failed_nobody_was_reached() -> None:
    failed = {"failureInfo": {"reason": "declined", "stage": "callSetup"}}
    missed = ended_call(OURS, record(), [failed, failed])
    reached = ended_call(OURS, record(), [failed, {"failureInfo": None}])

    assert missed is not None and (missed.disposition, missed.talked) == (Disposition.NO_ANSWER, 0)
    assert reached is not None and (reached.disposition, reached.talked) == ("", 620)
