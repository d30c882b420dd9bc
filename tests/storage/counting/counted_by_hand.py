"""What a plain loop counts in such a world."""

from datetime import date, datetime, timedelta
from typing import Any

from bot.core.enums import Decision, Outcome
from tests.storage.counting.worlds import KNOWN, SPANS, ACall, ADeal, ALead, AValue, World


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
