"""Who leads sees their team over 13 weeks: one picture, one table, and what of it is more than chance."""

from datetime import timedelta

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from tests.scorecards.numbers import ids
from tests.scorecards.over_time.test_conversation_charts import picture_in
from tests.support.builders import Builder
from tests.support.office import Office


def passes(office: Office, sdrs: list[int], ae: int) -> None:
    """Each passes ten leads a week; three are accepted of each ten in nine weeks, and eight in the last four."""
    monday = office.clock() - timedelta(days=office.clock().weekday())
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for sdr in sdrs:
            for week in range(1, 14):
                for n in range(10):
                    at = monday - timedelta(weeks=week) + timedelta(days=1, minutes=n)
                    build.handoff(sdr, ae, at, accepted=n < (8 if week <= 4 else 3))


def test_a_manager_reads_how_their_team_went_and_what_moved(
    office: Office, east: int, ana: Member, bo: Member, mia: Member
) -> None:
    abe = office.hires("Abe", Role.SDR, east)
    sdrs = ids(office, ana, abe)
    passes(office, sdrs, ids(office, bo)[0])
    assert "comes to you in our direct messages" in mia.commands("/scorecard weeks").says

    message = mia.waits_for("East over 13 weeks")
    told = text_of(message)
    assert "*SDR, Qualified leads*: better in the last four weeks, 80% after 30%" in told
    [table] = [block for block in message.blocks if block["type"] == "table"]
    rows = [[cell["text"] for cell in row] for row in table["rows"]]
    assert rows[0] == ["Figure", "9 weeks before", "Last 4 weeks", "Verdict"]
    assert ["SDR · Qualified leads", "30%", "80%", "🔵 better"] in rows
    assert picture_in(mia).startswith(b"\x89PNG")


def test_it_is_for_those_who_lead(office: Office, east: int, ana: Member, bo: Member) -> None:
    for rep in (ana, bo):
        assert "direct messages" not in rep.commands("/scorecard weeks East").says
