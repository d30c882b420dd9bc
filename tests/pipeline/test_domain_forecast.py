"""What open deals will still bring: worked examples by hand, and what must hold whatever the deals are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pipeline.domain.forecast import Followed, Forecast, OpenDeal, Past, Unforeseen, forecast
from bot.pipeline.domain.win_curves import Course, expected_within

BY_HAND = (
    Course(-1, 1, won=True),
    Course(-1, 2, won=False),
    Course(-1, 2, won=True),
    Course(-1, 3, won=None),
    Course(1, 4, won=True),
)
"""Five deals; the last was found at an age of one day, so that it is watched from its second day on."""


def test_the_share_won_by_an_age_is_what_one_counts_by_hand() -> None:
    curve = expected_within(BY_HAND)
    told = [
        (round(float(won), 4), round(float(still), 4))
        for won, still in zip(curve.won[0], curve.open[0], strict=True)
    ]

    # Age 0: nobody ends. Age 1: 4 watched, 1 won. Age 2: 4 watched, 1 won and 1 lost. Age 3: 2 watched. Age 4: 1, won.
    assert told == [(0, 1), (0, 1), (0.25, 0.75), (0.4375, 0.375), (0.4375, 0.375), (0.8125, 0)]


@pytest.mark.parametrize(
    ("age", "days", "chance"),
    [(0, 1, 0.25), (0, 2, 0.4375), (1, 1, 0.25), (1, 3, 0.75), (3, 0, 0), (3, 9, 1), (4, 9, 0), (99, 9, 0)],
)
def test_an_open_deal_is_won_in_the_days_left_with_the_chance_of_its_age(
    age: int, days: int, chance: float
) -> None:
    assert float(expected_within(BY_HAND).within(age, days)[0]) == pytest.approx(chance)


def year(closed: int = 200, **about: object) -> Past:
    """Half of the deals are won, at ages of 1 to 40 days; a deal open at 20 days is as good as one at 0."""
    courses = tuple(Course(-1, n % 40 + 1, won=n % 2 == 0) for n in range(closed))
    return Past(courses, **about)  # type: ignore[arg-type]


def told(past: Past, *deals: OpenDeal, won: float = 0, days: int = 90) -> Forecast:
    return forecast(past, deals, won=won, days=days, seed=1)


def test_a_middle_is_about_what_the_shares_say_and_a_script_gets_the_same_again() -> None:
    deals = [OpenDeal(n, 0, 1_000) for n in range(200)]
    found = told(year(), *deals, won=5_000)

    assert found.expected == pytest.approx(5_000 + 100_000, rel=0.1)
    assert found.interval and found.expected and found.interval[0] < found.expected < found.interval[1]
    assert told(year(), *deals, won=5_000) == found


def test_fewer_than_30_closed_deals_tell_nothing_and_say_so() -> None:
    found = told(year(29), OpenDeal(1, 3, 1_000), won=700)

    assert (found.won, found.open, found.expected, found.interval) == (700, 1, None, None)
    assert found.why is Unforeseen.FEW_CLOSED
    assert told(year(30), OpenDeal(1, 3, 1_000)).why is None


def test_a_deal_without_an_amount_brings_one_of_the_years_and_never_nothing() -> None:
    deals = [OpenDeal(n, 0, None) for n in range(200)]

    found = told(year(amounts=(500.0, 1_500.0) * 20), *deals)
    assert found.unknown == 200
    assert found.expected == pytest.approx(100_000, rel=0.1)
    assert told(year(amounts=(500.0,) * 19), *deals).why is Unforeseen.AMOUNTS_UNKNOWN


def test_a_deal_of_unknown_age_is_one_of_any_age() -> None:
    ageless = told(year(), *[OpenDeal(n, None, 1_000) for n in range(200)]).expected
    newborn = told(year(), *[OpenDeal(n, 0, 1_000) for n in range(200)]).expected

    assert ageless and newborn
    assert ageless == pytest.approx(newborn, rel=0.1), "here half of them are won at any age"


def test_stuck_deals_have_a_lower_share_of_their_own_once_twenty_are_known() -> None:
    deals = [OpenDeal(n, 0, 1_000, is_stuck=True) for n in range(200)]
    moving = Followed(deals=40, won=20, expected=20)
    few, many = (
        told(year(stuck=Followed(n, n // 10, n / 2), moving=moving), *deals).expected for n in (19, 200)
    )

    assert few == pytest.approx(100_000, rel=0.1), "nineteen say nothing yet"
    assert many == pytest.approx(20_000, rel=0.2), "a fifth of what their age alone says"
    better = year(stuck=Followed(100, 100, 50), moving=moving)
    assert told(better, *deals).expected == pytest.approx(100_000, rel=0.15), "never above the others"


COURSES = st.lists(
    st.builds(
        lambda entered, length, won: Course(entered, entered + length, won),
        st.integers(-1, 60),
        st.integers(0, 200),
        st.sampled_from((True, False, None)),
    ),
    max_size=120,
)
DEALS = st.lists(
    st.tuples(
        st.none() | st.integers(0, 400), st.none() | st.floats(0, 1e6, allow_subnormal=False), st.booleans()
    ),
    max_size=8,
)
FOLLOWED = st.builds(Followed, st.integers(0, 60), st.integers(0, 60), st.floats(0, 60))
PASTS = st.builds(
    Past,
    COURSES.map(tuple),
    st.lists(st.floats(0, 1e6), min_size=20, max_size=30).map(tuple),
    FOLLOWED,
    FOLLOWED,
)


@given(COURSES, st.integers(0, 400), st.integers(0, 400))
def test_a_chance_is_a_chance(courses: list[Course], age: int, days: int) -> None:
    curve = expected_within(courses)

    assert 0 <= float(curve.within(age, days)[0]) <= 1
    assert ((curve.won >= 0) & (curve.won + curve.open <= 1 + 1e-9)).all()


@settings(deadline=None)
@given(PASTS, DEALS, st.floats(-1e6, 1e6), st.integers(0, 100))
def test_nothing_brings_less_than_is_won_and_one_more_deal_never_lowers_the_middle(
    past: Past, listed: list[tuple[int | None, float | None, bool]], won: float, days: int
) -> None:
    deals = [OpenDeal(n, *one) for n, one in enumerate(listed)]
    whole = forecast(past, deals, won=won, days=days, seed=3, draws=200)
    fewer = forecast(past, deals[:-1], won=won, days=days, seed=3, draws=200)

    if whole.expected is None or whole.interval is None or fewer.expected is None:
        assert whole.why or fewer.why
        return
    slack = 1e-6 * max(abs(won), 1)
    assert won - slack <= whole.interval[0] <= whole.expected <= whole.interval[1]
    assert whole.expected >= fewer.expected - slack
