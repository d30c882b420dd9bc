"""Teams with known true skills, week by week, and what the bot is told of them in any window of weeks.

Nothing here knows how the estimates are made: a world has rates, draws what happens, and counts it as an importer
would. Deals live ten weeks, accounts move every week, calls and leads come by chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.calendar.working_hours import Presence
from bot.core.enums import Metric, Role
from bot.pipeline.domain.portfolio import HeldAccount
from bot.scorecards.domain.evidence import RepTally, RoleEvidence, gather
from bot.scorecards.domain.inference.priors import History
from bot.scorecards.domain.ranking import SCORE_WEIGHTS
from bot.scorecards.domain.tally import Tally

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MONTH = 30.4375
TOOLS = Decimal(564)
HAZARD = 0.1
"""The chance of an open deal to close in a week."""
DECIDED = 0.95
"""The share of leads on which an AE decides."""
ACCOUNTS, SWING, LOSSES = 25, 0.04, 0.002
"""Of an AM; how far an account's value moves in a week; the chance that it is lost in it."""


@dataclass(frozen=True)
class Skills:
    """True rates, one per rep."""

    chance: Floats
    """Of winning a deal, of a lead to be qualified."""
    pace: Floats
    """Leads or deals a week; sessions a week for AMs."""
    calls: Floats
    """A week."""
    care: Floats
    """The share of decisions explained; for AMs what accounts grow by in a week, by quarter where it changes."""
    lost: Floats | float = LOSSES
    """For AMs the chance that an account is lost in a week."""

    def grown(self, weeks: int) -> Floats:
        """What an AM's accounts grow by in each of so many weeks."""
        quarters = np.atleast_2d(self.care)
        return np.repeat(quarters, weeks // len(quarters), axis=0)


def skills(role: Role, reps: int, spread: float, rng: np.random.Generator) -> Skills:
    """Reps who lie `spread` apart on the logit and log scale; 0: nobody differs."""

    def around(centre: float, scale: float = 1.0) -> Floats:
        return centre * np.exp(rng.normal(0, 1, reps) * spread * scale)

    def share(centre: float) -> Floats:
        logit = np.log(centre / (1 - centre)) + rng.normal(0, 1, reps) * spread
        return np.asarray(1 / (1 + np.exp(-logit)))

    match role:
        case Role.SDR:
            return Skills(share(0.45), around(2.5, 0.6), around(60.0, 0.4), np.zeros(reps))
        case Role.AE:
            return Skills(share(0.35), around(2.2, 0.4), around(20.0, 0.4), share(0.6))
        case _:
            grown = 0.002 + 0.006 * rng.normal(0, 1, reps) * spread
            return Skills(np.zeros(reps), around(0.5, 0.8), around(20.0, 0.4), grown)


def fitful(role: Role, reps: int, spread: float, rng: np.random.Generator) -> Skills:
    """AMs of whose growth each quarter tells anew, and who lose accounts more or less often.

    Over a year they lie as far apart as others do; what they did in it says little of the last quarter.
    """
    usual = skills(role, reps, spread, rng)
    grown = 0.002 + 0.012 * rng.normal(0, 1, (4, reps)) * spread
    return replace(usual, care=grown, lost=2 * LOSSES * np.exp(2 * rng.normal(0, 1, reps) * spread))


@dataclass(eq=False)
class World:
    """A role's reps over many weeks; counts are of shape (weeks, reps)."""

    role: Role
    skills: Skills
    weeks: int
    done: Mapping[str, Counts]
    values: Floats
    """Of an AM's accounts: (weeks + 1, reps, accounts); empty for others."""

    @property
    def reps(self) -> int:
        return len(self.skills.calls)

    def evidence(self, end: int, length: int = 13) -> RoleEvidence:
        """The window of weeks before `end`."""
        return self._gathered(end, length)

    def history(self, end: int, length: int = 13, year: int = 52) -> History:
        """The year's windows of that length before the one that ends at `end`."""
        ends = range(end - length, max(end - year, 0) + length - 1, -length)
        return History(tuple(self._gathered(one, length) for one in ends), self._gathered(end, length))

    def truth(self, end: int, length: int = 13) -> dict[Metric, Floats]:
        """The figures that each rep's skills come to in the long run, in that window."""
        told = self.skills
        if self.role is Role.SDR:
            return {
                Metric.LEADS_PER_MONTH: told.pace * MONTH / 7,
                Metric.QUALIFIED_RATE: told.chance,
                Metric.QUALIFICATION_EFFICIENCY: told.pace * DECIDED * told.chance / told.calls,
            }
        if self.role is Role.AE:
            return {
                Metric.WIN_RATE: told.chance,
                Metric.CLOSE_RATE: told.chance * length / (length - 1 + 1 / HAZARD),
                Metric.DISCERNMENT: told.chance,
                Metric.HANDOFF_FEEDBACK_RATE: told.care,
            }
        weekly = told.grown(self.weeks)
        growth = np.exp(weekly[end - length : end].sum(axis=0) + SWING**2 * length / 2)
        since = np.exp(weekly[:end].sum(axis=0) + SWING**2 * end / 2)
        return {
            Metric.UPSELL_RATE: since - 1,
            Metric.NET_RETENTION: growth * (1 - told.lost) ** length,
            Metric.COACHING_MINUTES: told.pace * 30 * length,
        }

    def __post_init__(self) -> None:
        self._gathered = lru_cache(maxsize=256)(self._gather)

    def _gather(self, end: int, length: int) -> RoleEvidence:
        tallies = (self._tally(rep, end - length, end) for rep in range(self.reps))
        there = Presence(days=7 * length, working=5 * length, present=5 * length)
        rows = [RepTally(rep, tally, there) for rep, tally in enumerate(tallies)]
        told = gather(self.role, rows, monthly_tool_cost=TOOLS)
        return replace(told, metrics={key: told.metrics[key] for key in SCORE_WEIGHTS[self.role]})

    def _tally(self, rep: int, start: int, end: int) -> Tally:
        counts: dict[str, Any] = {
            name: int(weekly[start:end, rep].sum())
            for name, weekly in self.done.items()
            if name not in ("stock", "closed")
        }
        if self.role is Role.SDR:
            return Tally(**counts)
        if self.role is Role.AE:
            opened = counts.pop("opened")
            return Tally(**counts, worked=int(self.done["stock"][start, rep]) + opened)
        sessions = counts.pop("sessions")
        return Tally(**counts, coached_minutes=(30,) * sessions, accounts=self._accounts(rep, start, end))

    def _accounts(self, rep: int, start: int, end: int) -> tuple[HeldAccount, ...]:
        first, before, now = (self.values[week, rep] for week in (0, start, end))
        return tuple(
            HeldAccount(Decimal(f"{a:.4f}"), Decimal(f"{b:.4f}"), Decimal(f"{c:.4f}"))
            for a, b, c in zip(first.tolist(), before.tolist(), now.tolist(), strict=True)
            if b > 0
        )


def play(role: Role, told: Skills, weeks: int, rng: np.random.Generator) -> World:
    """What such reps did in so many weeks."""
    reps = len(told.calls)
    calls = rng.poisson(told.calls, (weeks, reps))
    if role is Role.SDR:
        passed = rng.poisson(told.pace, (weeks, reps))
        decided = rng.binomial(passed, DECIDED)
        done = {
            "calls": calls,
            "passed": passed,
            "decided": decided,
            "qualified": rng.binomial(decided, told.chance),
        }
        return World(role, told, weeks, done, np.zeros(0))
    if role is Role.AE:
        return World(role, told, weeks, {"calls": calls, **_deals(told, weeks, rng)}, np.zeros(0))
    sessions = rng.poisson(told.pace, (weeks, reps))
    return World(role, told, weeks, {"calls": calls, "sessions": sessions}, _values(told, weeks, rng))


def _deals(told: Skills, weeks: int, rng: np.random.Generator) -> dict[str, Counts]:
    reps = len(told.calls)
    opened = rng.poisson(told.pace, (weeks, reps))
    stock, closed = np.zeros((weeks, reps), dtype=np.int64), np.zeros((weeks, reps), dtype=np.int64)
    standing = rng.poisson(told.pace * (1 / HAZARD - 1))
    for week in range(weeks):
        stock[week] = standing
        closed[week] = rng.binomial(standing + opened[week], HAZARD)
        standing = standing + opened[week] - closed[week]
    passed_on = rng.binomial(closed, 0.6)
    from_leads = rng.binomial(passed_on, told.chance)
    won = from_leads + rng.binomial(closed - passed_on, told.chance)
    decisions = rng.poisson(1.5, (weeks, reps))
    return {
        "opened": opened, "stock": stock, "closed": closed, "won": won, "lost": closed - won,
        "closed_from_accepted": passed_on, "won_from_accepted": from_leads, "decisions": decisions,
        "teaching_decisions": rng.binomial(decisions, told.care),
    }  # fmt: skip


def _values(told: Skills, weeks: int, rng: np.random.Generator) -> Floats:
    reps = len(told.calls)
    values = np.empty((weeks + 1, reps, ACCOUNTS))
    values[0] = 100 * np.exp(rng.normal(0, 0.5, (reps, ACCOUNTS)))
    lost = np.broadcast_to(told.lost, reps)[:, None]
    for week, grown in enumerate(told.grown(weeks)):
        moved = np.exp(rng.normal(0, SWING, (reps, ACCOUNTS)) + grown[:, None])
        values[week + 1] = values[week] * moved * (rng.random((reps, ACCOUNTS)) >= lost)
    return values
