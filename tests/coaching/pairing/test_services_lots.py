"""Coach places that are drawn: kept, told, taken in turn, and compared."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from bot.blocks.reader import reader
from bot.coaching.domain.effect import Design
from bot.coaching.domain.pairs import Why
from bot.coaching.services import effect as effects
from bot.coaching.services import pairing as pairings
from bot.coaching.views import effect as effect_views
from bot.coaching.views.pairing import waits
from bot.coaching.views.preview import lot_drawn
from bot.coaching.views.reasons import ENGLISH
from bot.core.enums import Metric, Role
from storage.books import Books
from storage.database import Database
from storage.tables import LotTicket, WishKind
from tests.coaching.pairing.floor import WEEK, Office, office
from tests.support.builders import workspace

__all__ = ["office"]

FOUR_WEEKS = timedelta(weeks=4)


def one_coach_and_three_alike(office: Office) -> None:
    office.ae("Ana", 50, 5, willing=True, coach_capacity=1)
    for n in range(3):
        office.ae(f"Weak {n}", 3, 45 + n)


def test_a_draw_is_told_to_who_waits_and_to_the_manager_and_written_down(office: Office) -> None:
    one_coach_and_three_alike(office)

    plan = office.propose()
    office.keep(plan)

    [lot] = plan.lots
    [first, second] = lot.waiting
    assert [one.name for one in lot.placed] == list(office.couples(plan))
    assert office.why(plan)[first.name] is Why.LOT
    assert plan.waiting[first.id].until == WEEK + FOUR_WEEKS
    assert "drawn by lot" in waits(plan.waiting[first.id], ENGLISH)
    assert "your turn" in waits(plan.waiting[first.id], ENGLISH)
    told = lot_drawn(lot)
    assert lot.placed[0].name in told and first.name in told and second.name in told
    tickets = office.session.exec(select(LotTicket).order_by(LotTicket.place)).all()  # type: ignore[arg-type]
    assert [(one.learner_id, one.has_place) for one in tickets] == [
        (one.id, one.id in lot.drawn) for one in lot.order
    ]


def test_whoever_lost_the_draw_is_next(office: Office) -> None:
    one_coach_and_three_alike(office)
    plan = office.propose()
    office.keep(plan)
    [lot] = plan.lots

    later = office.propose(week=WEEK + FOUR_WEEKS)

    assert list(office.couples(later)) == [lot.waiting[0].name]


def test_a_team_that_wants_no_lots_gives_the_place_to_the_largest_shortfall(office: Office) -> None:
    one_coach_and_three_alike(office)
    pairings.draw_lots(
        Books(office.session, office.build.workspace_id, datetime(2026, 11, 16, 8, tzinfo=UTC)),
        office.team,
        wanted=False,
    )

    plan = office.propose()

    assert plan.lots == ()
    assert list(office.couples(plan)) == ["Weak 2"]
    assert office.why(plan)["Weak 0"] is Why.ALL_TAKEN


def test_a_pinned_learner_is_in_no_draw(office: Office) -> None:
    one_coach_and_three_alike(office)
    office.build.wish(WishKind.PIN, office.ids["Ana"], office.ids["Weak 0"], week=WEEK)

    plan = office.propose()

    assert list(office.couples(plan)) == ["Weak 0"]
    assert plan.lots == ()


@pytest.mark.parametrize("draws", [True, False])
def test_the_effect_compares_those_drawn_with_those_who_wait(db: Database, draws: bool) -> None:
    drawn_in, now = date(2026, 8, 3), datetime(2026, 10, 5, 12, tzinfo=UTC)
    with db.begin() as session:
        acme = workspace(session)
        east = acme.team("East", zone="UTC")
        coach, ae = acme.rep("Coach", Role.AE, east), acme.rep("Ben", Role.AE, east)
        for n in range(14):
            sdr = acme.rep(f"Rep {n}", Role.SDR, east)
            is_drawn = n < 7
            for day, share in (
                (drawn_in - timedelta(days=20), 4),
                (drawn_in + timedelta(days=20), 6 if is_drawn else 4),
            ):
                for lead in range(8):
                    passed = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=lead)
                    acme.handoff(sdr, ae, passed, accepted=lead < share + n % 2)
            if is_drawn:
                acme.coached(coach, sdr, drawn_in + timedelta(days=1), metric=Metric.QUALIFIED_RATE)
            if draws:
                session.add(
                    LotTicket(
                        workspace_id=acme.workspace_id,
                        week=drawn_in,
                        team_id=east,
                        learner_id=sdr,
                        metric=Metric.QUALIFIED_RATE,
                        place=n,
                        has_place=is_drawn,
                        seed="1",
                    )
                )
    with db.reading(acme.workspace_id, now) as books:
        [one] = effects.effects_of_coaching(books, as_of=now)

    assert one.effect.design is (Design.LOT if draws else Design.CHOSEN)
    assert (one.effect.learners, one.effect.comparison) == (7, 7)
    assert one.effect.difference == pytest.approx(0.25, abs=0.05)
    told = " ".join(effect_views.report([(one.role, one.effect)], "USD", reader(None, ENGLISH.zone)))
    assert ("drawn by lot: 7 who were drawn" in told) is draws
    assert ("were chosen, not drawn" in told) is not draws
    assert effect_views.answers([one.effect])[0]["design"] == ("lot" if draws else "chosen")
