"""What is worked out for one rep alone is what the whole role's figures say of that rep."""

from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.corners import standing, standings
from bot.domain.estimates import estimate
from bot.domain.evidence import RepTally, renewed
from bot.domain.tally import Tally
from bot.words import Role
from tests.domain.reps import QUARTER, aes, am, ams, sdrs

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
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("role", GATHERED)
def test_a_role_with_one_rep_read_anew_is_the_role_gathered_anew(
    role: Role, peers: tuple[RepTally, ...], own: RepTally
) -> None:
    gathered = GATHERED[role]
    others = (row for row in peers if row.rep != own.rep)

    assert flat(renewed(gathered(*peers), gathered(own))) == flat(gathered(*others, own))


@given(reps)
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("role", GATHERED)
def test_one_reps_estimates_and_standing_are_those_of_the_whole_role(
    role: Role, rows: tuple[RepTally, ...]
) -> None:
    whole = estimate(GATHERED[role](*rows))

    assert {rep: whole.of(rep) for rep in whole.reps} == whole.by_rep()
    assert {rep: standing(whole, rep) for rep in whole.reps} == standings(whole)


def flat(value: object) -> object:
    """With lists for arrays, which have no equality of their own; nan is equal to nan."""
    if isinstance(value, np.ndarray):
        return [None if np.isnan(one) else one for one in value.tolist()]
    if isinstance(value, dict):
        return {key: flat(one) for key, one in value.items()}
    if is_dataclass(value):
        return [flat(getattr(value, field.name)) for field in fields(value) if field.init]
    return value
