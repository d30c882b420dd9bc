"""What a tick may leave out: a job that would find the same, and no other."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.slack.tools import Job, Tools
from storage.tables import Call, Team
from tests.support.idle import Idle
from tests.support.office import Office

Does = Callable[[Tools], object]


def looks(tools: Tools) -> None:
    with tools.db.read() as session:
        session.exec(select(Team)).all()


def asks_slack(tools: Tools) -> None:
    looks(tools)
    tools.slack.auth_test()


def reads_settings(tools: Tools) -> None:
    looks(tools)
    assert tools.settings.time_zone


def writes(tools: Tools) -> None:
    with tools.db.begin() as session:
        session.exec(select(Call)).all()
        known = len(session.exec(select(Team)).all())
        session.add(Team(workspace_id=tools.workspace_id, name=f"Team {known}", time_zone="UTC"))


def runs(office: Office, does: Does, between: Callable[[], object] = lambda: None) -> int:
    """How often of twice."""
    ran: list[Tools] = []

    def run(tools: Tools) -> None:
        ran.append(tools)
        does(tools)

    job, idle = Job(run, every=timedelta(minutes=1)), Idle()
    idle.run(job, office.corner.tools)
    between()
    idle.run(job, office.corner.tools)
    return len(ran)


def test_what_would_find_the_same_is_left_out(office: Office, east: int) -> None:
    assert runs(office, looks) == 1


@pytest.mark.parametrize("does", [asks_slack, reads_settings, writes, lambda _tools: None])
def test_what_may_find_another_answer_runs_again(office: Office, east: int, does: Does) -> None:
    assert runs(office, does) == 2


def test_so_does_every_job_after_its_table_or_the_clock_has_moved(office: Office, east: int) -> None:
    assert runs(office, looks, lambda: office.team("West")) == 2
    assert runs(office, looks, lambda: office.clock.advance(timedelta(seconds=1))) == 2
