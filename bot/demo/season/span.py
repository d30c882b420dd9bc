"""The time that the invented team has behind it, and the week that is played."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.demo.season.dice import DAY, WEEK
from bot.demo.season.people import Rep


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to the Sunday of the week that begins on `monday`, when the demo does; `end` is left out."""

    monday: date
    weeks: int = 26

    @property
    def first(self) -> date:
        return self.monday - self.weeks * WEEK

    @property
    def end(self) -> date:
        return self.monday + WEEK

    def started_on(self, rep: Rep) -> date:
        return self.first if rep.weeks_here is None else self.monday - rep.weeks_here * WEEK

    def leave(self, rep: Rep) -> list[tuple[date, date]]:
        """First and last days."""
        return [(self.monday + first * DAY, self.monday + last * DAY) for first, last in rep.away]

    def workdays(self, rep: Rep) -> Iterator[date]:
        """Monday to Friday, without leave."""
        began, away = self.started_on(rep), self.leave(rep)
        for day in (began + DAY * n for n in range((self.end - began).days)):
            if day.weekday() < 5 and not any(first <= day <= last for first, last in away):
                yield day
