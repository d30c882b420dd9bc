"""The rows of such a world, and whose days are asked about."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from bot.core.enums import DealStatus, Metric
from storage.queries.scorecards.spans import Span
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
from tests.storage.counting.counted_by_hand import first_day, last_day
from tests.storage.counting.worlds import SPANS, START, ACall, Told, World


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


def spans(ids: list[int]) -> list[Span]:
    return [
        Span(ids[rep], since, until, first_day(rep), last_day(rep))
        for rep, (since, until) in enumerate(SPANS)
    ]
