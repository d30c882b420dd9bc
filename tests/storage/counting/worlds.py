"""Worlds of calls, sessions, leads, deals and account values, from dice."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from bot.core.enums import Decision, Outcome

TICK = timedelta(microseconds=1)
START = datetime(2026, 10, 5, tzinfo=UTC)
KNOWN = START + timedelta(days=5, hours=12)
SPANS = (
    (START, START + timedelta(days=4)),
    (START + timedelta(days=2), KNOWN + TICK),
)
"""Of the first two reps; the third has none. The first one's span is over, the second one's still runs."""
EDGES = {edge + nudge for span in SPANS for edge in span for nudge in (-TICK, timedelta(0), TICK)}
INSTANTS = sorted(EDGES | {START + timedelta(days=day, hours=9) for day in range(-3, 8)})
DAYS = [START.date() + timedelta(days=day) for day in range(-3, 8)]

reps = st.integers(0, 2)
instants = st.sampled_from(INSTANTS)
days = st.sampled_from(DAYS)
answers = st.none() | st.booleans()


def later(moment: datetime) -> st.SearchStrategy[datetime]:
    return st.sampled_from([*(at for at in INSTANTS if at > moment), moment + timedelta(days=9)])


@dataclass
class Told:
    """What a debrief said at one time; the last one stands in its table, the others among its versions."""

    at: datetime
    outcome: Outcome
    timeline: bool | None
    authority: bool | None


@dataclass
class ACall:
    rep: int
    started: datetime
    completed: bool
    talk: int
    joined: bool
    asked: datetime | None
    prompted: bool
    told: list[Told] = field(default_factory=list)


@dataclass
class ASession:
    coach: int
    learner: int
    held_on: date
    due_on: date
    minutes: int
    commitment: str
    kept: bool | None


@dataclass
class ALead:
    sdr: int
    ae: int
    passed: datetime
    decision: Decision | None
    decided: datetime | None
    criteria_met: bool | None
    teaches: bool


@dataclass
class ADeal:
    ae: int
    opened: datetime | None
    first_seen: datetime
    closed: datetime | None
    won: bool
    lead: ALead | None


@dataclass
class AValue:
    account: str
    am: int
    as_of: date
    value: int


@dataclass
class World:
    calls: list[ACall]
    sessions: list[ASession]
    leads: list[ALead]
    deals: list[ADeal]
    values: list[AValue]


@st.composite
def calls(draw: st.DrawFn) -> ACall:
    started = draw(instants)
    times = sorted(draw(st.sets(later(started), max_size=3)))
    told = [Told(at, draw(st.sampled_from(Outcome)), draw(answers), draw(answers)) for at in times]
    return ACall(
        draw(reps), started, draw(st.booleans()), draw(st.integers(0, 90)), draw(st.booleans()),
        draw(st.none() | later(started)),
        draw(st.booleans()), told,
    )  # fmt: skip


@st.composite
def sessions(draw: st.DrawFn) -> ASession:
    coach = draw(reps)
    learner = (coach + draw(st.integers(1, 2))) % 3
    return ASession(
        coach, learner, draw(days), draw(days), draw(st.integers(1, 60)),
        draw(st.sampled_from(["", "Ask for the date"])), draw(answers),
    )  # fmt: skip


@st.composite
def leads(draw: st.DrawFn) -> ALead:
    passed, decision = draw(instants), draw(st.none() | st.sampled_from(Decision))
    decided = draw(later(passed)) if decision else None
    return ALead(draw(reps), draw(reps), passed, decision, decided, draw(answers), draw(st.booleans()))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    passed = draw(st.lists(leads(), min_size=2, max_size=6))

    def deal() -> ADeal:
        opened, seen = draw(st.none() | instants), draw(instants)
        closed = draw(st.none() | (later(opened) if opened else instants))
        lead = draw(st.none() | st.sampled_from(passed))
        return ADeal(draw(reps), opened, seen, closed, draw(st.booleans()), lead)

    values = st.builds(AValue, st.sampled_from("ab"), reps, days, st.sampled_from([0, 50, 80, 100]))
    return World(
        draw(st.lists(calls(), min_size=3, max_size=12)),
        draw(st.lists(sessions(), max_size=5)),
        passed,
        [deal() for _ in range(draw(st.integers(3, 12)))],
        draw(st.lists(values, max_size=12, unique_by=lambda one: (one.account, one.as_of))),
    )
