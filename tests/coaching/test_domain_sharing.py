"""Claims about which debriefs a coach reads."""

import pytest

from bot.coaching.domain.sharing import is_about
from bot.core.enums import Metric, Outcome
from bot.debriefs.domain.debrief import Answer

TAP = Answer(outcome=Outcome.CONTINUED)


def test_a_debrief_is_about_the_metrics_it_counts_in() -> None:
    assert is_about(Answer(outcome=Outcome.LOST, authority_reached=False), Metric.AUTHORITY_RATE)
    assert is_about(Answer(outcome=Outcome.LOST, timeline_agreed=True), Metric.TIMELINE_RATE)
    assert is_about(TAP, Metric.EFFECTIVE_RATE)


@pytest.mark.parametrize("metric", [Metric.AUTHORITY_RATE, Metric.TIMELINE_RATE, Metric.WIN_RATE])
def test_a_tap_that_says_nothing_of_the_metric_is_not_about_it(metric: Metric) -> None:
    assert not is_about(TAP, metric)


def test_what_the_rep_wants_to_work_on_is_about_the_metrics_it_shows_in() -> None:
    pricing = Answer(outcome=Outcome.CONTINUED, tags=("pricing",))

    assert is_about(pricing, Metric.WIN_RATE)
    assert not is_about(pricing, Metric.QUALIFIED_RATE)


def test_no_debrief_is_about_nothing() -> None:
    assert not is_about(None, Metric.EFFECTIVE_RATE)
