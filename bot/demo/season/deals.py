"""Deals as they went: opened, moved, left lying, won and lost; and what a CRM knew of them at any moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.enums import DealStatus
from bot.demo.season.cast import AES
from bot.demo.season.dice import DAY, Dice
from bot.demo.season.leads import Lead
from bot.demo.season.people import Ae
from bot.demo.season.phrases import COMPANIES, LOST
from bot.demo.season.span import Span
from bot.demo.season.talk import Row

OWN_PER_WEEK = 0.8
"""Deals that an AE finds without an SDR."""
LEFT_LYING = 0.04
"""The share of deals that nobody ever closes."""
PINNED_DOWN = 0.85
"""How often a deal that is worked gets a date, or a name that may sign."""


@dataclass(frozen=True, slots=True)
class Deal:
    """`closed` may lie after the demo begins; None: it is left lying after `touched[-1]`."""

    key: str
    ae: Ae
    lead: Lead | None
    company: str
    amount: int
    opened: datetime
    closed: datetime | None
    won: bool
    expected: tuple[tuple[datetime, date], ...]
    """Closing days expected, each with the moment when it was written down."""
    touched: tuple[datetime, ...]
    timeline: datetime | None
    authority: datetime | None

    def row(self, now: datetime) -> Row:
        """As the CRM shows it at that moment, which is not before the opening."""
        is_closed = self.closed is not None and self.closed <= now
        common = {
            "deal_id": self.key,
            "ae_email": self.ae.email,
            "handoff_id": self.lead.key if self.lead else "",
            "company": self.company,
            "amount": str(self.amount),
            "currency": self.ae.team.currency,
            "opened_at": self.opened.isoformat(),
            "expected_close": [day for since, day in self.expected if since <= now][-1].isoformat(),
            "timeline_confirmed": _yes(self.timeline, now),
            "authority_confirmed": _yes(self.authority, now),
            "last_activity_at": [at for at in self.touched if at <= now][-1].isoformat(),
        }
        return common | (self._ended() if is_closed else self._ahead(now))

    def _ended(self) -> Row:
        closed = {"closed_at": self.closed.isoformat() if self.closed else ""}
        if self.won:
            return closed | {"status": DealStatus.WON}
        return closed | {"status": DealStatus.LOST, "loss_reason": LOST[self.amount % len(LOST)]}

    def _ahead(self, now: datetime) -> Row:
        meeting = next((at for at in self.touched if now < at < now + 10 * DAY), None)
        return {"status": DealStatus.OPEN, "next_meeting_at": meeting.isoformat() if meeting else ""}


def deals(seed: str, leads: list[Lead], span: Span) -> list[Deal]:
    """Of leads that were accepted, and those that AEs found themselves; in no order of time."""
    dice = {ae.handle: Dice(seed, "deals", ae.handle) for ae in AES}
    accepted = [lead for lead in leads if lead.accepted]
    from_leads = [_deal(dice[lead.ae.handle], lead.key, lead.ae, lead.decided, lead) for lead in accepted]
    return from_leads + [deal for ae in AES for deal in _own(dice[ae.handle], ae, span)]


def _own(dice: Dice, ae: Ae, span: Span) -> Iterator[Deal]:
    found = (day for day in span.workdays(ae) for _ in range(dice.count(OWN_PER_WEEK / 5)))
    for number, day in enumerate(found):
        yield _deal(dice, f"{ae.handle}-{number}", ae, dice.moment(day, ae.team.zone), None)


def _deal(dice: Dice, key: str, ae: Ae, opened: datetime, lead: Lead | None) -> Deal:
    won = dice.chance(ae.won)
    takes = timedelta(days=dice.around(ae.days, 0.35))
    is_left = not won and dice.chance(LEFT_LYING / (1 - ae.won))
    worked_until = opened + (takes / 2 if is_left else takes)
    return Deal(
        key=f"deal-{key}",
        ae=ae,
        lead=lead,
        company=lead.company if lead else dice.choice(COMPANIES),
        amount=int(round(dice.around(9_000, 0.5), -2)),
        opened=opened,
        closed=None if is_left else worked_until,
        won=won,
        expected=_expected(dice, opened, worked_until, ae.days),
        touched=_touched(dice, opened, worked_until),
        timeline=_pinned(dice, opened, worked_until, won),
        authority=_pinned(dice, opened, worked_until, won),
    )


def _expected(
    dice: Dice, opened: datetime, ends: datetime, usual: float
) -> tuple[tuple[datetime, date], ...]:
    """Moved on once when the day draws near, as people do; then it is left alone."""
    hoped = opened + timedelta(days=usual * dice.uniform(0.9, 1.8))
    dates = [(opened, hoped.date())]
    if hoped < ends and dice.chance(0.8):
        dates.append((hoped - DAY, (hoped + 21 * DAY).date()))
    return tuple(dates)


def _touched(dice: Dice, opened: datetime, ends: datetime) -> tuple[datetime, ...]:
    moments = [opened]
    while (following := moments[-1] + DAY * dice.uniform(2, 8)) < ends:
        moments.append(following)
    return tuple(moments)


def _pinned(dice: Dice, opened: datetime, ends: datetime, won: bool) -> datetime | None:
    """What is won was pinned down at some time; the rest often not."""
    is_pinned = dice.chance(PINNED_DOWN if won else PINNED_DOWN - 0.2)
    return opened + (ends - opened) * dice.uniform(0.0, 0.5) if is_pinned else None


def _yes(since: datetime | None, now: datetime) -> str:
    return "yes" if since is not None and since <= now else "no"
