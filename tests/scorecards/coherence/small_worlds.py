"""A small role from dice: reps who differ or do not, with few records or many, and the card of each."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period
from bot.calendar.working_hours import Presence
from bot.core.enums import Role
from bot.people.domain.stints import Rep
from bot.pipeline.domain.portfolio import HeldAccount
from bot.scorecards.domain.change import Before
from bot.scorecards.domain.definitions import measures
from bot.scorecards.domain.estimates import RoleEstimates, estimate
from bot.scorecards.domain.evidence import RepTally, gather
from bot.scorecards.domain.league import Ranking
from bot.scorecards.domain.ranking import SCORE_WEIGHTS, rank_estimates
from bot.scorecards.domain.scorecard import Board, Scorecard, compare
from bot.scorecards.domain.tally import Tally

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 15, 23, tzinfo=UTC)
TOOLS = Decimal(564)


@dataclass(frozen=True)
class World:
    """`rows` are the reps' tallies of the period, `before` those of as many days before."""

    role: Role
    period: Period
    rows: list[RepTally]
    before: list[RepTally]
    estimates: RoleEstimates
    ranking: Ranking

    @property
    def reps(self) -> dict[int, Rep]:
        return {row.rep: _rep(row.rep, self.role) for row in self.rows}

    @property
    def board(self) -> Board:
        return Board("East", self.period, self.ranking, self.reps, SCORE_WEIGHTS[self.role])

    def cards(self) -> Iterator[Scorecard]:
        for row, then in zip(self.rows, self.before, strict=True):
            told = measures(self.role, then.tally, then.presence, monthly_tool_cost=TOOLS)
            yield compare(
                _rep(row.rep, self.role),
                row.tally,
                measures(self.role, row.tally, row.presence, monthly_tool_cost=TOOLS),
                self.estimates,
                period=self.period,
                as_of=MONDAY + timedelta(hours=9),
                currency="USD",
                before=Before(
                    {one.key: one.value for one in told if one.value is not None},
                    gather(self.role, [then], monthly_tool_cost=TOOLS),
                ),
            )


def world(seed: int) -> World:
    dice = random.Random(seed)
    role = dice.choice((Role.SDR, Role.AE, Role.AM))
    weeks, volume = dice.choice((1, 4, 13, 13, 13)), dice.choice((1, 5, 20, 200))
    apart = dice.choice((0.0, 0.1, 0.35))
    skills = [(rep, 0.45 + dice.uniform(-apart, apart)) for rep in range(1, dice.randint(1, 9) + 1)]
    rows, before = ([_row(dice, rep, role, skill, weeks, volume) for rep, skill in skills] for _ in range(2))
    estimates = estimate(gather(role, rows, monthly_tool_cost=TOOLS))
    period = Period(f"{weeks}w", MONDAY - timedelta(weeks=weeks), MONDAY, BERLIN)
    return World(role, period, rows, before, estimates, rank_estimates(estimates, seed=seed))


def _rep(id: int, role: Role) -> Rep:
    return Rep(id, f"Rep {id}", None, None, True, role, 1, "East")


def _row(dice: random.Random, rep: int, role: Role, skill: float, weeks: int, volume: int) -> RepTally:
    def of(most: int, chance: float) -> int:
        return sum(dice.random() < chance for _ in range(most))

    calls = dice.randint(0, volume * 3)
    debriefs = of(calls, 0.4)
    closed, decided = dice.randint(0, volume), dice.randint(0, volume)
    won = of(closed, skill)
    from_lead = of(closed, 0.6)
    tally = Tally(
        calls=calls,
        talk_seconds=calls * dice.randint(60, 900),
        passed=decided + dice.randint(0, 3),
        decided=decided,
        qualified=of(decided, skill),
        worked=closed + dice.randint(0, volume),
        won=won,
        lost=closed - won,
        won_after_days=tuple(dice.uniform(5, 90) for _ in range(won)),
        closed_from_accepted=from_lead,
        won_from_accepted=min(won, of(from_lead, skill)),
        decisions=decided,
        teaching_decisions=of(decided, skill),
        accounts=tuple(_account(dice, skill) for _ in range(min(volume, 30))),
        debriefs=debriefs,
        advanced=of(debriefs, skill),
        coached_minutes=(30,) * of(4, 0.3),
    )
    days = Presence(days=weeks * 7, working=weeks * 5, present=weeks * 5)
    return RepTally(rep, tally, days, ramping=dice.random() < 0.08)


def _account(dice: random.Random, skill: float) -> HeldAccount:
    first = Decimal(dice.randint(50, 500))
    end = first * Decimal(round(dice.gauss(0.8 + 0.5 * skill, 0.15), 3))
    return HeldAccount(first, first, max(end, Decimal()))
