"""What is written down of looks at other people's numbers, and who may read it."""

from datetime import time

from sqlmodel import select

from bot.sandbox import Member
from bot.words import Role
from storage.tables import Team
from tests.conversations.office import Office


def test_an_admin_reads_who_looked_at_whose_numbers(
    office: Office, ana: Member, bo: Member, mia: Member, east: int
) -> None:
    ada = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    ana.commands("/scorecard")
    assert mia.commands("/scorecard @Ana").error == ""
    mia.commands("/scorecard team")
    mia.commands("/scorecard export week")
    mia.waits_for(lambda member: member.files, timeout=20)

    told = ada.commands("/scorecard audit").says

    assert "Mia looked at Ana: card" in told
    assert "Mia looked at East: team" in told
    assert "Mia exported East: workbook" in told
    assert "Ana looked" not in told, "one's own numbers are one's own"


def test_a_refused_look_is_no_look_and_the_log_is_for_admins(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    ada = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    bo.commands("/scorecard @Ana")

    assert "Nothing yet" in ada.commands("/scorecard audit").says
    assert "Only an admin" in ana.commands("/scorecard audit").says


def test_the_second_who_saves_the_same_settings_is_told_what_changed(
    office: Office, ana: Member, mia: Member, east: int
) -> None:
    ada = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    channel = office.sandbox.add_channel("sales", [mia, ada])
    for manager in (mia, ada):
        manager.opens_home()
        manager.clicks("Change day or channel")
        manager.waits_for("When and where")

    assert not mia.submits(day="Tuesday", time=time(8), channel=channel).errors
    ada.submits(day="Friday", time=time(8), channel=channel)

    assert "Mia changed this while you had it open" in ada.sees()
    assert "every Tuesday" in ada.sees()
    with office.db.read() as session:
        assert session.exec(select(Team.digest_weekday)).one() == 1
    assert "Mia changed: digest East" in ada.commands("/scorecard audit").says
