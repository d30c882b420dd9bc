"""Who is named: where the odds are nine times those of chance, and luck alone would not have shown as much in a year.

A probability tells how the reps compare if they differ as reps do. Where they do not differ at all, the best of many
looks must not be taken for a difference: so a name also needs a lead that luck gives any of the team's reps in fewer
than one year of weekly digests in ten.
"""

from functools import lru_cache

from bot.scorecards.domain.inference.special import normal_below, normal_density

ODDS = 9.0
"""How many times the odds of chance a name needs."""
STEADY = 0.8
"""Who was named last week stays named down to this part of the odds and of the lead."""
CONTENDS = 1.5
"""How many times the chance of any rep a contender has, at least."""
MOST_CONTENDERS = 3
FEWEST_RANKED = 3
YEARS = 0.08
"""The share of years in which luck alone may reach the lead, over all reps of a team."""
LOOKS = 1.0
"""How the looks of a year at windows that overlap add up, per unit of lead and density: the mean number of times that
a moving sum over 13 weeks, seen each week for 52, crosses a high level."""


def top_count(ranked_reps: int) -> int:
    """How many of the ranked reps are top: a tenth, and one at least."""
    return max(1, int(ranked_reps / 10 + 0.5))


def bar(ranked_reps: int, odds: float = ODDS) -> float:
    """The probability of being top from which a name is told."""
    if not ranked_reps:
        return 1.0
    chance = top_count(ranked_reps) / ranked_reps
    return odds * chance / (1 + (odds - 1) * chance)


@lru_cache(maxsize=1024)
def least_lead(ranked_reps: int) -> float:
    """The lead, in standard errors, that luck gives any of so many reps within a year only as often as `YEARS`."""
    low, high = 0.0, 8.0
    for _ in range(40):
        middle = (low + high) / 2
        if ranked_reps * (normal_below(-middle) + LOOKS * middle * normal_density(middle)) > YEARS:
            low = middle
        else:
            high = middle
    return high


def is_named(probability: float, lead: float, ranked_reps: int, *, was_named: bool) -> bool:
    """Whether certainty and lead suffice; for who was named last week, a part of both does."""
    kept = STEADY if was_named else 1.0
    return probability >= bar(ranked_reps, ODDS * kept) and lead >= least_lead(ranked_reps) * kept


def contends(probability: float, ranked_reps: int) -> bool:
    return probability >= CONTENDS * top_count(ranked_reps) / ranked_reps


def most_contenders(ranked_reps: int) -> int:
    return min(MOST_CONTENDERS, ranked_reps // 2)
