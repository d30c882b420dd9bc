"""The table of a role: the place of each rep, who is named top, who contends where nobody is, and what one rep alone
is told of a week.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bot.core.enums import Metric, Role
from bot.people.domain.someone import Someone
from bot.scorecards.domain import naming
from bot.scorecards.domain.estimates import Estimate, RoleEstimates
from bot.scorecards.domain.naming import FEWEST_RANKED, top_count


@dataclass(frozen=True, slots=True)
class Place:
    """A rep's place by score, 1 the best, among `of` ranked reps; `low` to `high` holds it with 90% certainty."""

    place: int
    of: int
    low: int
    high: int
    probability_top: float

    @property
    def half(self) -> int:
        """The last place of the upper half."""
        return (self.of + 1) // 2


@dataclass(frozen=True, slots=True)
class RankedRep:
    """`score` and `place` are None for a rep who is not ranked: ramping, or without a figure that counts.

    `z` holds the metrics on which the rep has a figure, `parts` what each of the score's adds to it; `lead` is how far
    the figures themselves lie above the others', in standard errors of chance; `held_back`: below the role's middle on
    a metric of the score, as far as one can tell; `better`: the score's metrics on which the card says better.
    """

    rep: int
    score: float | None
    place: Place | None
    ramping: bool
    z: Mapping[Metric, float]
    estimates: Mapping[Metric, Estimate]
    parts: Mapping[Metric, float]
    lead: float
    held_back: bool
    better: frozenset[Metric] = frozenset()

    @property
    def probability_top(self) -> float | None:
        return self.place.probability_top if self.place else None

    @property
    def named_for(self) -> tuple[Metric, ...]:
        """What puts the rep where they are, the first the most: as few metrics as make half of what speaks for it.

        Only what the rep's own card calls better: whoever is named for something reads the same at home.
        """
        good = sorted(
            (part, metric) for metric, part in self.parts.items() if part > 0 and metric in self.better
        )
        needed, chosen = sum(part for part, _ in good) / 2, []
        while good and needed > 0:
            part, metric = good.pop()
            needed -= part
            chosen.append(metric)
        return tuple(chosen)


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """A role's reps of a team (or workspace), best first, those not ranked last.

    `named` are top by judgement; `contenders` are told only where nobody is named (`too_close`). With fewer than three
    ranked reps (`too_few`) both are empty. `bar` is the probability from which a name is told; `nearly` are those who
    would be named if they had been last week. `silent` are metrics of the score that tell nobody apart. `overdue`: a
    name was taken back because it would not hold if overdue deals were lost; `survives_overdue`: those that stand would
    (None: nobody asked).
    """

    role: Role
    reps: tuple[RankedRep, ...]
    named: tuple[RankedRep, ...]
    contenders: tuple[RankedRep, ...]
    too_few: bool
    bar: float
    nearly: tuple[RankedRep, ...]
    silent: tuple[Metric, ...]
    estimates: RoleEstimates
    overdue: bool = False
    survives_overdue: bool | None = None

    @property
    def too_close(self) -> bool:
        return not self.too_few and not self.named


def judged_again(
    ranking: Ranking,
    *,
    steady: Collection[int] = (),
    refused: Collection[int] = (),
    survives_overdue: bool | None = None,
) -> Ranking:
    """The same draws with what else is known: who was named last week, and whose name overdue deals take back."""
    named, nearly, contenders = judged([row for row in ranking.reps if row.place], steady, refused)
    return replace(
        ranking,
        named=named,
        nearly=nearly,
        contenders=contenders,
        overdue=bool(refused) and not named,
        survives_overdue=survives_overdue,
    )


def place(ranking: Ranking, rep: int) -> Place | None:
    """A rep's own place, for their eyes; None if not ranked."""
    return next((row.place for row in ranking.reps if row.rep == rep), None)


def judged(
    rows: list[RankedRep], steady: Collection[int], refused: Collection[int] = ()
) -> tuple[tuple[RankedRep, ...], tuple[RankedRep, ...], tuple[RankedRep, ...]]:
    """Who is named, who would be if they had been last week, and, where nobody is named, who contends.

    Rows are the ranked reps alone. Where all are equal (nobody has done anything, say) nobody contends: who is told
    would be by lot. A name in public, also of who contends, is for something that the rep's own card calls better.
    """
    count = len(rows)
    if count < FEWEST_RANKED:
        return (), (), ()
    likely = sorted(rows, key=lambda row: -(row.probability_top or 0.0))
    sure = [row for row in likely if _suffices(row, count, row.rep in steady)][: top_count(count)]
    named = [row for row in sure if row.rep not in refused]
    nearly = [row for row in likely if row not in sure and _suffices(row, count, was_named=True)]
    is_even = len({row.score for row in rows}) == 1
    contenders = [row for row in likely if _stands_out(row) and _contends(row, count)]
    told = () if named or is_even else tuple(contenders[: naming.most_contenders(count)])
    return tuple(named), tuple(nearly), told


def _stands_out(row: RankedRep) -> bool:
    """Whether there is something to say in public beside the name, and nothing on the card against it."""
    return bool(row.named_for) and not row.held_back


def _contends(row: RankedRep, count: int) -> bool:
    return naming.contends(row.probability_top or 0.0, count)


def _suffices(row: RankedRep, count: int, was_named: bool) -> bool:
    if not _stands_out(row):
        return False
    return naming.is_named(row.probability_top or 0.0, row.lead, count, was_named=was_named)


@dataclass(frozen=True, slots=True)
class OwnLine:
    """`place` is None for who is not ranked."""

    person: Someone
    role: Role
    place: Place | None
    ramping: bool
