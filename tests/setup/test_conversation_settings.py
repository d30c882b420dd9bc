"""An admin decides when and how much people are asked; everybody else cannot, and the log says from what to what."""

from datetime import time

import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.tables import Team, Workspace
from tests.support.office import Office

OPENED = {"prompts_per_day": "6", "min_talk_seconds": "60", "stale_days": "14", "time_zone": "UTC"}


@pytest.fixture
def ada(office: Office, east: int) -> Member:
    return office.hires("Ada", Role.MANAGER, east, is_admin=True)


def opened(admin: Member) -> None:
    admin.opens_home()
    admin.clicks("Settings")
    admin.waits_for("Questions a day, at most")


def test_an_admin_changes_them_and_a_call_that_is_too_short_is_not_asked_about(
    office: Office, ada: Member, ana: Member
) -> None:
    opened(ada)

    ada.submits(min_talk_seconds="300", prompts_per_day="1", closes=time(17))

    assert "At most 1 questions a day to each rep, about calls of 300 seconds of talk and more" in ada.sees()
    assert "work is from 09:00 to 17:00" in ada.sees()
    ada.closes()
    office.call_ended(ana, minutes=4)
    assert ana.dm == []
    for contact in ("Dana", "Emil"):
        office.call_ended(ana, minutes=6, contact=contact)
    [asked] = [text_of(message) for message in ana.dm if "How did your call" in text_of(message)]
    assert "Dana" in asked
    told = ada.commands("/scorecard audit").says
    assert (
        "Ada changed workspace: questions a day 6 → 1, talk seconds 60 → 300, work ends 18:00 → 17:00" in told
    )


def test_the_clock_of_what_is_no_teams_is_chosen_and_each_team_keeps_its_own(
    office: Office, east: int, ada: Member
) -> None:
    opened(ada)

    ada.submits(zone="Asia/Tokyo")

    assert "months of paid coaching follow the clocks of Asia/Tokyo, each team its own" in ada.sees()
    ada.closes()
    assert "Ada changed workspace: zone UTC → Asia/Tokyo" in ada.commands("/scorecard audit").says
    with office.db.read() as session:
        assert session.get_one(Team, east).time_zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("prompts_per_day", "51", "from 0 to 50"),
        ("min_talk_seconds", "3601", "from 0 to 3600"),
        ("stale_days", "0", "from 1 to 365"),
        ("closes", time(9), "later than the start"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(
    office: Office, ada: Member, field: str, value: object, told: str
) -> None:
    opened(ada)

    assert told in ada.submits(**{field: value}).errors[field]

    with office.db.read() as session:
        row = session.exec(select(Workspace)).one()
    assert {name: str(getattr(row, name)) for name in OPENED} == OPENED


def test_the_later_of_two_admins_overwrites_nothing(office: Office, east: int, ada: Member) -> None:
    root = office.hires("Root", Role.MANAGER, east, is_admin=True)
    opened(ada)
    opened(root)
    ada.submits(stale_days="10")

    root.submits(stale_days="20")

    root.waits_for("Ada changed this while you had it open")
    assert "stuck after 10 days" in root.sees()


def test_a_manager_is_not_offered_them_and_is_refused(mia: Member) -> None:
    assert "The whole workspace" not in text_of(mia.opens_home())
    assert "Only an admin" in mia.commands("/scorecard settings").text
