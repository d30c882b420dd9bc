"""What came of a pair: told to both, once after four weeks and once after thirteen, and to who leads the learner."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import select

from bot.core.coaching_enums import Helped
from bot.core.enums import DealStatus, PairingStatus, Role
from bot.sandbox import Member, text_of
from bot.sandbox.state import Message
from storage.tables import AuditEntry, GoOn, Membership, PairResult, Person, Workspace
from tests.support.builders import Builder
from tests.support.closers import WEEK, Team
from tests.support.office import Office
from tests.support.roster import ids, leaves

BERLIN = ZoneInfo("Europe/Berlin")
OTHERS = ("Middle0", "Middle1", "Middle2", "Middle3", "Coy")


def closes(office: Office, rep: int, first: date, days: int, *, won: int, of: int) -> None:
    """Deals that close in the days to come."""
    with office.db.begin() as session:
        for n in range(of):
            closed = datetime.combine(first + timedelta(days=n % days), time(12), BERLIN)
            status = DealStatus.WON if n < won else DealStatus.LOST
            Builder(session, office.workspace_id).deal(
                rep, closed - timedelta(days=9), status=status, closed_at=closed
            )


def coached(team: Team, *, won: int = 18, of: int = 20, minutes: int = 30) -> None:
    """Ben's four weeks with Ana, in which he closes deals and so do the others."""
    office, known = team.office, ids(team.office)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for n in range(4):
            week = WEEK + timedelta(weeks=n)
            build.pairing(team.id, known["Ana"], known["Ben"], week, status=PairingStatus.MET)
        if minutes:
            build.coached(known["Ana"], known["Ben"], WEEK + timedelta(days=2), minutes=minutes)
    closes(office, known["Ben"], WEEK, 26, won=won, of=of)
    for n, name in enumerate(OTHERS):
        closes(office, known[name], WEEK, 26, won=9 + n % 2, of=20)


def results(who: Member) -> list[Message]:
    return [one for one in who.dm if "weeks since you" in text_of(one)]


def test_both_read_it_once_at_the_end_of_the_four_weeks_and_once_after_thirteen(team: Team) -> None:
    coached(team)
    team.office.later(weeks=3, days=4)
    assert results(team.ben) == results(team.ana) == []

    team.office.later(days=3)

    [mine], [hers] = results(team.ben), results(team.ana)
    told = text_of(mine)
    assert "*Win rate*, your 4 weeks since you began with Ana: *90% of 20*, 6.2% of 48 before." in told
    assert "From the same start 5 AEs without a coach came to " in told
    assert "🔵 Better than without, 9" in told
    assert "Ben's 4 weeks since you two began: *90% of 20*" in text_of(hers)
    for _day in range(8):
        team.office.later(days=1)
    assert len(results(team.ben)) == len(results(team.ana)) == 1
    team.office.later(weeks=8)
    assert "your 13 weeks since" in text_of(results(team.ben)[-1])
    assert len(results(team.ben)) == len(results(team.ana)) == 2
    team.office.later(weeks=2)
    assert len(results(team.ben)) == len(results(team.ana)) == 2


def test_no_result_is_a_result(team: Team) -> None:
    coached(team, won=0, of=0)

    team.office.later(weeks=4)

    assert "*no data*, 6.2% of 48 before. ⚪ No result:" in text_of(results(team.ben)[0])


def test_what_cannot_be_told_is_said_so(team: Team) -> None:
    coached(team, won=5, of=12)

    team.office.later(weeks=4)

    assert "⚪ Whether coaching made a difference cannot be told from this (" in text_of(results(team.ben)[0])


def test_a_pair_that_never_met_has_none(team: Team) -> None:
    coached(team, minutes=0)

    team.office.later(weeks=4)

    assert results(team.ben) == results(team.ana) == []


def test_what_the_learner_says_helped_is_told_with_it(team: Team) -> None:
    coached(team)
    known = ids(team.office)
    with team.office.db.begin() as session:
        session.add(
            GoOn(
                workspace_id=team.office.workspace_id,
                coach_id=known["Ana"],
                learner_id=known["Ben"],
                week=WEEK + timedelta(weeks=4),
                asked_at=team.office.clock(),
                helped=Helped.PRACTICE,
            )
        )

    team.office.later(weeks=4)

    assert "What helped, you said: practising it." in text_of(results(team.ben)[0])
    assert "What helped, Ben said: practising it." in text_of(results(team.ana)[0])


def test_it_waits_for_the_hours_and_the_quiet_of_each(team: Team) -> None:
    coached(team)
    with team.office.db.begin() as session:
        ben = session.get_one(Person, ids(team.office)["Ben"])
        ben.quiet_until = team.office.clock() + timedelta(weeks=4, days=1)

    team.office.later(weeks=3, days=6, hours=18)  # Monday at four in the morning
    assert results(team.ana) == []
    team.office.later(hours=6)
    assert len(results(team.ana)) == 1 and results(team.ben) == []
    team.office.later(days=2)

    assert len(results(team.ben)) == 1


def test_it_counts_in_the_days_budget(team: Team) -> None:
    coached(team)
    budget(team.office, 0)
    team.office.later(weeks=4)
    assert results(team.ben) == []

    budget(team.office, 6)
    team.office.later(minutes=20)

    assert len(results(team.ben)) == 1


def budget(office: Office, most: int) -> None:
    with office.db.begin() as session:
        session.get_one(Workspace, office.workspace_id).prompts_per_day = most


def test_it_is_turned_off_where_it_appears(team: Team) -> None:
    coached(team)
    team.office.later(weeks=4)

    team.ben.clicks("Stop these messages", results(team.ben)[0])

    team.ben.waits_for("You do not get this any more: what came of the weeks of a coach and a learner")
    team.office.later(weeks=9)
    assert len(results(team.ben)) == 1 and len(results(team.ana)) == 2


def test_the_manager_reads_all_of_theirs_and_another_nothing(team: Team, mia: Member, east: int) -> None:
    coached(team)
    team.office.later(weeks=4)
    west = team.office.team("West")
    other = team.office.hires("Otto", Role.MANAGER, west)
    chief = team.office.hires("Ada", Role.AM, west, is_admin=True)

    told = mia.commands("/coach results").says

    assert "Ben's 4 weeks since they began with Ana: *90% of 20*" in told
    assert "1 told: 1 better than without a coach, 0 worse, 0 that cannot be told." in told
    with team.office.db.read() as session:
        assert "result of a pair" in [row.what for row in session.exec(select(AuditEntry))]
    for stranger in (other, chief, team.coy):
        assert "No result of a pair yet" in stranger.commands("/coach results").says
    assert "your 4 weeks" in team.ben.commands("/coach results").says


def test_a_learner_who_moved_is_their_new_managers(team: Team, mia: Member, east: int) -> None:
    coached(team)
    team.office.later(weeks=4)
    west = team.office.team("West")
    otto = team.office.hires("Otto", Role.MANAGER, west)
    leaves(team.office, "Ben", team.office.clock().date())
    with team.office.db.begin() as session:
        from_tomorrow = team.office.clock().date() + timedelta(days=1)
        session.add(
            Membership(
                workspace_id=team.office.workspace_id,
                person_id=session.exec(select(Person.id).where(Person.name == "Ben")).one(),
                team_id=west,
                role=Role.AE,
                started_on=from_tomorrow,
            )
        )
    team.office.later(days=1)

    assert "Ben's 4 weeks" in otto.commands("/coach results").says
    assert "No result of a pair yet" in mia.commands("/coach results").says


def test_who_left_hears_nothing_and_the_coach_of_one_who_left_the_role_has_no_result(team: Team) -> None:
    coached(team)
    leaves(team.office, "Ben", WEEK + timedelta(weeks=2))

    team.office.later(weeks=4)

    assert results(team.ben) == results(team.ana) == []


def test_with_a_forgotten_learner_goes_the_result(team: Team) -> None:
    coached(team)
    team.office.later(weeks=4)

    team.ben.opens_home()
    team.ben.clicks("Forget me")
    team.ben.submits(sure=True)
    for _round in range(3):
        team.office.later(minutes=5)

    with team.office.db.read() as session:
        assert session.exec(select(PairResult)).all() == []
