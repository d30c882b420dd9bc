"""What is written down of looks at other people's numbers, and who may read it."""

import csv
import io
from datetime import time

from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member
from storage.tables import Team
from tests.support.office import Office


def test_an_admin_reads_who_looked_at_whose_numbers(
    office: Office, ana: Member, bo: Member, mia: Member, east: int
) -> None:
    ada = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    ana.commands("/scorecard")
    assert mia.commands("/scorecard @Ana").error == ""
    mia.commands("/scorecard team")
    mia.commands("/scorecard export week")
    mia.waits_for(lambda member: member.files)

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
    office.sandbox.invite_bot(channel)
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
    told = ada.commands("/scorecard audit").says
    assert "Mia changed digest: day Mon → Tue, time 09:00 → 08:00, dates as in – → en-US (East)" in told
    assert f"Mia changed channel: – → #{channel.id} (East)" in told


def test_looks_at_pairs_and_coaching_are_written_down(
    office: Office, ana: Member, mia: Member, east: int
) -> None:
    ada = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    mia.commands("/scorecard coaching")
    mia.commands("/coach record @Ana")
    mia.commands("/scorecard pairs")
    mia.waits_for("pairs for the week of")

    told = ada.commands("/scorecard audit").says

    assert "Mia looked at East: coaching" in told and "Mia looked at East: pairs" in told
    assert "Mia looked at Ana: coach record" in told


def test_the_whole_log_comes_as_a_file(
    office: Office, ana: Member, bo: Member, mia: Member, east: int
) -> None:
    ada = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    mia.commands("/scorecard @Ana")
    bo.commands("/coach learning off")

    ada.commands("/scorecard audit file")
    [file] = ada.waits_for(lambda member: member.files)

    rows = list(csv.reader(io.StringIO((file.content or b"").decode("utf-8-sig"))))
    assert [row[1:] for row in rows[1:]] == [
        ["Bo", "set", "Bo", "preferences: is coached on → off"],
        ["Mia", "saw card", "Ana", "card"],
    ]
    assert "Only an admin" in ana.commands("/scorecard audit file").says
    assert "Ada exported: audit log" in ada.commands("/scorecard audit").says
