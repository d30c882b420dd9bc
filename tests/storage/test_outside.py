"""Agents, strays, silences, steps and pulls: the same on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.calls.domain.call import Agent, EndedCall
from bot.calls.jobs import watch_sources
from bot.calls.services import agent_names, arrivals, source_health
from bot.calls.services import workflow_steps as steps
from bot.core.enums import ImportKind, Role
from bot.crm import services
from storage.database import Database
from tests.support.builders import workspace
from tests.support.tools import tools

NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


class Desk:
    def __init__(self, db: Database) -> None:
        self.db = db
        with db.begin() as session:
            build = workspace(session)
            self.workspace_id = build.workspace_id
            self.ana = build.rep("Ana", Role.SDR, build.team())
            self.bo = build.rep("Bo", Role.SDR, build.team("West"))

    def rings(self, agent: Agent, key: str = "c-1", *, account: str = "", at: datetime = NOW) -> int | None:
        """Whose call it is."""
        ended = EndedCall("zoom", account, key, agent, at - timedelta(minutes=5), at)
        with self.db.writing(self.workspace_id, NOW) as books:
            recorded = arrivals.take(books, ended, is_late=True)
        return recorded.person_id if recorded else None

    def says(self, agent: str, person_id: int) -> None:
        with self.db.writing(self.workspace_id, NOW) as books:
            known = agent_names.entered(books, "zoom", agent)
            agent_names.map_to(books, known.id, person_id)


@pytest.fixture
def desk(any_db: Database) -> Desk:
    return Desk(any_db)


def test_a_stray_finds_its_rep_once_somebody_says_who_it_is(desk: Desk) -> None:
    assert desk.rings(Agent(key="1001", name="A")) is None
    assert desk.rings(Agent(key="1001"), "c-2") is None
    with desk.db.reading(desk.workspace_id, NOW) as books:
        [stranger] = agent_names.unnamed(books, limit=5)
        assert (stranger.name, stranger.calls, stranger.last_at) == ("A", 2, NOW)

    desk.says("1001", desk.ana)

    with desk.db.writing(desk.workspace_id, NOW) as books:
        assert arrivals.find_strays(books) == 2
        assert agent_names.count_unnamed(books) == 0
    assert desk.rings(Agent(key="1001"), "c-3") == desk.ana


def test_what_a_person_said_goes_before_what_was_learned(desk: Desk) -> None:
    desk.says("ana@example.com", desk.ana)
    assert desk.rings(Agent(email="ana@example.com", key="1001"), account="acct") == desk.ana
    assert desk.rings(Agent(key="1001"), "c-2", account="acct") == desk.ana, "learned"

    desk.says("1001", desk.bo)

    assert desk.rings(Agent(key="1001"), "c-3", account="acct") == desk.bo


def test_an_account_of_its_own_has_its_own_extensions(desk: Desk) -> None:
    desk.says("ana@example.com", desk.ana)
    desk.rings(Agent(email="ana@example.com", key="7"), account="one")

    assert desk.rings(Agent(key="7"), "c-2", account="two") is None


def test_one_process_says_how_a_step_ended(desk: Desk) -> None:
    with desk.db.writing(desk.workspace_id, NOW) as books:
        assert steps.ask_for_debrief(books, "Fx1", {"rep": "U0"}) is None
        [ending] = steps.endings(books)
        assert "roster" in ending.refusal
        assert steps.claim(books, "Fx1")
        assert not steps.claim(books, "Fx1")
        steps.told(books, "Fx1")
        assert steps.endings(books.at(NOW + timedelta(days=1))) == []


def test_one_process_pulls_in_an_hour(desk: Desk) -> None:
    def claims(now: datetime, *, by_hand: bool = False) -> bool:
        with desk.db.writing(desk.workspace_id, now) as books:
            return services.claim(books, "hubspot", ImportKind.DEALS, by_hand=by_hand)

    assert [claims(NOW), claims(NOW), claims(NOW + timedelta(hours=1))] == [True, False, True]
    assert claims(NOW + timedelta(hours=1), by_hand=True)
    assert not claims(NOW + timedelta(hours=1, minutes=59))


def test_the_mark_of_a_pull_never_goes_back(desk: Desk) -> None:
    with desk.db.writing(desk.workspace_id, NOW) as books:
        services.claim(books, "hubspot", ImportKind.DEALS)
        for hours in (2, 1):
            changed = NOW + timedelta(hours=hours)
            services.advance(books, "hubspot", ImportKind.DEALS, changed)
        since = services.since(books, "hubspot", ImportKind.DEALS)
    assert since == NOW + timedelta(hours=2) - services.OVERLAP


def test_an_absence_is_measured_against_the_weeks_before(desk: Desk) -> None:
    desk.says("7", desk.ana)
    for week in range(1, 4):
        for n in range(6):
            at = NOW - timedelta(weeks=week) + timedelta(minutes=10 * n + 1)
            desk.rings(Agent(key="7"), f"{week}-{n}", at=at)
    desk.rings(Agent(key="7"), "last", at=NOW)

    watch_sources.show_life(tools(desk.db, desk.workspace_id, now=NOW))
    watch_sources.show_life(tools(desk.db, desk.workspace_id, now=NOW + timedelta(hours=1)))

    with desk.db.reading(desk.workspace_id, NOW) as books:
        [gap] = source_health.told(books)
    assert (gap.source, gap.was_down, gap.usual, gap.heard) == ("zoom", True, 6, 1)
