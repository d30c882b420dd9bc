"""The metrics of AEs: deals closed and won, how long they took, and what they tell the SDRs."""

from collections.abc import Callable, Iterator
from statistics import median

from bot.core.enums import Metric, Role
from bot.pipeline.domain.feeds import Feed
from bot.scorecards.domain.definitions.behind import Behind, DealBehind, bearing
from bot.scorecards.domain.definitions.counting import Given, Measure, share
from bot.scorecards.domain.definitions.metric import (
    ABOUT_DEALS,
    ABOUT_LEADS,
    Good,
    Kind,
    MeanOf,
    MetricDefinition,
    Recipe,
    Rows,
    ShareOf,
    Unit,
)
from bot.scorecards.domain.drilldown import Bearing, Record

_closed, _decided = Rows("Deals", "AE", "Closed"), Rows("Handoffs", "AE", "Decided")
WON_ROWS = _closed.count("Status=won")
_WORKED_ROWS = (
    'COUNTIFS(Deals[AE],[@Rep],Deals[Open since],"<"&[@To]+1,Deals[Status],"open")'
    '+COUNTIFS(Deals[AE],[@Rep],Deals[Open since],"<"&[@To]+1,Deals[Closed],">="&[@From])'
)
_MEDIAN_DAYS = (
    'IFERROR(MEDIAN(IF((Deals[AE]=[@Rep])*(Deals[Status]="won")*(Deals[Closed]>=[@From])*(Deals[Closed]<[@To]+1)'
    '*ISNUMBER(Deals[Days to win]),Deals[Days to win])),"")'
)


def _cycle_days(key: Metric, given: Given) -> Measure:
    days = given.tally.won_after_days
    return Measure(key, float(median(days)) if days else None, denominator=len(days))


def _among(chosen: Callable[[DealBehind], bool]) -> Callable[[Behind], Iterator[Record]]:
    return lambda behind: (
        Record(
            deal.closed_at or deal.opened_at,
            deal.company,
            bearing(deal.won),
            note=_ended(deal),
            reason=deal.loss_reason if deal.closed_at and not deal.won else "",
        )
        for deal in behind.deals()
        if chosen(deal)
    )


def _ended(deal: DealBehind) -> str:
    if deal.closed_at is None:
        return "still open"
    return "won" if deal.won else "lost"


won_deals = _among(lambda deal: deal.won)


def _cycles(behind: Behind) -> Iterator[Record]:
    for deal in behind.deals():
        if deal.days_to_win is not None:
            yield Record(deal.closed_at, deal.company, Bearing.COUNTS, deal.days_to_win, note="won")


def _decisions(behind: Behind) -> Iterator[Record]:
    for one in behind.leads_decided():
        note = "the reason teaches" if one.teaches else "no reason that teaches"
        yield Record(one.decided_at, one.company, bearing(one.teaches), note=note, reason=one.reason)


METRICS = (
    MetricDefinition(
        key=Metric.CLOSE_RATE,
        coach_asks=ABOUT_DEALS,
        nearer=(
            "{n} more deal won of the same {of} that you worked on",
            "{n} more deals won of the same {of} that you worked on",
        ),
        doing="closing deals",
        roles=(Role.AE,),
        title="Close rate",
        formula="won in the period ÷ deals open at any moment of it",
        plainly="Of all the deals you had open at any time in these days, those you won.",
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.EFFECTIVENESS,
        counted=share(lambda t: t.won, of=lambda t: t.worked),
        basis=ShareOf(),
        recipe=Recipe("Deals", WON_ROWS, _WORKED_ROWS),
        records=_among(lambda _deal: True),
        fed_by=(Feed.DEALS,),
    ),
    MetricDefinition(
        key=Metric.WIN_RATE,
        coach_asks=ABOUT_DEALS,
        nearer=(
            "{n} more deal won of the same {of} that closed",
            "{n} more deals won of the same {of} that closed",
        ),
        doing="winning deals",
        roles=(Role.AE,),
        title="Win rate",
        formula="won ÷ (won + lost), over deals closed in the period",
        plainly="Of the deals that closed in these days, those you won. Open deals do not count yet.",
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.EFFECTIVENESS,
        counted=share(lambda t: t.won, of=lambda t: t.won + t.lost),
        basis=ShareOf(),
        recipe=Recipe("Deals", WON_ROWS, f"{WON_ROWS}+{_closed.count('Status=lost')}"),
        records=_among(lambda deal: deal.closed_at is not None),
        fed_by=(Feed.DEALS,),
        taught_by={Role.AM: (Metric.NET_RETENTION,)},
    ),
    MetricDefinition(
        key=Metric.CYCLE_DAYS,
        coach_asks=ABOUT_DEALS,
        roles=(Role.AE,),
        title="Days to win",
        formula="median calendar days from opened to won, over deals won in the period",
        plainly="Half of the deals you won took at most this many days from opening to winning.",
        unit=Unit.DAYS,
        direction=Good.DOWN,
        kind=Kind.EFFICIENCY,
        counted=_cycle_days,
        basis=MeanOf(lambda t: ((days, 1.0) for days in t.won_after_days)),
        recipe=Recipe(
            "Deals",
            out_of=_closed.count("Status=won", "Days to win>-1"),
            value=_MEDIAN_DAYS,
            is_array=True,
            pooled=False,
        ),
        records=_cycles,
        fed_by=(Feed.DEALS,),
        records_in=Unit.DAYS,
        focus_weight=0.20,
        taught_by={Role.AM: (Metric.NET_RETENTION,)},
    ),
    MetricDefinition(
        key=Metric.DISCERNMENT,
        coach_asks=ABOUT_LEADS,
        nearer=(
            "{n} more deal won of the same {of} from leads that you accepted",
            "{n} more deals won of the same {of} from leads that you accepted",
        ),
        doing="winning the leads accepted",
        roles=(Role.AE,),
        title="Accepted leads won",
        formula="won ÷ closed, over deals closed in the period that came from handoffs the AE accepted",
        plainly="Of the closed deals that began as a lead you accepted, those you won.",
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.EFFECTIVENESS,
        counted=share(lambda t: t.won_from_accepted, of=lambda t: t.closed_from_accepted),
        basis=ShareOf(),
        recipe=Recipe(
            "Deals", _closed.count("Status=won", "Accepted lead=yes"), _closed.count("Accepted lead=yes")
        ),
        records=_among(lambda deal: deal.closed_at is not None and deal.from_accepted_lead),
        fed_by=(Feed.DEALS,),
    ),
    MetricDefinition(
        key=Metric.HANDOFF_FEEDBACK_RATE,
        nearer=(
            "{n} more reason that teaches, of the same {of} decisions",
            "{n} more reasons that teach, of the same {of} decisions",
        ),
        doing="telling SDRs why",
        roles=(Role.AE,),
        title="Handoff feedback",
        formula=(
            "decisions on handoffs whose reason teaches ÷ decisions; a reason teaches with 20 characters or more "
            "(8 in scripts without spaces) that repeat no earlier reason"
        ),
        plainly=(
            "Of your decisions on leads, those with a reason that an SDR can learn from: a sentence of its own, and "
            "not the one you gave before."
        ),
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.COACHING,
        counted=share(lambda t: t.teaching_decisions, of=lambda t: t.decisions),
        basis=ShareOf(),
        recipe=Recipe("Handoffs", _decided.count("Teaches=yes"), _decided.count()),
        records=_decisions,
        fed_by=(Feed.LEADS,),
    ),
)
