"""What is worked out for one rep alone is what the whole role's figures say of that rep."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.enums import Metric, Role
from bot.scorecards.domain.estimates import Estimate, estimate
from bot.scorecards.domain.evidence import RepTally, renewed
from bot.scorecards.domain.quadrant import standing, standings
from bot.scorecards.domain.tally import Tally
from tests.support.properties import examples
from tests.support.reps import QUARTER, aes, am, ams, sdrs

GATHERED = {Role.SDR: sdrs, Role.AE: aes, Role.AM: ams}
few = st.integers(0, 30)


@st.composite
def tallies(draw: st.DrawFn, rep: int) -> RepTally:
    passed, won, lost, calls = draw(few), draw(few), draw(few), draw(few)
    decided = draw(st.integers(0, passed))
    tally = Tally(
        calls=calls, talk_seconds=60 * calls, passed=passed, decided=decided, qualified=draw(st.integers(0, decided)),
        worked=won + lost, won=won, lost=lost, won_after_days=(7.0, 9.5, 30.0)[: draw(few)],
        coached_minutes=(30, 45)[: draw(few)], accounts=am(rep, (100, draw(few)), (50, 60)).tally.accounts,
    )  # fmt: skip
    return RepTally(rep, tally, QUARTER, ramping=draw(st.booleans()))


reps = st.sets(st.integers(1, 9), max_size=6).flatmap(lambda ids: st.tuples(*map(tallies, sorted(ids))))


@given(reps, st.integers(1, 9).flatmap(tallies))
@examples(40)
@pytest.mark.parametrize("role", GATHERED)
def test_a_role_with_one_rep_read_anew_is_the_role_gathered_anew(
    role: Role, peers: tuple[RepTally, ...], own: RepTally
) -> None:
    gathered = GATHERED[role]
    others = (row for row in peers if row.rep != own.rep)

    assert flat(renewed(gathered(*peers), gathered(own))) == flat(gathered(*others, own))


@given(reps)
@examples(40)
@pytest.mark.parametrize("role", GATHERED)
def test_one_reps_estimates_and_standing_are_those_of_the_whole_role(
    role: Role, rows: tuple[RepTally, ...]
) -> None:
    whole = estimate(GATHERED[role](*rows))

    # Quantiles are searched for all reps together, and end a hair apart.
    assert _figures({rep: whole.of(rep) for rep in whole.reps}) == {
        key: None if value is None else pytest.approx(value, rel=1e-6, abs=1e-9)
        for key, value in _figures(whole.by_rep()).items()
    }
    assert {rep: standing(whole, rep) for rep in whole.reps} == standings(whole)


def _figures(estimates: Mapping[int, Mapping[Metric, Estimate]]) -> dict[str, float | None]:
    return {
        f"{rep} {metric} {field.name}": getattr(one, field.name)
        for rep, told in estimates.items()
        for metric, one in told.items()
        for field in fields(one)
    }


def flat(value: object) -> object:
    """With lists for arrays, which have no equality of their own; nan is equal to nan."""
    if isinstance(value, np.ndarray):
        return [None if np.isnan(one) else one for one in value.tolist()]
    if isinstance(value, dict):
        return {key: flat(one) for key, one in value.items()}
    if is_dataclass(value):
        return [flat(getattr(value, field.name)) for field in fields(value) if field.init]
    return value
