"""What SQL counts is what a plain loop over the same facts counts, on both databases."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlmodel import Session

from bot.core.enums import DealStatus, Decision, Metric, Outcome
from storage.books import Books
from storage.database import Database
from storage.queries.pipeline import accounts
from storage.queries.scorecards import results, tallies
from storage.queries.scorecards.asking import count
from storage.queries.scorecards.spans import Span
from storage.rollup_upkeep import QUESTIONS
from storage.tables import (
    AccountValue,
    Call,
    CoachingSession,
    Deal,
    Debrief,
    DebriefVersion,
    Handoff,
    Person,
    Prompt,
    Workspace,
)
from tests.support.properties import examples

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


def store(session: Session, world: World) -> tuple[int, list[int]]:
    workspace = Workspace(name="Acme")
    session.add(workspace)
    session.flush()
    home = workspace.id
    people = [Person(workspace_id=home, name=name) for name in ("Ana", "Ben", "Cy")]
    session.add_all(people)
    session.flush()
    ids = [person.id for person in people]
    _store_calls(session, home, ids, world.calls)
    _store_deals(session, home, ids, world)
    session.add_all(
        CoachingSession(
            workspace_id=home, session_key=str(n), coach_id=ids[one.coach], learner_id=ids[one.learner],
            metric=Metric.WIN_RATE, held_on=one.held_on, due_on=one.due_on, minutes=one.minutes,
            commitment=one.commitment, kept=one.kept,
        ) for n, one in enumerate(world.sessions)
    )  # fmt: skip
    session.add_all(
        AccountValue(
            workspace_id=home, account_key=one.account, am_id=ids[one.am], as_of=one.as_of,
            value=Decimal(one.value), currency="EUR",
        ) for one in world.values
    )  # fmt: skip
    session.flush()
    return home, ids


def _store_calls(session: Session, home: int, ids: list[int], stored: Iterable[ACall]) -> None:
    first = Call(
        workspace_id=home, person_id=ids[2], source="x", call_key="first", completed=False,
        started_at=START - timedelta(days=30), ended_at=START - timedelta(days=30),
    )  # fmt: skip
    session.add(first)
    session.flush()
    for n, one in enumerate(stored):
        call = Call(
            workspace_id=home, person_id=ids[one.rep], source="x", call_key=str(n), started_at=one.started,
            ended_at=one.started + timedelta(seconds=90), talk_seconds=one.talk, completed=one.completed,
            joins_id=first.id if one.joined else None,
        )  # fmt: skip
        session.add(call)
        session.flush()
        if one.prompted:
            session.add(
                Prompt(workspace_id=home, call_id=call.id, person_id=ids[one.rep], asked_at=one.asked)
            )
        if one.told:
            _store_debrief(session, home, ids[one.rep], call, one.told)


def _store_debrief(session: Session, home: int, rep: int, call: Call, told: list[Told]) -> None:
    def said(one: Told) -> dict[str, Any]:
        return {
            "workspace_id": home, "outcome": one.outcome, "timeline_agreed": one.timeline,
            "authority_reached": one.authority,
        }  # fmt: skip

    debrief = Debrief(
        **said(told[-1]), call_id=call.id, person_id=rep, call_started_at=call.started_at,
        submitted_at=told[0].at, edited_at=told[-1].at if len(told) > 1 else None, version=len(told),
    )  # fmt: skip
    session.add(debrief)
    session.flush()
    session.add_all(
        DebriefVersion(**said(one), debrief_id=debrief.id, version=n, written_at=one.at)
        for n, one in enumerate(told[:-1], start=1)
    )


def _store_deals(session: Session, home: int, ids: list[int], world: World) -> None:
    rows = [
        Handoff(
            workspace_id=home, handoff_key=str(n), sdr_id=ids[one.sdr], ae_id=ids[one.ae], company="Acme",
            passed_at=one.passed, decision=one.decision, decided_at=one.decided, teaches=one.teaches,
            criteria_met=one.criteria_met,
        ) for n, one in enumerate(world.leads)
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    for n, one in enumerate(world.deals):
        ended = DealStatus.WON if one.won else DealStatus.LOST
        session.add(
            Deal(
                workspace_id=home, deal_key=str(n), ae_id=ids[one.ae], opened_at=one.opened,
                first_seen_at=one.first_seen, closed_at=one.closed,
                status=ended if one.closed else DealStatus.OPEN,
                handoff_id=rows[world.leads.index(one.lead)].id if one.lead else None,
            )
        )  # fmt: skip


def counted_by_hand(world: World, rep: int) -> dict[str, Any]:
    since, until = SPANS[rep]
    found = dict.fromkeys(
        ("calls", "talk_seconds", "debriefs", "advanced", "timeline_yes", "timeline_no", "authority_yes",
         "authority_no", "prompted", "prompted_debriefed", "commitments_due", "commitments_kept", "passed",
         "decided", "qualified", "decisions", "teaching_decisions", "worked", "won", "lost",
         "closed_from_accepted", "won_from_accepted"), 0,
    )  # fmt: skip
    for call in world.calls:
        if call.rep == rep and since <= call.started < until:
            _count_call(found, call)
    for meeting in world.sessions:
        if (
            meeting.learner == rep
            and meeting.commitment
            and first_day(rep) <= meeting.due_on <= last_day(rep)
        ):
            found["commitments_due"] += 1
            found["commitments_kept"] += meeting.kept is True
    for lead in world.leads:
        _count_lead(found, lead, rep)
    for deal in world.deals:
        if deal.ae == rep:
            _count_deal(found, deal, since, until)
    return found


def _count_lead(found: dict[str, int], lead: ALead, rep: int) -> None:
    since, until = SPANS[rep]
    known = lead.decided is not None and lead.decided <= KNOWN
    if lead.sdr == rep and since <= lead.passed < until:
        found["passed"] += 1
        found["decided"] += known
        good = lead.criteria_met is None or lead.criteria_met
        found["qualified"] += known and lead.decision is Decision.ACCEPTED and good
    if lead.ae == rep and lead.decided and since <= lead.decided < until:
        found["decisions"] += 1
        found["teaching_decisions"] += lead.teaches


def _count_call(found: dict[str, int], call: ACall) -> None:
    if call.completed:
        found["calls"] += 1
        found["talk_seconds"] += call.talk
    told = [one for one in call.told if one.at <= KNOWN]
    if told:
        found["debriefs"] += 1
        found["advanced"] += told[-1].outcome is Outcome.ADVANCED
        found["timeline_yes"] += told[-1].timeline is True
        found["timeline_no"] += told[-1].timeline is False
        found["authority_yes"] += told[-1].authority is True
        found["authority_no"] += told[-1].authority is False
    if call.prompted and not call.joined and call.asked and call.asked <= KNOWN:
        found["prompted"] += 1
        found["prompted_debriefed"] += bool(told)


def _count_deal(found: dict[str, int], deal: ADeal, since: datetime, until: datetime) -> None:
    opened = deal.opened or min(deal.first_seen, deal.closed or deal.first_seen)
    if not (opened < until and (deal.closed is None or deal.closed >= since)):
        return
    found["worked"] += 1
    if deal.closed is None or deal.closed >= until:
        return
    found["won" if deal.won else "lost"] += 1
    lead = deal.lead
    accepted = lead is not None and lead.decision is Decision.ACCEPTED and lead.ae == deal.ae
    if accepted and lead is not None and lead.decided is not None and lead.decided <= KNOWN:
        found["closed_from_accepted"] += 1
        found["won_from_accepted"] += deal.won


def accounts_by_hand(values: list[AValue], rep: int) -> list[tuple[Any, ...]]:
    found = []
    for account in "ab":
        entries = sorted(
            (one for one in values if one.account == account and one.as_of <= last_day(rep)),
            key=lambda one: one.as_of,
        )
        first, start, held = None, None, False
        for entry in entries:
            holds = entry.am == rep and entry.value > 0
            first = entry.value if holds and not held else first
            held = holds
            if entry.as_of < first_day(rep):
                start = entry.value if holds else None
        if first is None:
            continue
        end, last_holder = entries[-1], [entry.am for entry in entries if entry.value > 0][-1]
        if last_holder == rep and (start is not None or end.value > 0):
            found.append((first, start, end.value))
    return found


def first_day(rep: int) -> date:
    return SPANS[rep][0].date()


def last_day(rep: int) -> date:
    """The last one that is over: nothing dated by a day is known before the day's end."""
    return (SPANS[rep][1] - timedelta(days=1)).date()


def spans(ids: list[int]) -> list[Span]:
    return [
        Span(ids[rep], since, until, first_day(rep), last_day(rep))
        for rep, (since, until) in enumerate(SPANS)
    ]


@given(worlds())
@examples(40, suppress_health_check=list(HealthCheck))
def test_every_count_is_that_of_a_plain_loop(any_db: Database, world: World) -> None:
    with any_db.begin() as session:
        home, ids = store(session, world)
        of = spans(ids)
        found = [
            count(session, QUESTIONS, home, of, as_of=KNOWN),
            results.worked(Books(session, home, START), of, as_of=KNOWN),
        ]
        wins = results.won_deals(Books(session, home, START), of, as_of=KNOWN)
        minutes = tallies.coached(Books(session, home, START), of)
        held = accounts.held(Books(session, home, START), of)

    for rep in (0, 1):
        counts = {name: count for part in found for name, count in part.get(ids[rep], {}).items()}
        by_hand = counted_by_hand(world, rep)
        assert {name: counts.get(name, 0) for name in by_hand} == by_hand
        assert sorted(row[1:] for row in wins if row.rep == ids[rep]) == sorted(
            (deal.opened, deal.closed)
            for deal in world.deals
            if deal.ae == rep and deal.won and deal.opened and deal.closed
            and SPANS[rep][0] <= deal.closed < SPANS[rep][1]
        )  # fmt: skip
        assert sorted(
            (one.minutes, one.confirmed)
            for one in minutes
            if one.rep == ids[rep] and one.held_on >= first_day(rep)
        ) == sorted(
            (one.minutes, one.kept is not None)
            for one in world.sessions
            if one.coach == rep and one.commitment and first_day(rep) <= one.held_on <= last_day(rep)
        )
        assert sorted(
            ((one.first, one.start, one.end) for one in held if one.rep == ids[rep]), key=str
        ) == sorted(accounts_by_hand(world.values, rep), key=str)
    assert not any(ids[2] in part for part in found), "a rep without a span is not counted"


def test_another_workspace_is_never_counted(any_db: Database) -> None:
    call = ACall(0, START, True, 60, joined=False, asked=None, prompted=False)
    with any_db.begin() as session:
        _home, ids = store(session, World([call], [], [], [], []))
        elsewhere, _ids = store(session, World([], [], [], [], []))

        assert count(session, (tallies.calls,), elsewhere, spans(ids)) == {}


@pytest.mark.parametrize("reps", [1, 2])
def test_one_rep_and_a_whole_role_are_counted_alike(any_db: Database, reps: int) -> None:
    calls = [ACall(rep, START + timedelta(days=3), True, 30, False, None, False) for rep in (0, 1, 1)]
    with any_db.begin() as session:
        home, ids = store(session, World(calls, [], [], [], []))

        found = count(session, (tallies.calls,), home, spans(ids)[:reps])

    expected = {ids[0]: {"calls": 1, "talk_seconds": 30}, ids[1]: {"calls": 2, "talk_seconds": 60}}
    assert found == {rep: expected[rep] for rep in ids[:reps]}
