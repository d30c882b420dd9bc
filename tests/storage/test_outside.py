"""Agents, strays, silences, steps and pulls: the same on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import listening
from bot.domain.calls import Agent, EndedCall
from bot.services import agents, arrivals, pulls, silence, steps
from bot.words import ImportKind, Role
from storage.database import Database
from tests.builders import workspace

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
        with self.db.begin() as session:
            recorded = arrivals.take(session, self.workspace_id, ended, now=NOW, is_late=True)
        return recorded.person_id if recorded else None

    def says(self, agent: str, person_id: int) -> None:
        with self.db.begin() as session:
            known = agents.entered(session, self.workspace_id, "zoom", agent)
            agents.map_to(session, self.workspace_id, known.id, person_id)


@pytest.fixture
def desk(any_db: Database) -> Desk:
    return Desk(any_db)


def test_a_stray_finds_its_rep_once_somebody_says_who_it_is(desk: Desk) -> None:
    assert desk.rings(Agent(key="1001", name="A")) is None
    assert desk.rings(Agent(key="1001"), "c-2") is None
    with desk.db.read() as session:
        [stranger] = agents.unnamed(session, desk.workspace_id, limit=5)
        assert (stranger.name, stranger.calls, stranger.last_at) == ("A", 2, NOW)

    desk.says("1001", desk.ana)

    with desk.db.begin() as session:
        assert arrivals.find_strays(session, desk.workspace_id, now=NOW) == 2
        assert agents.count_unnamed(session, desk.workspace_id) == 0
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
    with desk.db.begin() as session:
        assert steps.ask_for_debrief(session, desk.workspace_id, "Fx1", {"rep": "U0"}, now=NOW) is None
        [ending] = steps.endings(session, desk.workspace_id, now=NOW)
        assert "roster" in ending.refusal
        assert steps.claim(session, desk.workspace_id, "Fx1", now=NOW)
        assert not steps.claim(session, desk.workspace_id, "Fx1", now=NOW)
        steps.told(session, desk.workspace_id, "Fx1")
        assert steps.endings(session, desk.workspace_id, now=NOW + timedelta(days=1)) == []


def test_one_process_pulls_in_an_hour(desk: Desk) -> None:
    def claims(now: datetime, *, by_hand: bool = False) -> bool:
        with desk.db.begin() as session:
            return pulls.claim(
                session, desk.workspace_id, "hubspot", ImportKind.DEALS, now=now, by_hand=by_hand
            )

    assert [claims(NOW), claims(NOW), claims(NOW + timedelta(hours=1))] == [True, False, True]
    assert claims(NOW + timedelta(hours=1), by_hand=True)
    assert not claims(NOW + timedelta(hours=1, minutes=59))


def test_the_mark_of_a_pull_never_goes_back(desk: Desk) -> None:
    with desk.db.begin() as session:
        pulls.claim(session, desk.workspace_id, "hubspot", ImportKind.DEALS, now=NOW)
        for hours in (2, 1):
            changed = NOW + timedelta(hours=hours)
            pulls.advance(session, desk.workspace_id, "hubspot", ImportKind.DEALS, changed)
        since = pulls.since(session, desk.workspace_id, "hubspot", ImportKind.DEALS)
    assert since == NOW + timedelta(hours=2) - pulls.OVERLAP


def test_an_absence_is_measured_against_the_weeks_before(desk: Desk) -> None:
    desk.says("7", desk.ana)
    for week in range(1, 4):
        for n in range(6):
            at = NOW - timedelta(weeks=week) + timedelta(minutes=10 * n + 1)
            desk.rings(Agent(key="7"), f"{week}-{n}", at=at)
    desk.rings(Agent(key="7"), "last", at=NOW)

    listening.beat(desk.db, desk.workspace_id, now=NOW)
    listening.beat(desk.db, desk.workspace_id, now=NOW + timedelta(hours=1))

    with desk.db.read() as session:
        [gap] = silence.told(session, desk.workspace_id)
    assert (gap.source, gap.was_down, gap.usual, gap.heard) == ("zoom", True, 6, 1)
