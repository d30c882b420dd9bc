"""When the digest comes, in which language, and the week that is skipped."""

from datetime import UTC, datetime, time, timedelta

from sqlmodel import select

from bot.digest import jobs
from bot.digest.services import plan as digest_plans
from bot.sandbox import text_of
from storage.tables import Person, Team
from tests.support.digest_floor import Floor, post, told
from tests.support.tools import tools


def test_a_week_that_is_skipped_is_not_posted_by_itself(floor: Floor) -> None:
    floor.mia.commands("/scorecard digest")
    floor.mia.waits_for("Skip this one")
    floor.mia.clicks("Skip this one")
    floor.mia.waits_for("Skipped")
    with floor.office.db.begin() as session:
        session.get_one(Team, floor.id).digest_next_at = floor.office.clock()
    jobs.post_digests(tools(floor.office.db, floor.office.workspace_id, now=floor.office.clock()))
    floor.office.tick()
    assert floor.channel.messages == []

    floor.mia.commands("/scorecard digest")
    floor.mia.waits_for("The digest on the week of Nov 9, 2026 was skipped. It comes Mon, Nov 23")
    floor.mia.clicks("Post it after all")
    floor.mia.waits_for("is on its way")
    floor.office.tick()

    assert len(floor.channel.messages) == 1


def test_the_preview_shows_the_digest_to_come_and_what_was_posted_as_it_was(floor: Floor) -> None:
    post(floor)
    kept = floor.channel.messages[0].text
    floor.office.clock.advance(timedelta(days=6))  # Sunday
    with floor.office.db.begin() as session:
        session.exec(select(Person).where(Person.name == "Ana")).one().name = "Anastasia"

    floor.mia.commands("/scorecard digest")
    shown = text_of(floor.mia.waits_for("until then its numbers, its story and its pairs may still change"))
    assert "East: week of Nov 16, 2026" in shown and "It comes Mon, Nov 23" in shown
    assert "Post now" not in shown
    floor.mia.clicks("What was posted")

    assert kept.splitlines()[-1] in text_of(floor.mia.waits_for("As it stands in the channel"))
    assert "*Ana*" in text_of(floor.mia.dm[-1])


def test_skipping_the_one_to_come_moves_what_is_said_of_the_next(floor: Floor) -> None:
    post(floor)
    floor.mia.commands("/scorecard digest")
    floor.mia.waits_for("It comes Mon, Nov 23")
    floor.mia.clicks("Skip this one")
    floor.mia.waits_for("Skipped")

    with floor.office.db.read() as session:
        assert session.get_one(Team, floor.id).digest_next_at == datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_a_change_of_day_says_before_it_is_saved_what_comes_next_and_that_comes_true(floor: Floor) -> None:
    post(floor)
    floor.mia.commands("/scorecard digest")
    floor.mia.clicks("Change day or channel", told(floor.mia, "Only you see this"))

    floor.mia.enters(day="4")
    floor.mia.enters(time="16:30")

    floor.mia.waits_for(lambda who: "on that week so far" in who.sees())
    assert "The next one: Fri, Nov 20" in floor.mia.sees() and "Then: Fri, Nov 27" in floor.mia.sees()
    floor.mia.submits()
    floor.office.clock.now = datetime(2026, 11, 20, 15, 31, tzinfo=UTC)
    floor.office.tick()
    assert "East: week of Nov 16, 2026 so far" in floor.channel.messages[-1].text
    assert len(floor.channel.messages) == 2


def test_back_to_monday_the_week_that_was_told_is_not_told_again(floor: Floor) -> None:
    with floor.office.db.begin() as session:
        team = session.get_one(Team, floor.id)
        team.digest_weekday, team.digest_time = 4, time(16, 30)
        team.digest_next_at = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    floor.office.clock.now = datetime(2026, 11, 20, 15, 31, tzinfo=UTC)
    floor.office.tick()
    assert len(floor.channel.messages) == 1

    with floor.office.db.writing(floor.office.workspace_id, floor.office.clock()) as books:
        plan = digest_plans.change(books, floor.id, weekday=0, at=time(9), channel=floor.channel.id)

    assert [str(one.week) for one in plan.coming] == ["2026-11-23", "2026-11-30"]
    assert plan.next_at == datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_the_manager_chooses_the_clocks_and_the_language_of_the_digest(floor: Floor) -> None:
    floor.mia.commands("/scorecard digest")
    floor.mia.clicks("Change day or channel", told(floor.mia, "Only you see this"))
    floor.mia.submits(day="0", time="09:00", zone="America/New_York", locale="de-DE")
    assert "Monday at 09:00" in text_of(floor.mia.modal)
    floor.mia.closes()

    post(floor)

    assert "East: week of 9 Nov 2026" in floor.channel.messages[0].text
    with floor.office.db.read() as session:
        team = session.get_one(Team, floor.id)
        assert (team.time_zone, team.locale) == ("America/New_York", "de-DE")
        assert team.digest_next_at == datetime(2026, 11, 23, 14, tzinfo=UTC), "at nine in New York"


def test_a_digest_that_was_skipped_ahead_is_said_to_be(floor: Floor) -> None:
    post(floor)
    floor.mia.commands("/scorecard digest")
    floor.mia.waits_for("It comes Mon, Nov 23")
    floor.mia.clicks("Skip this one")
    floor.mia.waits_for("Skipped")

    floor.mia.commands("/scorecard digest")

    told = text_of(
        floor.mia.waits_for("The digest on the week of Nov 16, 2026 was skipped. It comes Mon, Nov 30")
    )
    assert "Post" not in told.split("[", 1)[1].replace("[What was posted]", "")
