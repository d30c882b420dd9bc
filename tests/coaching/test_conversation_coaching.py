"""A manager asks who goes without coaching, whether it is seen to, and whether it works."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from bot.core.enums import Metric, PairingStatus, Role
from bot.sandbox import Member, text_of
from bot.scorecards import draw
from storage.tables import OutboxMessage, Person
from tests.support.builders import Builder
from tests.support.office import Office

FIRST = date(2026, 8, 3)


def test_before_anybody_has_met_nothing_is_owed(mia: Member) -> None:
    told = text_of(mia.commands("/scorecard coaching").message)

    assert "Nobody has met for coaching in the last 28 days" in told


def test_who_goes_without_is_told_to_the_manager_alone(office: Office, east: int, mia: Member) -> None:
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        coach, ben, _cem = (build.rep(name, Role.AE, east) for name in ("Coach", "Ben", "Cem"))
        build.coached(coach, ben, office.clock().date() - timedelta(days=2))
        build.pairing(east, coach, ben, date(2026, 11, 9), status=PairingStatus.MET)

    told = text_of(mia.commands("/scorecard coaching").message)

    assert "No coaching for more than 28 days: Cem (never), Coach (never)" in told
    assert "*Mia*: Oct 19 none · Oct 26 none · Nov 2 none · Nov 9 1/1/0 · Nov 16 none" in told


def test_only_an_admin_sets_the_limit(office: Office, east: int, mia: Member) -> None:
    boss = office.hires("Boss", Role.MANAGER, office.team("West"), is_admin=True)

    assert "Only an admin" in mia.commands("/scorecard coaching 21").text
    assert "more than 21 days without" in boss.commands("/scorecard coaching 21").text
    assert "from 7 to 365" in boss.commands("/scorecard coaching 9000").text


def test_a_rep_asks_in_vain(office: Office, ana: Member) -> None:
    for words in ("coaching", "effect"):
        assert "manager or an admin" in ana.commands(f"/scorecard {words}").text


def coached_team(office: Office, east: int, *, coached: int) -> None:
    """SDRs with leads before and after; those who were coached qualify more of them after."""
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        coach, ae = build.rep("Coach", Role.AE, east), build.rep("Decider", Role.AE, east)
        for n in range(12):
            sdr = build.rep(f"Rep {n}", Role.SDR, east)
            for day, share in (
                (FIRST - timedelta(days=20), 4),
                (FIRST + timedelta(days=20), 7 if n < coached else 4),
            ):
                for lead in range(10):
                    passed = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=lead)
                    build.handoff(sdr, ae, passed, accepted=lead < share + n % 3)
            if n < coached:
                build.coached(coach, sdr, FIRST + timedelta(days=1), metric=Metric.QUALIFIED_RATE)


def effect(manager: Member) -> str:
    manager.commands("/scorecard effect")
    return text_of(manager.waits_for(lambda who: [one for one in who.dm if one.seen_only_by], 30.0)[-1])


def test_the_effect_is_told_in_words_at_once_and_drawn(office: Office, east: int, mia: Member) -> None:
    coached_team(office, east, coached=6)

    told = effect(mia)
    office.tick()

    assert "*Qualified leads* (SDRs): 6 who were coached did better by 30 points than 6 who were not" in told
    assert "Coached reps were chosen, not drawn by lot" in told
    picture = mia.dm[-1]
    assert "Did coaching work? East" in text_of(picture)
    assert any(block["type"] == "image" and "95% sure" in block["alt_text"] for block in picture.blocks)
    with office.db.read() as session:
        [sent] = [row for row in session.exec(select(OutboxMessage)) if row.chart]
    assert sent.chart and draw.draw(sent.chart).startswith(b"\x89PNG")


def test_without_enough_it_says_what_is_missing_and_draws_nothing(
    office: Office, east: int, mia: Member
) -> None:
    coached_team(office, east, coached=3)

    told = effect(mia)

    assert "not enough data yet; missing 2 coached SDRs." in told
    with office.db.read() as session:
        assert not any(row.chart for row in session.exec(select(OutboxMessage)))
        assert session.exec(select(Person)).first() is not None


def test_before_any_session_there_is_nothing_to_tell(mia: Member) -> None:
    assert "No coaching session has been recorded yet" in effect(mia)
