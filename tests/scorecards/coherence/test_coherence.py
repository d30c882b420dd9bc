"""What the program says of one person never contradicts itself, wherever it is read: a hundred worlds from dice."""

import pytest

from bot.scorecards.domain.ranking import SCORE_WEIGHTS
from bot.scorecards.views import ranking
from bot.scorecards.views.figures import of_card
from tests.scorecards.coherence.reads import BETTER, READS, WORSE, Read, numbers, reads
from tests.scorecards.coherence.rules import RULES
from tests.scorecards.coherence.small_worlds import World, world
from tests.support.properties import often

WORLDS, PER_CASE = often(120), 20


@pytest.mark.parametrize("first", range(0, WORLDS, PER_CASE))
def test_what_is_said_of_a_rep_holds_together(first: int) -> None:
    for seed in range(first, first + PER_CASE):
        one = world(seed)
        told = list(reads(one))
        for read in told:
            for rule in RULES:
                try:
                    rule(read)
                except AssertionError as broken:
                    pytest.fail(
                        f"world {seed}, {read.card.rep.name}: {rule.__name__.replace('_', ' ')}\n{broken}\n"
                        f"{read.glance}\n---\n{read.whole}\n---\n{read.stands}"
                    )
        who_is_named_reads_the_same_at_home(one, told)


def who_is_named_reads_the_same_at_home(one: World, told: list[Read]) -> None:
    at_home = {read.card.rep.id: read for read in told}
    public = ranking.top([one.board], READS).text
    for row in one.ranking.named:
        read = at_home[row.rep]
        assert row.named_for, "named for nothing"
        assert all(read.line(metric).startswith(BETTER) for metric in row.named_for)
        assert not any(read.line(metric).startswith(WORSE) for metric in SCORE_WEIGHTS[one.role])
        chief = read.card.figure(row.named_for[0])
        assert chief is not None and chief.measure.value is not None
        assert numbers(of_card(read.card, chief, READS))[0] in numbers(public)
        assert read.place and read.place.place <= read.place.half
