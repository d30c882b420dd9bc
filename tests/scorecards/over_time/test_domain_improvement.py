"""Who improved most, and when nobody did."""

import numpy as np
import pytest

from bot.core.enums import Metric
from bot.scorecards.domain.evidence import RepTally, RoleEvidence
from bot.scorecards.domain.improvement import Gains, gains, most_improved
from tests.support.reps import ae, aes, qualifiers, sdr, sdrs

RATE_ALONE = {Metric.QUALIFIED_RATE: 1.0}
STEADY = [(30, 100), (33, 100), (28, 100), (31, 100), (29, 100)]


def improved(last: RoleEvidence, before: RoleEvidence, **options: object) -> int | None:
    return most_improved([gains(last, [before], weights=RATE_ALONE)], seed=1, **options)  # type: ignore[arg-type]


def test_who_clearly_gained_is_named() -> None:
    last = qualifiers([(14, 45), (28, 45), (13, 45), (14, 45), (13, 45)])

    assert improved(last, qualifiers(STEADY)) == 1


def test_a_large_gain_in_a_handful_of_leads_is_luck() -> None:
    last = qualifiers([(14, 45), (2, 3), (13, 45), (14, 45), (13, 45)])

    assert improved(last, qualifiers(STEADY)) is None


def test_a_lesser_loss_is_no_improvement() -> None:
    before = qualifiers([(60, 100), (62, 100), (58, 100), (61, 100), (60, 100)])
    last = qualifiers([(9, 90), (10, 90), (45, 90), (11, 90), (9, 90)])

    assert improved(last, before) is None


def test_who_is_always_low_has_not_improved() -> None:
    before = qualifiers([(10, 100), (60, 100), (62, 100), (58, 100), (61, 100), (60, 100)])
    last = qualifiers([(4, 40), (24, 40), (25, 40), (23, 40), (24, 40), (24, 40)])

    assert improved(last, before) is None


def test_fewer_days_are_an_improvement() -> None:
    before = aes(*(ae(rep, 9, 9, days=(40, 42, 38, 41, 39, 43, 37, 40, 40)) for rep in range(4)))
    last = aes(
        ae(0, 4, 4, days=(20, 21, 19, 22)), *(ae(rep, 4, 4, days=(40, 41, 39, 42)) for rep in (1, 2, 3))
    )

    told = gains(last, [before], weights={Metric.CYCLE_DAYS: 1.0})

    assert most_improved([told], seed=1) == 0


def test_without_the_one_who_opted_out_the_next_may_be_named() -> None:
    last = qualifiers([(14, 45), (35, 45), (13, 45), (28, 45), (13, 45)])
    before = qualifiers(STEADY)

    assert improved(last, before) == 1
    assert improved(last, before, hidden={1}) == 3


def test_only_the_team_is_compared() -> None:
    last = qualifiers([(14, 45), (35, 45), (13, 45), (28, 45), (13, 45)])

    assert improved(last, qualifiers(STEADY), team={0, 2, 3, 4}) == 3


def test_of_two_nobody_is_named() -> None:
    last = qualifiers([(14, 45), (35, 45), (13, 45), (28, 45), (13, 45)])

    assert improved(last, qualifiers(STEADY), team={1, 2}) is None


def test_a_newcomer_has_nothing_to_have_improved_on() -> None:
    rows: list[RepTally] = [sdr(rep, 14, 45) for rep in range(4)]
    before = sdrs(*(sdr(rep, 30, 100) for rep in range(4)), sdr(9, 0, 3))

    assert improved(sdrs(*rows, sdr(9, 45, 45, ramping=True)), before) is None
    assert 9 not in gains(sdrs(*rows, sdr(8, 45, 45)), [before], weights=RATE_ALONE).reps


def test_roles_of_a_team_are_drawn_together() -> None:
    sure = Gains((1, 2, 3), *[np.array([0.0, 0.1, 0.2]), np.full(3, 0.01)] * 2)
    other_role = Gains((7, 8), *[np.array([2.0, 0.0]), np.full(2, 0.01)] * 2)

    assert most_improved([sure, other_role], seed=1) == 7


@pytest.mark.parametrize("role", [sdrs(), sdrs(sdr(1, 3, 9)), sdrs(sdr(1, 3, 9), sdr(2, 4, 9))])
def test_a_role_too_small_to_compare_has_no_gains(role: RoleEvidence) -> None:
    assert gains(role, [role]).reps == ()


def test_where_nothing_changed_nearly_nobody_is_named() -> None:
    rng = np.random.default_rng(4)
    named = 0
    for _ in range(60):
        rates = rng.beta(8, 20, 10)
        before = [(int(rng.binomial(90, rate)), 90) for rate in rates]
        last = [(int(rng.binomial(40, rate)), 40) for rate in rates]
        named += improved(qualifiers(last), qualifiers(before)) is not None

    assert named <= 9
