"""The metrics of SDRs: leads passed, and what became of them."""

from collections.abc import Iterator

from bot.calendar.periods import DAYS_PER_MONTH
from bot.core.enums import Decision, Metric, Role
from bot.pipeline.domain.feeds import Feed
from bot.scorecards.domain.definitions.behind import Behind, Lead, bearing
from bot.scorecards.domain.definitions.counting import Given, Measure, ratio, share
from bot.scorecards.domain.definitions.metric import (
    ABOUT_LEADS,
    CountOver,
    Good,
    Kind,
    Looks,
    MetricDefinition,
    Recipe,
    Rows,
    ShareOf,
    Unit,
    of_rep,
)
from bot.scorecards.domain.drilldown import Bearing, Record

_passed, _calls = Rows("Handoffs", "SDR", "Passed"), Rows("Activity", "Rep", "Day")
QUALIFIED_ROWS = _passed.count("Qualified=yes")


def _leads_per_month(key: Metric, given: Given) -> Measure:
    days = given.presence
    months = days.days / DAYS_PER_MONTH * days.present / days.working if days.working else 0
    return ratio(key, given.tally.passed, months)


def _qualified_rate(key: Metric, given: Given) -> Measure:
    tally = given.tally
    return ratio(key, tally.qualified, tally.decided, awaiting=tally.passed - tally.decided)


def _leads(behind: Behind) -> Iterator[Record]:
    return (
        Record(lead.passed_at, lead.company, Bearing.COUNTS, note="passed") for lead in behind.leads_passed()
    )


def _is_qualified(lead: Lead) -> bool:
    return lead.decision is Decision.ACCEPTED and lead.criteria_met is not False


def _judged_leads(behind: Behind) -> Iterator[Record]:
    for lead in behind.leads_passed():
        bears = Bearing.WAITS if lead.decision is None else bearing(_is_qualified(lead))
        yield Record(lead.passed_at, lead.company, bears, note=_decided(lead), reason=lead.reason)


def _decided(lead: Lead) -> str:
    match lead.decision:
        case Decision.ACCEPTED if lead.criteria_met is False:
            return "accepted, but a required point is not met"
        case Decision.ACCEPTED:
            return "accepted"
        case Decision.REJECTED:
            return "rejected"
        case None:
            return "waits for the AE's decision"


def qualified_leads(behind: Behind) -> Iterator[Record]:
    return (record for record in _judged_leads(behind) if record.bearing is Bearing.COUNTS)


def _leads_and_calls(behind: Behind) -> Iterator[Record]:
    yield from qualified_leads(behind)
    for call in behind.calls():
        if call.completed:
            yield Record(call.started_at, "", Bearing.DIVIDES, note="a call that the leads are divided by")


METRICS = (
    MetricDefinition(
        key=Metric.LEADS_PER_MONTH,
        takes_selling_time=True,
        nearer=(
            "{n} more lead passed in {time}",
            "{n} more leads passed in {time}",
        ),
        doing="passing leads",
        roles=(Role.SDR,),
        title="Leads per month",
        formula="handoffs passed ÷ (days in the period ÷ 30.4375 × working days present ÷ working days)",
        plainly="The leads you passed, for each month of working days that you were there.",
        unit=Unit.PER_MONTH,
        direction=Good.UP,
        kind=Kind.EFFECTIVENESS,
        counted=_leads_per_month,
        basis=CountOver(),
        recipe=Recipe(
            "Handoffs",
            _passed.count(),
            f"IFERROR({of_rep('Days')}/days_per_month*{of_rep('Days present')}/{of_rep('Working days')},0)",
            looks=(Looks.WHOLE, Looks.PLACES),
        ),
        records=_leads,
        fed_by=(Feed.LEADS,),
    ),
    MetricDefinition(
        key=Metric.QUALIFIED_RATE,
        coach_asks=ABOUT_LEADS,
        nearer=(
            "{n} more qualified lead among the same {of} decided",
            "{n} more qualified leads among the same {of} decided",
        ),
        doing="qualifying leads",
        roles=(Role.SDR,),
        title="Qualified leads",
        formula="qualified ÷ decided, over handoffs passed in the period; undecided ones wait",
        plainly=(
            "Of the leads you passed and an AE decided on, those that were accepted and met every required point. "
            "Leads without a decision wait and count neither way."
        ),
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.EFFECTIVENESS,
        counted=_qualified_rate,
        basis=ShareOf(),
        recipe=Recipe(
            "Handoffs",
            QUALIFIED_ROWS,
            _passed.count("Decision<>"),
            awaiting=f"{_passed.count()}-{_passed.count('Decision<>')}",
        ),
        records=_judged_leads,
        fed_by=(Feed.LEADS,),
        taught_by={Role.AE: (Metric.DISCERNMENT, Metric.HANDOFF_FEEDBACK_RATE)},
    ),
    MetricDefinition(
        key=Metric.QUALIFICATION_EFFICIENCY,
        coach_asks=ABOUT_LEADS,
        nearer=(
            "{n} more qualified lead from the same {of} calls",
            "{n} more qualified leads from the same {of} calls",
        ),
        doing="qualified leads per call",
        roles=(Role.SDR,),
        title="Qualified leads per call",
        formula="qualified handoffs passed in the period ÷ calls completed",
        plainly="The qualified leads among those you passed, for each call you completed.",
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.EFFICIENCY,
        counted=share(lambda t: t.qualified, of=lambda t: t.calls),
        basis=ShareOf(),
        recipe=Recipe("Handoffs", QUALIFIED_ROWS, _calls.total("Calls")),
        records=_leads_and_calls,
        fed_by=(Feed.LEADS, Feed.CALLS),
    ),
)
