"""Who is top of a ranking."""

from hypothesis import strategies as st

from bot.core.enums import Metric
from bot.scorecards.domain.league import Ranking

RATE_ALONE = {Metric.QUALIFIED_RATE: 1.0}

many = st.lists(
    st.tuples(st.integers(0, 80), st.integers(1, 80)).map(lambda two: (min(two), max(two))),
    min_size=3,
    max_size=12,
)


def ids(rows: tuple[object, ...]) -> list[int]:
    return [row.rep for row in rows]  # type: ignore[attr-defined]


def top(ranking: Ranking) -> dict[int, float]:
    return {row.rep: row.probability_top for row in ranking.reps if row.probability_top is not None}
