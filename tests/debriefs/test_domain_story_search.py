"""Stories are found by what is said of them, and those to read first are spread over topics."""

from bot.core.enums import StoryKind
from bot.debriefs.domain.stories import MOST_ON_SHELF, Shelved, found, shelf


def story(
    id: int,
    *tags: str,
    told: str = "",
    worth: float = 0.5,
    product: str = "",
    kind: StoryKind = StoryKind.WIN,
) -> Shelved:
    return Shelved(id, kind, told, product, tags, worth)


STORIES = [
    story(1, "pricing", told="They laughed at our price; I asked who pays for waiting.", kind=StoryKind.LOSS),
    story(2, "objection", told="“Too dear,” he said. I showed what waiting costs.", product="Atlas"),
    story(3, "pricing", "closing", told="Two offers, one date", worth=0.8),
    story(4, "next_step", told="We left without a date"),
]


def ids(*asked: str) -> list[int]:
    return [one.id for one in found(STORIES, asked)]


def test_every_word_has_to_be_said_of_it() -> None:
    assert ids("waiting") == [2, 1]
    assert ids("waiting", "dear") == [2]
    assert ids("waiting", "nobody") == []


def test_a_tag_counts_by_its_name_and_its_label() -> None:
    assert ids("pricing") == [3, 1]
    assert ids("objection", "handling") == [2]
    assert ids("next step") == ids("Next_Step") == [4]


def test_how_it_ended_and_what_was_sold_narrow_it() -> None:
    assert ids("pricing", "lost") == [1]
    assert ids("won", "pricing") == [3]
    assert ids("atlas") == [2]


def test_words_are_found_by_how_they_begin_and_not_inside_others() -> None:
    assert ids("laugh") == [1]
    assert ids("aughed") == []


def test_the_shelf_takes_the_best_of_each_topic_first() -> None:
    best = story(1, "pricing", worth=0.9)
    second = story(2, "pricing", worth=0.8)
    other = story(3, "demo", worth=0.4)
    none = story(4, worth=0.7)

    assert [one.id for one in shelf([none, second, other, best])] == [1, 3, 2, 4]
    assert len(shelf(story(n, f"tag {n}") for n in range(9))) == MOST_ON_SHELF
    assert shelf([]) == []
