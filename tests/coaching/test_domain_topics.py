"""What coaches offer to help with, as they type it."""

import pytest

from bot.coaching.domain import topics
from bot.core.enums import Metric
from bot.core.errors import BadInput
from bot.debriefs.domain.debrief import TAGS


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ()),
        ("pricing authority", ("authority", "pricing")),
        ("Pricing, NEXT step,follow-up", ("pricing", "next_step", "follow_up")),
        ("demo demo", ("demo",)),
    ],
)
def test_topics_are_read_in_the_order_of_a_call(typed: str, read: tuple[str, ...]) -> None:
    assert topics.read(typed) == read


def test_a_word_that_is_no_topic_is_answered_with_those_there_are() -> None:
    with pytest.raises(
        BadInput, match=r"no topic called magic\. There are: opening, .* next step, follow up\."
    ):
        topics.read("pricing magic")


def test_every_tag_that_reps_choose_shows_in_some_metric() -> None:
    assert topics.METRICS_OF_TOPIC.keys() == TAGS.keys()
    assert all(topics.metrics_of([topic]) for topic in TAGS)
    assert Metric.WIN_RATE in topics.metrics_of(["opening", "pricing"])
    assert Metric.WIN_RATE not in topics.metrics_of(["opening"])
