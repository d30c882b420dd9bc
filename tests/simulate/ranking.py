"""How honest the ranking is: what is said against what is true, and how often luck alone is named.

The whole score of each role, as people see it, through the functions that the bot calls (`teams`), in the worlds of
`worlds`, which share nothing with the estimates. Run with `python -m tests.simulate.ranking [STUDY …] [--worlds N]`,
a study being one of the functions below; the figures come out the same each time. A row that does not hold makes the
exit code 1.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from bot.core.enums import SELLING_ROLES, Metric, Role
from bot.scorecards.domain.ranking import SCORE_WEIGHTS
from tests.simulate import teams
from tests.simulate.rows import Row, by_chance, calibration_error
from tests.simulate.teams import YEAR, Made
from tests.simulate.worlds import fitful, play, skills

WORLDS = 200
SPREADS = (0.25, 0.5)
"""How far true skills lie apart, on the logit and log scale; half of the worlds have the one, half the other."""
OTHER_SPREADS = (0.15, 0.8)
LENGTHS = (4, 13, 26, 52)
"""Of the periods whose intervals are held against the truth: about a month, a quarter, half a year, a year."""
BUSY = 5.5
"""How many times the usual pace of deals the row of jumps has: in four weeks at the usual one, nobody could tell."""


def run(worlds: int = WORLDS, only: Sequence[str] = ()) -> list[Row]:
    """Every row, or those of some studies, printed as it comes."""
    rows = []
    for study in STUDIES:
        if only and study.__name__ not in only:
            continue
        for row in study(worlds):
            print(row, flush=True)
            rows.append(row)
    return rows


def calibration(
    worlds: int,
    reps: tuple[int, ...] = (3, 5, 10, 30),
    roles: tuple[Role, ...] = SELLING_ROLES,
    spreads: tuple[float, ...] = SPREADS,
    skilled: Made = skills,
) -> Iterator[Row]:
    """Said against true, for every role and size, over as many reps in each row."""
    for role in roles:
        for count in reps:
            n = max(worlds * 30 // count, 1)
            played = (
                teams.made(role, count, spreads[seed % len(spreads)], seed, skilled=skilled)
                for seed in range(n)
            )
            each = [teams.told(world, seed) for seed, world in enumerate(played)]
            said, true = (np.concatenate(one) for one in zip(*each, strict=True))
            kind = "fitful reps" if skilled is fitful else "reps"
            name = f"{role}, {count} {kind} who lie {' or '.join(map(str, spreads))} apart"
            yield Row(
                f"{name}: calibration error", calibration_error(said, true), 0, 0.03, n, error=by_chance(said)
            )
            if (sure := said >= 0.5).sum() >= 30:
                told, found = float(said[sure].mean()), float(true[sure].mean())
                title = f"{name}: from .5 on said {told:.3f}, true {found:.3f} of {sure.sum()}, apart"
                yield Row(title, abs(told - found), 0, 0.03, n, error=by_chance(said[sure]))


def elsewhere(worlds: int) -> Iterator[Row]:
    """Said against true in worlds that nothing was tried on while the estimates were made."""
    yield from calibration(max(worlds // 2, 1), (3, 10), spreads=OTHER_SPREADS)
    yield from calibration(max(worlds // 2, 1), (3, 10), (Role.AM,), skilled=fitful)


def places(worlds: int, roles: tuple[Role, ...] = SELLING_ROLES, reps: int = 30) -> Iterator[Row]:
    """Whether a rep's place lies where it is said to: "chance alone could make it anything from 3 to 15".

    Places are whole, so the interval may hold a little more, and must not hold less.
    """
    for role in roles:
        n = max(worlds // 4, 1)
        held = []
        for seed in range(n):
            world = teams.made(role, reps, SPREADS[seed % 2], seed)
            told = [row.place for row in teams.said(world, seed)]
            true = teams.true_places(world)
            inside = [
                one is not None and one.low <= at <= one.high for one, at in zip(told, true, strict=True)
            ]
            held.append(float(np.mean(inside)))
        title = f"{role}, {reps} reps: the place lies where it is said to"
        yield Row(title, float(np.mean(held)), 0.9, 1.0, n, error=float(np.std(held)) / np.sqrt(n))


def luck(worlds: int, reps: tuple[int, ...] = (3, 5, 10, 30)) -> Iterator[Row]:
    """Who is named, and who improved, where nobody differs and nobody changed."""
    for role in SELLING_ROLES:
        for count in reps:
            n = max(worlds // 4, 1) if count == 30 else worlds
            named, improved = 0, 0
            for seed in range(n):
                world = teams.made(role, count, 0.0, seed)
                named += bool(teams.ranking(world, YEAR, seed).named)
                improved += teams.improved(world, YEAR, seed) is not None
            yield Row(f"{role}, {count} equal reps: somebody named", named / n, 0, 0.03, n)
            yield Row(f"{role}, {count} unchanged reps: most improved named", improved / n, 0, 0.03, n)


def years(worlds: int, reps: tuple[int, ...] = (3, 5, 10, 30)) -> Iterator[Row]:
    """Fifty-two digests running: whether any of them names anybody where nobody differs."""
    for role in SELLING_ROLES:
        for count in reps:
            n = max(worlds // (4 if count == 30 else 1), 1)
            ever = sum(
                any(teams.digests(teams.made(role, count, 0.0, seed, 2 * YEAR), seed)) for seed in range(n)
            )
            yield Row(f"{role}, {count} equal reps: named in 52 digests, ever", ever / n, 0, 0.10, n)


def names(worlds: int, reps: tuple[int, ...] = (3, 10)) -> Iterator[Row]:
    """How often in a year of digests another is named than was before, where skills differ and never change."""
    for role in SELLING_ROLES:
        for count in reps:
            n = max(worlds // 4, 1)
            moved = []
            for seed in range(n):
                year = teams.digests(teams.made(role, count, SPREADS[seed % 2], seed, 2 * YEAR), seed)
                told = [week for week in year if week]
                moved.append(sum(one != other for one, other in pairwise(told)))
            title = f"{role}, {count} reps: changes of name in a year"
            yield Row(title, float(np.mean(moved)), 0, 1.0, n, error=float(np.std(moved)) / np.sqrt(n))


def jumps(worlds: int) -> Iterator[Row]:
    """One AE of ten wins 30 points more often in the last four weeks; each closes some twelve deals a week."""
    found = 0
    for seed in range(worlds):
        rng = np.random.default_rng([seed, 99])
        told = skills(Role.AE, 10, 0.25, rng)
        world = play(Role.AE, replace(told, pace=told.pace * BUSY), 16, rng)
        better, done = min(float(told.chance[0]) + 0.30, 1.0), world.done
        from_leads, closed = (done[name][-4:, 0] for name in ("closed_from_accepted", "closed"))
        done["won_from_accepted"][-4:, 0] = rng.binomial(from_leads, better)
        done["won"][-4:, 0] = done["won_from_accepted"][-4:, 0] + rng.binomial(closed - from_leads, better)
        done["lost"][-4:, 0] = closed - done["won"][-4:, 0]
        found += teams.improved(world, 16, seed) == 0
    yield Row("a jump of 30 points found, AE, 10 reps", found / worlds, 0.60, 1.0, worlds)


def intervals(
    worlds: int,
    roles: tuple[Role, ...] = SELLING_ROLES,
    lengths: tuple[int, ...] = LENGTHS,
    spreads: tuple[float, ...] = SPREADS,
    most: float = 0.93,
) -> Iterator[Row]:
    """Whether the 90% interval of a figure holds the truth."""
    for role in roles:
        for length in lengths:
            held: dict[Metric, list[float]] = {metric: [] for metric in SCORE_WEIGHTS[role]}
            for seed in range(worlds):
                world = teams.made(role, 8, spreads[seed % len(spreads)], seed)
                for metric, column in teams.columns(world, length):
                    truth = world.truth(YEAR, length)[metric]
                    low, high = column.posterior.quantile(0.05), column.posterior.quantile(0.95)
                    held[metric].append(float(np.mean((low <= truth) & (truth <= high))))
            for metric, shares in held.items():
                apart = " or ".join(map(str, spreads))
                title = f"{role} {metric}, {length} weeks, {apart} apart: the 90% interval holds the truth"
                chance = float(np.std(shares)) / np.sqrt(worlds)
                yield Row(title, float(np.mean(shares)), 0.87, most, worlds, error=chance)


def near(worlds: int) -> Iterator[Row]:
    """The same of reps who hardly differ, which so few events do not tell: wider than need be, and never narrower."""
    yield from intervals(worlds, lengths=(4, 13), spreads=(0.125,), most=1.0)


def averages(worlds: int, roles: tuple[Role, ...] = SELLING_ROLES) -> Iterator[Row]:
    """Equal reps' estimates, which must average to what was counted."""
    for role in roles:
        for length in (4, 13):
            off: dict[Metric, list[float]] = {}
            n = max(worlds // 2, 1)
            for seed in range(n):
                for metric, column in teams.columns(teams.made(role, 8, 0.0, seed), length):
                    if metric in _SHARES:
                        apart = np.nanmean(column.posterior.mean - column.evidence.raw)
                        off.setdefault(metric, []).append(float(apart))
            worst, error = max((abs(float(np.mean(one))), float(np.std(one))) for one in off.values())
            title = f"{role}, 8 equal reps, {length} weeks: off the raw mean"
            yield Row(title, worst, 0, 0.01, n, error=error / np.sqrt(n))


STUDIES: tuple[Callable[[int], Iterator[Row]], ...] = (
    calibration,
    elsewhere,
    places,
    luck,
    intervals,
    near,
    averages,
    jumps,
    years,
    names,
)
_SHARES = {
    Metric.QUALIFIED_RATE,
    Metric.QUALIFICATION_EFFICIENCY,
    Metric.WIN_RATE,
    Metric.CLOSE_RATE,
    Metric.NET_RETENTION,
    Metric.HANDOFF_FEEDBACK_RATE,
}


def main(arguments: list[str]) -> int:
    """The studies that are named, or all."""
    worlds = WORLDS
    if "--worlds" in arguments:
        at = arguments.index("--worlds")
        worlds, arguments = int(arguments[at + 1]), arguments[:at] + arguments[at + 2 :]
    return 0 if all(row.holds for row in run(worlds, arguments)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
