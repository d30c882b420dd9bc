"""Claims about whom to ask for help during a call."""

from bot.coaching.domain.topics import Helper, in_turn


def ids(*teammates: Helper) -> list[int]:
    return [one.id for one in in_turn(teammates)]


def test_the_strongest_is_asked_first_by_figures_and_stories() -> None:
    assert ids(Helper(1, z=0.4, stories=0), Helper(2, z=0.2, stories=2), Helper(3, z=0.9, stories=0)) == [
        2,
        3,
        1,
    ]


def test_below_the_middle_and_without_a_story_nobody_is_asked() -> None:
    assert ids(Helper(1, z=-0.5, stories=0), Helper(2, z=0.0, stories=0)) == []


def test_a_weak_figure_takes_nothing_from_a_story() -> None:
    assert ids(Helper(1, z=-2.0, stories=1), Helper(2, z=0.4, stories=0)) == [1, 2]


def test_who_offers_help_on_the_topic_is_asked_even_without_a_record() -> None:
    assert ids(Helper(1, z=0.0, stories=0, offers=True), Helper(2, z=0.1, stories=0)) == [2, 1]
