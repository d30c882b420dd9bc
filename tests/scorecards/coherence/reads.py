"""Everything that the program says of one person, rendered as people read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.blocks.plain import plain
from bot.blocks.reader import reader
from bot.core.enums import Metric
from bot.scorecards.domain.drilldown import figure_of
from bot.scorecards.domain.league import Place, place
from bot.scorecards.domain.scorecard import Figure, Scorecard
from bot.scorecards.views import drilldown as why
from bot.scorecards.views import place as places
from bot.scorecards.views import scorecard
from bot.scorecards.views.figures import title
from tests.scorecards.coherence.small_worlds import World

READS = reader("en-US", ZoneInfo("Europe/Berlin"))
BETTER, WORSE = "🔵", "🟠"


@dataclass
class Read:
    """All that is read of one rep, as text."""

    world: World
    card: Scorecard
    glance: str
    whole: str
    place: Place | None
    stands: str

    def line(self, metric: Metric) -> str:
        """Of the whole card."""
        found = [line for line in self.whole.splitlines() if re.match(rf"\W*{title(metric)}\W?: ", line)]
        return found[0] if found else ""

    @cached_property
    def whys(self) -> dict[Metric, str]:
        """What is read behind each figure."""
        return {one.measure.key: self._why(one) for one in self.card.figures}

    def _why(self, shown: Figure) -> str:
        about = figure_of(self.card.rep.id, shown.measure.key, self.card.period)
        return plain(why.explained(self.card, shown, [], about, READS, own=True).blocks)


def reads(one: World) -> Iterator[Read]:
    for card in one.cards():
        own = place(one.ranking, card.rep.id)
        yield Read(
            one,
            card,
            plain(scorecard.card(card, READS, own=True).blocks),
            plain(scorecard.card(card, READS, own=True, whole=True).blocks),
            own,
            places.where_i_stand(card, own, READS).text,
        )


def numbers(text: str) -> list[float]:
    return [float(found.replace(",", "")) for found in re.findall(r"-?\d[\d,]*\.?\d*", text)]


def is_told(line: str) -> bool:
    return line.startswith((BETTER, WORSE))
