"""A season's second month is lived day by day: what somebody promised, or was promised, is met once, at its moment."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from tests.coaching.test_conversation_new_roles import met, stuck
from tests.debriefs.test_conversation_our_answer import shares
from tests.support.leads import decides, passes
from tests.support.office import Office

FIRST, LAST = date(2026, 11, 16), date(2026, 12, 18)
MORNING, NOON, EVENING = time(8, 30), time(12), time(19)  # UTC; in Berlin an hour later
TOLD = {
    "steps": "next step is due",
    "answer": "How a teammate won",
    "refusals": "not taken.*",
    "asked back": "asks back about",
    "answered": "answers your question about",
    "monday": "Fifteen minutes",
    "first month": "Your first month as a coach",
}
"""What each kind of message says, in whoever's it is."""


@dataclass
class Life:
    """`heard` are the days on which somebody was told something of a kind."""

    office: Office
    people: dict[str, Member]
    heard: dict[tuple[str, str], list[date]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    out_of_hours: list[tuple[str, str]] = field(default_factory=list)

    def live(self, plans: dict[tuple[int, int], Callable[[], None]]) -> None:
        """`plans` by month and day are done at noon."""
        day = FIRST
        while day <= LAST:
            for hour in (MORNING, NOON, EVENING):
                self.office.clock.now = datetime.combine(day, hour, UTC)
                self.office.tick()
                if hour is NOON and (plan := plans.get((day.month, day.day))):
                    plan()
                    self.office.tick()
                self.listen(day, hour)
            day += timedelta(days=1)

    def listen(self, day: date, hour: time) -> None:
        for name, member in self.people.items():
            new = member.dm[self.seen[name] :]
            self.seen[name] = len(member.dm)
            for text in map(text_of, new):
                for kind, words in TOLD.items():
                    if words in text:
                        self.heard[name, kind].append(day)
                        if hour is EVENING or day.weekday() > 4:
                            self.out_of_hours.append((name, text))


@pytest.fixture
def life(office: Office, ana: Member, bo: Member, mia: Member, east: int) -> Life:
    cy = office.hires("Cy", Role.AE, east, willing=True)
    return Life(office, {"Ana": ana, "Bo": bo, "Cy": cy, "Mia": mia})


def calls(office: Office, rep: Member, **fields: object) -> Callable[[], None]:
    def call() -> None:
        if rep.modal:
            rep.closes(everything=True)
        office.call_ended(rep)
        rep.clicks("Debrief")
        assert rep.submits(**({"outcome": "Continued"} | fields)).errors == {}

    return call


def test_each_promise_is_met_once_at_its_moment(life: Life) -> None:
    office, ana, bo = life.office, life.people["Ana"], life.people["Bo"]
    shares(office, "Bo", "I asked what waiting costs")
    for ae, amount in (("Bo", 40_000), ("Cy", 30_000)):
        stuck(office, ae, f"{ae}'s deal", amount)

    def refused() -> None:
        for company in ("One", "Two", "Three"):
            if ana.modal:
                ana.closes(everything=True)
            passes(ana, bo, company=company)
            decides(office, bo, "Reject", f"{company} has no budget before spring, ask first", company)

    def asks_back() -> None:
        ana.clicks("Ask back", beside="Three has no budget")

    def answers() -> None:
        bo.clicks("Answer", beside="asks back")
        assert bo.submits(answer="The finance head on the second call").errors == {}

    life.live(
        {
            (11, 17): calls(
                office,
                ana,
                measure="Ask who signs",
                next_step="Send the offer",
                next_step_on="2026-11-20",
                tags=["Pricing"],
                pinned_down=["A timeline was agreed"],
                pinned_by="the CFO, by March",
            ),
            (11, 18): refused,
            (11, 24): calls(office, ana, tags=["Demo"]),
            (11, 25): lambda: met(office, "Cy", "Bo", date(2026, 11, 25), rating=5),
            (12, 2): asks_back,
            (12, 3): answers,
            (12, 9): lambda: met(office, "Cy", "Bo", date(2026, 12, 9), rating=4),
        }
    )

    assert life.heard["Ana", "answer"] == [date(2026, 11, 17)]
    assert life.heard["Ana", "steps"] == [date(2026, 11, 20)], "in the morning of its day, once"
    assert life.heard["Ana", "refusals"] == [date(2026, 12, 1)]
    assert life.heard["Bo", "asked back"] == [date(2026, 12, 2)]
    assert life.heard["Ana", "answered"] == [date(2026, 12, 3)]
    assert life.heard["Cy", "first month"] == [date(2026, 11, 25), date(2026, 12, 9)]
    mondays = [date(2026, 11, 16) + timedelta(weeks=n) for n in range(5)]
    assert life.heard["Mia", "monday"] == mondays
    asked = [text for message in ana.dm if "ou wanted to show: “Ask who signs”" in (text := text_of(message))]
    assert len(asked) == 1 and "Pinned down then: a timeline: the CFO, by March" in asked[0]
    assert life.out_of_hours == []
    others = {who for (who, kind), days in life.heard.items() if days and kind != "monday"}
    assert others == {"Ana", "Bo", "Cy"}, "what is between two is told to no third"
