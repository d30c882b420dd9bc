"""The admin is told what may not have come in from outside, and only the admin."""

from datetime import datetime, timedelta

from sqlmodel import select

from bot.calls.domain.call import Agent, EndedCall
from bot.calls.jobs import watch_sources
from bot.calls.services import arrivals, source_health
from bot.core.enums import ImportKind
from bot.crm import services
from bot.sandbox import Member
from storage.tables import Person
from tests.support.office import Office
from tests.support.tools import tools


def rings(office: Office, *ends: datetime, source: str = "zoom") -> None:
    with office.db.writing(office.workspace_id, office.clock()) as books:
        for at in ends:
            agent, key = Agent(email="ana@example.com"), f"{source} {at.isoformat()}"
            ended = EndedCall(source, "", key, agent, at - timedelta(minutes=5), at)
            arrivals.take(books, ended, is_late=True)


def usual(office: Office, *, source: str = "zoom", weeks: int = 3) -> None:
    """Ten calls in the same two hours of each of the weeks before, and one just now."""
    now = office.clock()
    for week in range(1, weeks + 1):
        began = now - timedelta(weeks=week)
        rings(office, *(began + timedelta(minutes=12 * n + 1) for n in range(10)), source=source)
    rings(office, now - timedelta(minutes=1), source=source)


def home(member: Member) -> str:
    member.opens_home()
    return member.sees()


def away(office: Office, hours: float) -> None:
    """Nothing of the bot runs."""
    office.clock.advance(timedelta(hours=hours))


def test_after_being_away_the_bot_says_what_it_may_have_missed(
    office: Office, ana: Member, boss: Member
) -> None:
    usual(office)
    office.tick()
    away(office, 2)
    office.tick()

    told = home(boss)
    assert "Calls that may be missing" in told
    assert "I was not running from" in told
    assert "Usual then: 10 calls; here: 0." in told
    assert "cornerman backfill zoom --since 2026-11-16T09:00Z" in told
    assert "may be missing" not in home(ana)


def test_what_is_filled_in_is_told_no_more(office: Office, ana: Member, boss: Member) -> None:
    usual(office)
    office.tick()
    since = office.clock()
    away(office, 2)
    office.tick()

    rings(office, *(since + timedelta(minutes=12 * n + 1) for n in range(9)))
    office.later(minutes=30)

    assert "may be missing" not in home(boss)


def test_a_short_restart_is_not_told(office: Office, ana: Member, boss: Member) -> None:
    usual(office)
    office.tick()
    away(office, 0.1)
    office.tick()

    assert "may be missing" not in home(boss)


def test_a_source_that_falls_silent_is_told_until_it_speaks(
    office: Office, ana: Member, boss: Member
) -> None:
    usual(office, source="generic")
    for _ in range(24):
        office.later(minutes=5)
    told = home(boss)
    assert "No call since" in told
    assert "Is its webhook still on?" in told
    assert "keeps no log" in told

    rings(office, office.clock(), source="generic")
    office.later(minutes=30)
    assert "may be missing" not in home(boss)


def test_a_source_that_is_new_or_rare_is_not_missed(office: Office, ana: Member, boss: Member) -> None:
    rings(office, office.clock() - timedelta(weeks=1), office.clock())
    office.tick()
    away(office, 5)
    office.tick()

    assert "may be missing" not in home(boss)


def test_what_was_missed_is_told_for_a_week(office: Office, ana: Member, boss: Member) -> None:
    usual(office)
    office.tick()
    away(office, 2)
    office.tick()
    with office.db.reading(office.workspace_id, office.clock()) as books:
        [gap] = source_health.told(books)
    assert gap.was_down

    watch_sources.listen_for_silence(
        tools(office.db, office.workspace_id, now=office.clock() + timedelta(days=8))
    )

    with office.db.reading(office.workspace_id, office.clock()) as books:
        assert not any(gap.was_down for gap in source_health.told(books))


def test_a_clock_that_was_set_back_is_no_absence(office: Office, ana: Member, boss: Member) -> None:
    usual(office)
    office.tick()
    office.clock.advance(timedelta(hours=-3))
    office.tick()
    office.clock.advance(timedelta(hours=3))
    office.tick()

    assert "I was not running" not in home(boss)


def test_refused_rows_and_broken_pulls_are_told_in_home(office: Office, boss: Member) -> None:
    with office.db.writing(office.workspace_id, office.clock()) as books:
        services.claim(books, "hubspot", ImportKind.DEALS)
        services.ended(books, "hubspot", ImportKind.DEALS, trouble="It is <asleep>.")
        refused = {
            "d1": ({"id": "d1"}, "who@acme.io is not in the roster."),
            "d2": ({"id": "d2"}, "No stage."),
        }
        services.keep_refused(books, "hubspot", ImportKind.DEALS, [], refused)

    told = home(boss)

    assert "hubspot, deals: It is" in told
    assert "Never read yet." in told
    assert "1 row of deals refused: who@acme.io is not in the roster." in told
    assert "cornerman pull crm" in told


def test_nobody_but_an_admin_is_told(office: Office, ana: Member, mia: Member) -> None:
    rings(office, office.clock(), source="zoom")
    with office.db.writing(office.workspace_id, office.clock()) as books:
        services.keep_refused(books, "hubspot", ImportKind.DEALS, [], {"d1": ({}, "who@acme.io")})
        assert not books.session.exec(select(Person).where(Person.is_admin)).all()

    assert "who@acme.io" not in home(ana) + home(mia)
