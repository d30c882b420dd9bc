"""Two workspaces in one process: each hears and sees its own, and the trouble of one is not the other's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import func, select, update
from structlog.testing import capture_logs

from bot.core.enums import OutboxKind, Role
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.jobs.scheduler import scheduled
from bot.people.services import workspace as workspaces
from bot.sandbox import Member, Sandbox, text_of
from bot.slack.tenancy import many
from storage.database import Database
from storage.tables import BOTS, Debrief, InboxEvent, OutboxMessage, OutboxState, Person, Workspace
from tests.support.campus import Campus, open_campus
from tests.support.isolation import watched
from tests.support.office import Office

OTHER_KEY = "a2V5LWtleS1rZXkta2V5LWtleS1rZXkta2V5LWtleS0="


@pytest.fixture(params=[False, True], ids=["http", "socket"])
def campus(request: pytest.FixtureRequest, db: Database, tmp_path: Path) -> Iterator[Campus]:
    with open_campus(db, tmp_path, by_socket=request.param) as campus:
        yield campus


@pytest.fixture
def both(db: Database, tmp_path: Path) -> Iterator[Campus]:
    """Installed in both workspaces; nothing may go to the database that is not held to one of them."""
    with open_campus(db, tmp_path) as campus, watched() as loose:
        campus.starts()
        campus.installs(campus.acme)
        campus.installs(campus.globex)
        yield campus
        campus.stops()
    assert loose == []


def staffed(office: Office) -> Member:
    """Both workspaces have an Ana of the same email address; her Slack id is the same in both, as it may be."""
    return office.hires("Ana", Role.SDR, office.team("East"))


def said_to(member: Member) -> str:
    return "\n".join(text_of(message) for message in member.dm)


def debriefs(office: Office) -> int:
    with office.db.read() as session:
        mine = select(func.count()).select_from(Debrief).where(Debrief.workspace_id == office.workspace_id)
        return session.exec(mine).one()


def test_each_workspace_is_asked_about_its_own_calls(campus: Campus) -> None:
    campus.starts()
    assert "Cornerman is in Sandbox" in campus.installs(campus.acme).text
    assert "Cornerman is in Globex" in campus.installs(campus.globex).text
    acme, globex = campus.office(campus.acme), campus.office(campus.globex)
    here, there = staffed(acme), staffed(globex)
    assert here.person.email == there.person.email

    assert acme.call_ended(here, company="Initech").text == "stored"
    here.clicks("Meeting booked")

    here.waits_for("meeting booked")
    assert (debriefs(acme), debriefs(globex)) == (1, 0)
    assert "Initech" in said_to(here)
    assert said_to(there) == ""
    for rep in (here, there):
        rep.clicks("More", rep.commands("/scorecard week").message)
        rep.waits_for("Less")
    assert "1 of 1" in here.sees()
    assert "1 of 1" not in there.sees()


def test_home_is_published_in_the_workspace_where_it_was_opened(both: Campus) -> None:
    here, there = staffed(both.office(both.acme)), staffed(both.office(both.globex))

    assert there.opens_home()
    assert here.person.home is None


def test_a_person_of_one_workspace_is_a_stranger_in_the_other(both: Campus) -> None:
    staffed(both.office(both.acme))
    namesake = both.globex.add_person("Ana", email="ana@example.com")

    assert "not on the roster" in namesake.commands("/scorecard").says


def test_a_button_that_bears_an_id_of_another_workspace_does_nothing(both: Campus) -> None:
    acme, globex = both.office(both.acme), both.office(both.globex)
    here, there = staffed(acme), staffed(globex)
    acme.call_ended(here)
    globex.call_ended(there)
    there.dm[-1].blocks = here.dm[-1].blocks

    there.clicks("Meeting booked", there.dm[-1])

    assert (debriefs(acme), debriefs(globex)) == (0, 0)


def test_a_call_source_of_one_workspace_cannot_speak_for_another(both: Campus) -> None:
    acme, globex = both.office(both.acme), both.office(both.globex)
    here, there = staffed(acme), staffed(globex)

    globex.secret = acme.secret
    assert globex.call_ended(there).status_code == 401
    globex.calls = "/calls/generic/T0NOBODY"
    assert globex.call_ended(there).status_code == 404
    globex.calls = "/calls/generic"
    assert globex.call_ended(there).status_code == 404
    assert said_to(here) == said_to(there) == ""


def test_a_failing_job_of_one_workspace_does_not_keep_the_other_waiting(both: Campus) -> None:
    acme, globex = both.office(both.acme), both.office(both.globex)
    people = [staffed(acme), staffed(globex)]
    with both.db.begin() as session:
        session.execute(update(Person).values(slack_user_id=None))
    both.acme.faults.slack_error("users.list", "fatal_error")
    everybody = both.running[-1].corner.everybodys_tools
    [job] = [job for job in scheduled(everybody).get_jobs() if job.id == "link_people"]

    job.func()

    with both.db.read() as session:
        linked = session.exec(select(Person.workspace_id).where(Person.slack_user_id == people[1].id)).all()
    assert linked == [globex.workspace_id]


def test_a_job_has_the_call_sources_of_its_workspace(both: Campus) -> None:
    tools = both.running[-1].corner.everybodys_tools(False)

    secrets = {one.team_id: one.settings.call_sources(one.team_id)["generic"]["secret"] for one in tools}
    assert secrets == {
        "T0SANDBOX": "for-tests-only of T0SANDBOX",
        "T0GLOBEX": "for-tests-only of T0GLOBEX",
    }


# A workspace whose token is of no use


def paused(campus: Campus) -> list[str]:
    return [tenant.trouble for tenant in campus.running[-1].corner.tenants.paused]


def test_a_token_that_no_key_opens_pauses_its_workspace_alone(both: Campus) -> None:
    acme, globex = both.office(both.acme), both.office(both.globex)
    here, there = staffed(acme), staffed(globex)
    seal_with_another_key(both, both.globex)

    with capture_logs() as told:
        both.starts()

    assert (
        "Globex (T0GLOBEX) was sealed with a key that CORNERMAN_SECRET_KEY does not hold" in paused(both)[0]
    )
    assert paused(both)[0] in [line.get("why") for line in told]
    acme, globex = both.office(both.acme), both.office(both.globex)
    acme.call_ended(here)
    globex.call_ended(there)
    assert "How did your call" in said_to(here)
    assert said_to(there) == ""
    assert "paused in this workspace" in there.commands("/scorecard").says


def seal_with_another_key(campus: Campus, slack: Sandbox) -> None:
    """As if the token had been written by an installation whose key is lost."""
    campus.stops()
    other = many.installations(campus.settings(CORNERMAN_SECRET_KEY=OTHER_KEY), campus.db)
    bot = next(bot for bot in campus.store().newest() if bot.team_id == slack.workspace.team.id)
    other.save_bot(bot)


def test_what_happens_while_paused_is_worked_after_a_new_install(both: Campus) -> None:
    globex = both.office(both.globex)
    there = staffed(globex)
    seal_with_another_key(both, both.globex)
    both.starts()
    globex = both.office(both.globex)
    assert globex.call_ended(there, contact="Dana").text == "stored"
    assert said_to(there) == ""

    both.installs(both.globex)
    globex.tick()

    assert paused(both) == []
    assert "How did your call with *Dana" in said_to(there)


def test_a_revoked_token_pauses_its_workspace_at_the_next_look(
    both: Campus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "ASK_AGAIN", 0.0)
    both.globex.revoke()

    both.running[-1].corner.tenants.look()

    [trouble] = paused(both)
    assert "Slack does not accept the token of Globex (T0GLOBEX) any more (invalid_auth)" in trouble
    assert "/slack/install" in trouble
    assert [tenant.team_id for tenant in both.running[-1].corner.tenants.served] == ["T0SANDBOX"]


def test_a_slack_that_cannot_be_asked_pauses_nobody(both: Campus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "ASK_AGAIN", 0.0)
    both.globex.faults.slack_error("auth.test", "internal_error", times=9)

    both.running[-1].corner.tenants.look()

    assert paused(both) == []


def test_what_was_to_be_said_in_a_workspace_without_a_token_waits(both: Campus) -> None:
    globex = both.office(both.globex)
    there = staffed(globex)
    seal_with_another_key(both, both.globex)
    both.starts()
    globex = both.office(both.globex)
    with both.db.writing(globex.workspace_id, both.clock()) as books:
        person = books.session.exec(select(Person).where(Person.workspace_id == globex.workspace_id)).one()
        hello = Message(OutboxKind.NOTICE, "Hello", person_id=person.id)
        message_id = outbox.put(books, hello)
    globex.tick()

    with both.db.read() as session:
        message = session.get_one(OutboxMessage, message_id)
        assert (message.state, message.error) == (OutboxState.QUEUED, "not_authed")
    both.installs(both.globex)
    globex.later(minutes=5)
    assert "Hello" in said_to(there)


# Coming and going


def test_a_workspace_that_is_removed_says_nothing_more_and_the_other_goes_on(both: Campus) -> None:
    acme, globex = both.office(both.acme), both.office(both.globex)
    here, there = staffed(acme), staffed(globex)

    both.globex.uninstall()
    globex.call_ended(there)
    acme.call_ended(here)

    assert said_to(there) == ""
    assert "How did your call" in said_to(here)


def test_a_removed_workspaces_data_and_tokens_are_erased_though_slack_knows_us_no_more(both: Campus) -> None:
    globex = both.office(both.globex)
    staffed(globex)
    both.globex.uninstall()
    globex.tick()

    globex.later(days=8)

    with both.db.read() as session:
        assert session.exec(select(Person).where(Person.workspace_id == globex.workspace_id)).all() == []
        teams = session.execute(select(BOTS.c.team_id)).scalars().all()
    assert teams == ["T0SANDBOX"]


def test_the_first_workspace_takes_over_what_was_imported_and_no_other_does(campus: Campus) -> None:
    with campus.db.begin() as session:
        imported = workspaces.only(session, time_zone="Europe/Berlin")
        session.add(Person(workspace_id=imported, name="Ana", email="ana@example.com"))
    campus.starts()

    campus.installs(campus.globex)
    campus.installs(campus.acme)

    with campus.db.read() as session:
        known = {row.slack_team_id: row.id for row in session.exec(select(Workspace))}
    assert known["T0GLOBEX"] == imported
    assert known["T0SANDBOX"] != imported


def test_a_second_process_hears_of_an_install_at_the_first_request(
    both: Campus, db: Database, tmp_path: Path
) -> None:
    """Its own look is some seconds off."""
    tenants = many.of_installs(both.settings(), db, both.store())
    with both.db.begin() as session:
        session.execute(BOTS.delete().where(BOTS.c.team_id == "T0GLOBEX"))
    tenants.look()
    assert tenants.of_team("T0GLOBEX") is None

    both.installs(both.globex)
    tenants._looked_at -= 10

    assert tenants.of_team("T0GLOBEX")


def test_events_of_a_workspace_nobody_knows_are_let_go(both: Campus) -> None:
    with both.db.begin() as session:
        session.execute(BOTS.delete().where(BOTS.c.team_id == "T0GLOBEX"))
    both.running[-1].corner.tenants.look()

    both.globex.emit({"type": "app_home_opened", "user": "U1", "tab": "home"})
    both.globex.emit({"type": "app_uninstalled"})

    with both.db.read() as session:
        assert session.exec(select(InboxEvent)).all() == []
    visitor = both.globex.add_person("Vi")
    visitor.commands("/scorecard")
    assert visitor.waits_for("not installed in this workspace any more")
