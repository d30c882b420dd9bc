"""Two workspaces in one process: each hears and sees its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import func, select, update

from bot.jobs.scheduler import scheduled
from bot.people.services import workspace as workspaces
from bot.slack.tenancy import many
from storage.database import Database
from storage.tables import BOTS, Debrief, InboxEvent, Person, Workspace
from tests.setup.campus import Campus, open_campus
from tests.setup.two_workspaces import said_to, staffed
from tests.support.office import Office


@pytest.fixture(params=[False, True], ids=["http", "socket"])
def campus(request: pytest.FixtureRequest, db: Database, tmp_path: Path) -> Iterator[Campus]:
    with open_campus(db, tmp_path, by_socket=request.param) as campus:
        yield campus


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
