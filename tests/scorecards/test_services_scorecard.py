"""A rep's numbers, from the rows to the card; the worked examples are those of the definition itself."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.calendar.periods import parse
from bot.core.enums import DealStatus, Metric, Role
from bot.core.errors import NotFound
from bot.scorecards.views.all_figures import how_to_read
from storage.tables import Membership, Workspace
from tests.scorecards.cards import BERLIN, NOW, at, card, measured, october
from tests.support.builders import Builder


def test_an_sdr_in_october_with_16_leads_passed_and_310_calls(build: Builder, sdr: int, ae: int) -> None:
    for n in range(16):
        build.handoff(
            sdr,
            ae,
            october(1 + n),
            accepted=n < 9 if n < 12 else None,
            criteria_met=n < 8 if n < 12 else None,
        )
    for n in range(310):
        build.call(sdr, october(1 + n % 31, 8 + n % 9))

    assert measured(build, sdr, Metric.LEADS_PER_MONTH).value == pytest.approx(15.71, abs=0.005)
    qualified = measured(build, sdr, Metric.QUALIFIED_RATE)
    assert (qualified.numerator, qualified.denominator, qualified.awaiting) == (8, 12, 4)
    efficiency = measured(build, sdr, Metric.QUALIFICATION_EFFICIENCY)
    assert (efficiency.numerator, efficiency.denominator) == (8, 310)
    assert measured(build, sdr, Metric.COST_PER_RESULT).value == pytest.approx(71.80, abs=0.005)


def test_an_ae_in_a_week_with_13_deals_worked_2_won_and_1_lost(build: Builder, ae: int) -> None:
    week = parse("2026-W46", now=NOW, zone=BERLIN)
    monday, won = date(2026, 11, 9), DealStatus.WON
    wednesday = at(monday + timedelta(days=2))
    for _ in range(7):
        build.deal(ae, at(monday - timedelta(days=9)))
    for _ in range(3):
        build.deal(ae, wednesday)
    build.deal(ae, wednesday - timedelta(days=20), status=won, closed_at=wednesday)
    build.deal(ae, wednesday - timedelta(days=41), status=won, closed_at=wednesday)
    build.deal(ae, at(date(2026, 9, 1)), status=DealStatus.LOST, closed_at=wednesday)
    build.deal(ae, at(date(2026, 9, 1)), status=won, closed_at=at(monday - timedelta(days=1)))

    close, wins = (
        measured(build, ae, Metric.CLOSE_RATE, week),
        measured(build, ae, Metric.WIN_RATE, week),
    )
    assert (close.numerator, close.denominator) == (2, 13)
    assert (wins.numerator, wins.denominator) == (2, 3)
    assert measured(build, ae, Metric.CYCLE_DAYS, week).value == 30.5


def test_an_am_who_grew_one_account_kept_one_and_lost_one(build: Builder, am: int) -> None:
    before, during = date(2026, 9, 30), date(2026, 10, 20)
    for account, first, start, end in (("A", 100, 120, 130), ("B", 200, 200, 200), ("C", 50, 50, 0)):
        build.account(am, account, date(2025, 1, 1), first)
        build.account(am, account, before, start)
        build.account(am, account, during, end)

    upsell = measured(build, am, Metric.UPSELL_RATE)
    retention = measured(build, am, Metric.NET_RETENTION)
    assert (upsell.numerator, upsell.denominator) == (30, 300)
    assert (retention.numerator, retention.denominator) == (330, 370)


def test_a_rep_without_calls_has_no_efficiency_rather_than_none_at_all(
    build: Builder, sdr: int, ae: int
) -> None:
    build.handoff(sdr, ae, october(5), accepted=True)

    assert measured(build, sdr, Metric.QUALIFICATION_EFFICIENCY).value is None


def test_the_card_sets_the_rep_beside_the_middle_of_the_role(build: Builder, team: int, ae: int) -> None:
    reps = [build.rep(f"Rep {n}", Role.SDR, team) for n in range(5)]
    for n, rep in enumerate(reps):
        for k in range(40):
            build.handoff(rep, ae, october(1 + k % 20), accepted=k < 6 * n + 4)

    best, middling = (card(build, rep).figure(Metric.QUALIFIED_RATE) for rep in (reps[4], reps[2]))
    assert best and middling and best.estimate and best.estimate.low and best.estimate.high
    assert best.role_middle == middling.role_middle == pytest.approx(16 / 40, abs=0.02)
    assert best.estimate.low < 28 / 40 < best.estimate.high
    scores = [card(build, rep).score or 0.0 for rep in reps]
    assert scores == sorted(scores)
    assert scores[0] < 0 < scores[4]


def test_a_reps_own_figures_are_never_old(build: Builder, sdr: int) -> None:
    assert measured(build, sdr, Metric.CALLS_PER_DAY).numerator is None, "nobody ever told of a call"

    build.call(sdr, october(5))

    calls = card(build, sdr).figure(Metric.CALLS_PER_DAY)
    assert calls and calls.measure.numerator == 1
    assert calls.estimate and calls.estimate.numerator == 1, "nor what is believed of them"


def test_a_changed_cost_of_tools_counts_at_once_for_peers_too(build: Builder, team: int, ae: int) -> None:
    one, *others = (build.rep(name, Role.SDR, team) for name in ("Ana", "Cem", "Eda"))
    for rep in (one, *others):
        build.handoff(rep, ae, october(5), accepted=True)
    before = card(build, one).figure(Metric.COST_PER_RESULT)

    build.session.get_one(Workspace, build.workspace_id).tool_cost *= 2

    after = card(build, one).figure(Metric.COST_PER_RESULT)
    assert before and before.role_middle and after
    assert after.role_middle == pytest.approx(2 * before.role_middle)


def test_who_had_no_role_in_the_period_is_told_so(build: Builder, team: int) -> None:
    new = build.rep("Jo", Role.SDR, team, started_on=date(2026, 11, 2))

    with pytest.raises(NotFound, match="no numbers"):
        card(build, new)


def test_who_has_left_is_shown_in_the_role_held_last(build: Builder, sdr: int) -> None:
    build.session.exec(select(Membership)).one().ended_on = date(2026, 10, 9)
    build.session.flush()
    build.call(sdr, october(8))
    build.call(sdr, october(12))

    assert card(build, sdr).rep.role is Role.SDR
    calls = measured(build, sdr, Metric.CALLS_PER_DAY)
    assert (calls.numerator, calls.denominator) == (1, 7), "a call after the last day is not theirs"


def test_a_move_to_another_team_in_the_same_role_starts_nothing_anew(build: Builder, sdr: int) -> None:
    session, west = build.session, build.team("West")
    session.exec(select(Membership)).one().ended_on = date(2026, 10, 18)
    session.add(
        Membership(
            workspace_id=build.workspace_id, person_id=sdr, team_id=west, role=Role.SDR,
            started_on=date(2026, 10, 19),
        )
    )  # fmt: skip
    session.flush()
    build.call(sdr, october(8))

    found = card(build, sdr)
    assert (found.rep.team, found.ramping) == ("West", False)
    assert measured(build, sdr, Metric.CALLS_PER_DAY).numerator == 1


def test_a_period_that_has_not_begun_shows_nothing_yet(build: Builder, sdr: int) -> None:
    build.call(sdr, october(8))

    found = card(build, sdr, as_of=at(date(2026, 9, 20)))
    assert all(figure.measure.value in (None, 0) for figure in found.figures)
    assert "before" not in how_to_read(found), "nothing can have changed since no days before"
