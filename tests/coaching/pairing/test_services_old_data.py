"""On old data nobody new is paired, and what runs or is pinned goes on."""

from datetime import timedelta

from sqlmodel import Session

from bot.coaching.domain.pairs import Why
from bot.core.enums import Metric, PairingStatus
from storage.database import Database
from storage.tables import WishKind
from tests.coaching.pairing.floor import NOW, WEEK, Office, strong_and_weak
from tests.support.builders import workspace


def deals_stopped(session: Session) -> Office:
    """Four weeks ago; the rest stands as ever."""
    build = workspace(session)
    office = Office(build, build.team(), last_deal=NOW - timedelta(days=28))
    for n in range(4):
        office.ae(f"Middle {n}", 20, 20)
    strong_and_weak(office)
    return office


def test_no_new_pair_on_old_data_while_those_that_run_and_are_pinned_go_on(any_db: Database) -> None:
    with any_db.begin() as session:
        office = deals_stopped(session)
        running = office.ae("Cy", 3, 45)
        before = WEEK - timedelta(weeks=1)
        office.build.pairing(office.team, office.ids["Ana"], running, before, status=PairingStatus.ACCEPTED)

        plan = office.propose()

        assert office.couples(plan) == {"Cy": "Ana"}
        assert office.why(plan)["Ben"] is Why.SILENT
        assert office.why(plan)["Middle 0"] is Why.SILENT, "whether they need a coach nobody can tell"
        assert office.keep(plan).pairs[0].agreed

        office.build.wish(WishKind.PIN, office.ids["Ana"], office.ids["Ben"], week=WEEK)
        assert office.couples(office.propose()) == {"Cy": "Ana", "Ben": "Ana"}


def test_once_the_records_come_again_pairs_are_made_again(any_db: Database) -> None:
    with any_db.begin() as session:
        office = deals_stopped(session)
        assert office.propose().pairs == ()

        office.build.deal(office.ids["Middle 0"], NOW - timedelta(hours=1))

        assert office.couples(office.propose()) == {"Ben": "Ana"}


def test_a_figure_that_still_has_its_records_makes_pairs_whatever_else_stopped(any_db: Database) -> None:
    with any_db.begin() as session:
        build = workspace(session)
        office = Office(build, build.team(), last_deal=NOW - timedelta(days=28))
        for name in ("Middle 0", "Middle 1", "Middle 2", "Middle 3", "Ana", "Ben"):
            rep = office.ae(name, 20, 20, willing=name == "Ana")
            for n in range(60):
                agreed = n % 2 == 0 if name.startswith("Middle") else name == "Ana"
                build.debrief(rep, NOW - timedelta(days=n + 1), timeline_agreed=agreed)

        [pair] = office.propose().pairs

        assert (pair.coach.name, pair.learner.name, pair.metric) == ("Ana", "Ben", Metric.TIMELINE_RATE)
