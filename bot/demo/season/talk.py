"""Half a year of calls, and the debriefs of some of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.enums import Outcome
from bot.demo.season.cast import CAST
from bot.demo.season.dice import DAY, Dice
from bot.demo.season.people import Rep
from bot.demo.season.phrases import COMPANIES, CONTACTS, IMPROVE, LOST, NEXT_STEPS, WENT_WELL
from bot.demo.season.span import Span

Row = dict[str, str]

REACHED = 0.8
"""The share of dials that somebody answers."""
DEBRIEFED = 0.5
WORTH_A_DEBRIEF = timedelta(minutes=5)
OTHERWISE = (Outcome.CONTINUED, Outcome.NO_DECISION, Outcome.LOST, Outcome.NO_SHOW)
WEIGHTS = (50, 25, 17, 8)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One dial; `length` is zero where nobody answered."""

    rep: Rep
    key: str
    started: datetime
    length: timedelta
    contact: str
    company: str

    def row(self) -> Row:
        return self.named() | {
            "started_at": self.started.isoformat(),
            "duration_s": str(int(self.length.total_seconds())),
            "direction": "outbound",
            "contact": self.contact,
            "company": self.company,
            "disposition": "completed" if self.length else "no_answer",
        }

    def named(self) -> Row:
        return {"source": "dialer", "call_id": self.key, "rep_email": self.rep.email}


def calls(seed: str, span: Span) -> list[Spoken]:
    """In the order in which each rep made them."""
    return [call for rep in CAST for call in _calls_of(rep, Dice(seed, "calls", rep.handle), span)]


def debriefs(seed: str, spoken: list[Spoken]) -> list[tuple[datetime, Row]]:
    """Each with the start of its call."""
    dice = Dice(seed, "debriefs")
    return [
        (call.started, call.named() | _debrief(dice, call))
        for call in spoken
        if call.length >= WORTH_A_DEBRIEF and dice.chance(DEBRIEFED)
    ]


def _calls_of(rep: Rep, dice: Dice, span: Span) -> Iterator[Spoken]:
    days = span.workdays(rep)
    dials = (
        moment for day in days for moment in _moments(dice, rep, day, dice.count(rep.talk.calls_per_day))
    )
    for number, started in enumerate(dials):
        length = timedelta(seconds=int(60 * dice.around(rep.talk.minutes, 0.6)))
        yield Spoken(
            rep,
            f"{rep.handle}-{number}",
            started,
            length if dice.chance(REACHED) else timedelta(),
            dice.choice(CONTACTS),
            dice.choice(COMPANIES),
        )


def _moments(dice: Dice, rep: Rep, day: date, dials: int) -> list[datetime]:
    return sorted(dice.moment(day, rep.team.zone, closes=17) for _ in range(dials))


def _debrief(dice: Dice, call: Spoken) -> Row:
    habits = call.rep.talk
    advanced = dice.chance(habits.advanced)
    outcome = Outcome.ADVANCED if advanced else dice.choices(OTHERWISE, WEIGHTS)[0]
    if outcome is Outcome.NO_SHOW:
        return {"outcome": outcome}
    timeline, authority = dice.chance(habits.timeline), dice.chance(habits.authority)
    weak = [name for name, done in (("timeline", timeline), ("authority", authority)) if not done]
    tag = dice.choice(weak if weak and dice.chance(0.6) else list(IMPROVE))
    improve, measure = IMPROVE[tag]
    told = {"outcome": outcome, "tags": tag, "improve": improve, "measure": measure}
    told |= {"timeline": _yes(timeline), "authority": _yes(authority)}
    told |= {"went_well": dice.choice(WENT_WELL) if dice.chance(0.7) else ""}
    if outcome is Outcome.LOST:
        return told | {"reason": dice.choice(LOST)}
    step = call.started.date() + DAY * dice.randrange(2, 12)
    return told | {"next_step": dice.choice(NEXT_STEPS), "next_step_on": step.isoformat()}


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
