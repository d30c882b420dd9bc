"""A team's sums stay right when somebody is forgotten, and tell nothing of one who would stand alone in them."""

from sqlmodel import select

from bot.calendar import periods
from bot.core.enums import (
    FormerCount,
    Role,
)
from bot.privacy.services.erasure import sums
from storage.database import Database
from storage.tables import (
    FormerSum,
    Handoff,
)
from tests.privacy.floor import BERLIN, NOW, OCTOBER, Floor, forget
from tests.support.builders import Builder


def test_the_teams_sums_stay_right(any_db: Database, floor: Floor) -> None:
    forget(any_db, floor, floor.zora)

    october = periods.parse("2026-10", now=NOW, zone=BERLIN)
    with any_db.reading(floor.workspace_id, NOW) as books:
        kept = sums.of_months(books, floor.team, october)
    assert kept == {
        (Role.SDR, FormerCount.CALLS): 5,
        (Role.SDR, FormerCount.TALK_SECONDS): 5 * 600,
        (Role.SDR, FormerCount.DEBRIEFS): 5,
        (Role.SDR, FormerCount.ADVANCED): 5,
        (Role.SDR, FormerCount.LEADS_PASSED): 5,
        (Role.SDR, FormerCount.LEADS_QUALIFIED): 3,
    }


def test_nothing_is_kept_of_one_who_would_stand_alone_in_the_sum(any_db: Database, floor: Floor) -> None:
    """Two AEs: whoever knows the one reads the other's numbers off the team's."""
    forget(any_db, floor, floor.bo)

    with any_db.read() as session:
        assert session.exec(select(FormerSum)).all() == []
        assert session.exec(select(Handoff.reason).where(Handoff.reason != "")).all() == []


def test_a_small_teams_sum_goes_to_the_workspace(any_db: Database, floor: Floor) -> None:
    with any_db.begin() as session:
        build = Builder(session, floor.workspace_id)
        west = build.team("West")
        lone = build.rep("Wim", Role.SDR, west)
        build.call(lone, OCTOBER)

    forget(any_db, floor, lone)

    with any_db.read() as session:
        kept = session.exec(select(FormerSum).where(FormerSum.counted == FormerCount.CALLS)).one()
    assert (kept.team_id, kept.amount) == (None, 1)
