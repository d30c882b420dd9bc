"""How honest the forecast is: how often what open deals really brought lies in the 80% interval that was told.

Made worlds with their own dice: deals that are won or lost after a time of their own, in teams of one workspace.
Nothing is shared with the estimator but its entry. The public CRM export, where it is here, is walked by moving the day
asked for through it, as the export would have read on that day. Run with `python -m tests.simulate forecast`; the
figures come out the same each time, and `python -m tests.simulate.forecast` exits with 1 where a row does not hold.
"""

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np

from bot.pipeline.domain.forecast import Followed, Forecast, Look, OpenDeal, Past, forecast, look
from bot.pipeline.domain.win_curves import Course, expected_within
from tests.simulate.rows import Row
from tests.tree import DATA

WORLDS = 200
LOW, HIGH = 0.75, 0.85
YEAR = 364
LOOKS, QUARTER = 28, 91
EXPORT = DATA / "maven-crm" / "sales_pipeline.csv"
TEAMS = EXPORT.with_name("sales_teams.csv")

Entry = Callable[..., Forecast]


@dataclass(frozen=True)
class Deal:
    """By days of the world; `ended` and `won` are the truth, whatever is known of it on the day asked for."""

    id: int
    team: int
    opened: int
    ended: int
    won: bool
    amount: float
    named: bool = True
    """Whether its amount is written down while it is open."""
    stuck_from: int | None = None

    def is_open(self, day: int) -> bool:
        return self.opened <= day < self.ended

    def is_stuck(self, day: int) -> bool:
        return self.stuck_from is not None and day >= self.stuck_from


@dataclass(frozen=True)
class Design:
    """A workspace of `deals` a year in `teams` of one size.

    `differ` is how far deals' chances lie apart on the logit scale; `unnamed` the share of open deals without an
    amount; `stuck` the share that gets stuck, which is won a quarter as often.
    """

    title: str
    deals: int
    teams: int
    differ: float = 0.7
    unnamed: float = 0.0
    stuck: float = 0.0
    high: float = HIGH


DESIGNS = (
    Design("a workspace of 150 deals a year", 150, 1),
    Design("a team of 200 deals of a workspace of 1,000", 1_000, 5),
    Design("a workspace of 1,000 deals", 1_000, 1),
    Design("deals whose chances are far apart", 1_000, 5, differ=1.5),
    Design("half of the open deals without an amount", 1_000, 5, unnamed=0.5),
    Design("a third of the deals stuck", 1_000, 5, stuck=0.35),
    Design("a small team: some eight open deals, so that sums come in lumps", 300, 5, high=0.92),
)


def run(worlds: int = WORLDS, entry: Entry = forecast) -> list[Row]:
    """Every row, printed as it comes."""
    rows = []
    for row in chain(_made(worlds, entry), _walked(entry)):
        print(row, flush=True)
        rows.append(row)
    return rows


def coverage(design: Design, worlds: int, entry: Entry = forecast) -> Row:
    """The share of worlds in which what came lies in the interval that was told."""
    held = [hit for seed in range(worlds) if (hit := _held(design, seed, entry)) is not None]
    return Row(design.title, float(np.mean(held)), LOW, design.high, len(held))


def _made(worlds: int, entry: Entry) -> Iterator[Row]:
    for design in DESIGNS:
        yield coverage(design, worlds, entry)


def _held(design: Design, seed: int, entry: Entry) -> bool | None:
    """None where nothing was told."""
    rng = np.random.default_rng([11, seed])
    today = 2 * YEAR
    end = today + int(rng.integers(7, 85))
    return told_and_true(_world(design, rng, today, end), 0, today, end, seed, entry)


def _world(design: Design, rng: np.random.Generator, today: int, end: int) -> list[Deal]:
    made = []
    for n in range(design.deals * 2):
        opened = int(rng.integers(0, today + 1))
        gets_stuck = bool(rng.random() < design.stuck)
        chance = 1 / (1 + np.exp(0.5 - rng.normal(0, design.differ)))
        won = bool(rng.random() < chance * (0.25 if gets_stuck else 1))
        takes = int(rng.gamma(2.5, 20) if won else rng.gamma(1.5, 40))
        made.append(
            Deal(
                n + 1,
                int(rng.integers(0, design.teams)),
                opened,
                opened + takes,
                won,
                float(rng.lognormal(9, 0.8)),
                bool(rng.random() >= design.unnamed),
                opened + int(takes * rng.random() / 2) if gets_stuck else None,
            )
        )
    return made


def told_and_true(
    deals: Iterable[Deal], team: int, today: int, end: int, seed: int, entry: Entry
) -> bool | None:
    """Whether what the team's open deals brought by the end lies in what was told of it on the day."""
    listed = list(deals)
    standing = [deal for deal in listed if deal.team == team and deal.is_open(today)]
    told = entry(
        _past(listed, today, end - today),
        [
            OpenDeal(deal.id, today - deal.opened, deal.amount if deal.named else None, deal.is_stuck(today))
            for deal in standing
        ],
        won=0.0,
        days=end - today,
        seed=seed,
    )
    if told.interval is None or not standing:
        return None
    came = sum(deal.amount for deal in standing if deal.won and deal.ended <= end)
    return told.interval[0] - 1e-6 <= came <= told.interval[1] + 1e-6


def _past(deals: list[Deal], today: int, days: int) -> Past:
    first = today - YEAR
    seen = [deal for deal in deals if deal.opened <= today and deal.ended > first]
    courses = tuple(
        Course(
            -1 if deal.opened > first else first - deal.opened,
            min(deal.ended, today) - deal.opened,
            deal.won if deal.ended <= today else None,
        )
        for deal in seen
    )
    amounts = tuple(deal.amount for deal in seen if deal.won and deal.ended <= today)
    return Past(
        courses, amounts, *_followed(seen, courses, today, days), tuple(_looks(seen, courses, today, days))
    )


def _looks(deals: list[Deal], courses: tuple[Course, ...], today: int, days: int) -> Iterator[Look]:
    """Every four weeks, and at the same place of earlier quarters, from the first closing on."""
    curve, first = expected_within(courses), min(deal.ended for deal in deals)
    for apart in (LOOKS, QUARTER):
        for day in range(today - apart, max(today - YEAR, first), -apart):
            if day + days <= today:
                found = [deal for deal in deals if deal.is_open(day)]
                ages = Counter(day - deal.opened for deal in found)
                won = sum(deal.won and deal.ended <= day + days for deal in found)
                yield look(curve, ages, won, days, same_place=apart == QUARTER)


def _followed(
    deals: list[Deal], courses: tuple[Course, ...], today: int, days: int
) -> tuple[Followed, Followed]:
    """What became of deals that a look every four weeks found stuck, and of the others."""
    if not any(deal.stuck_from for deal in deals):
        return Followed(), Followed()
    curve = expected_within(courses)
    found: dict[bool, list[tuple[int, bool, float]]] = {True: [], False: []}
    for day in range(today - days, today - YEAR, -LOOKS):
        for deal in deals:
            if deal.is_open(day):
                won = deal.won and deal.ended <= day + days
                chance = float(curve.within(day - deal.opened, days)[0])
                found[deal.is_stuck(day)].append((deal.id, won, chance))
    return _together(found[True]), _together(found[False])


def _together(looks: list[tuple[int, bool, float]]) -> Followed:
    many = len({deal for deal, _, _ in looks})
    part = many / max(len(looks), 1)
    return Followed(many, part * sum(won for _, won, _ in looks), part * sum(chance for *_, chance in looks))


def _walked(entry: Entry) -> Iterator[Row]:
    if EXPORT.exists():
        yield walked_export(entry)


def walked_export(entry: Entry = forecast) -> Row:
    """Each of the export's teams, asked each week of its last two quarters about the quarter that runs."""
    deals, teams = exported()
    held = []
    for quarter_end in (date(2017, 9, 30), date(2017, 12, 31)):
        end = quarter_end.toordinal()
        for today in range(end - 84, end - 6, 7):
            for team in range(teams):
                hit = told_and_true(deals, team, today, end, today * 10 + team, entry)
                held += [] if hit is None else [hit]
    title = "the public CRM export, its six teams week by week in the last two quarters"
    return Row(title, float(np.mean(held)), LOW, HIGH, len(held), error=0.05)


def exported() -> tuple[list[Deal], int]:
    """Its deals that somebody began to work on; amounts are known only once a deal is won, as in the export."""
    with TEAMS.open(encoding="utf-8-sig", newline="") as file:
        managers = {row["sales_agent"]: row["manager"] for row in csv.DictReader(file)}
    numbers = {name: n for n, name in enumerate(sorted(set(managers.values())))}
    found = []
    with EXPORT.open(encoding="utf-8-sig", newline="") as file:
        for n, row in enumerate(csv.DictReader(file)):
            if row["engage_date"]:
                ended = date.fromisoformat(row["close_date"]) if row["close_date"] else date(2099, 1, 1)
                opened = date.fromisoformat(row["engage_date"]).toordinal()
                won, worth = row["deal_stage"] == "Won", float(row["close_value"] or 0)
                team = numbers[managers[row["sales_agent"]]]
                found.append(Deal(n + 1, team, opened, ended.toordinal(), won, worth, named=False))
    return found, len(numbers)


if __name__ == "__main__":
    sys.exit(not all(row.holds for row in run()))
