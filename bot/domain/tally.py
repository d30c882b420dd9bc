"""What one rep did in one period: the counts and sums that every formula of `metrics` is made of.

Storage fills a `Tally` with aggregates; nothing in it is a rate, so two tallies can be compared with a hand count.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class HeldAccount:
    """One account of an AM in a period.

    `first` is its value when this AM took it over; `start` its value at the period's start (None: not held then);
    `end` its value at the period's end (0: no longer held). All in one currency.
    """

    first: Decimal
    start: Decimal | None
    end: Decimal
    key: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Currencies:
    """What several currencies did to an AM's accounts.

    Those `converted` were turned into the workspace's. Where some are `unrated` nothing was converted and nothing may
    be added up; `changed` accounts were then left out, because their own values are in several currencies.
    """

    converted: tuple[str, ...] = ()
    unrated: tuple[str, ...] = ()
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts for one rep in one period, as far as they were known at the moment asked for."""

    calls: int = 0
    """Calls completed."""
    talk_seconds: int = 0
    passed: int = 0
    """Handoffs the SDR passed in the period."""
    decided: int = 0
    """Of those, how many the AE has decided."""
    qualified: int = 0
    """Of those, how many were accepted with every required criterion met."""
    worked: int = 0
    """Deals of the AE that were open at any moment of the period."""
    won: int = 0
    lost: int = 0
    won_after_days: tuple[float, ...] = ()
    """Calendar days from opening to winning, for deals won in the period whose opening is known."""
    closed_from_accepted: int = 0
    won_from_accepted: int = 0
    decisions: int = 0
    """Decisions the AE took in the period."""
    teaching_decisions: int = 0
    accounts: tuple[HeldAccount, ...] = ()
    """Accounts the AM held at the start or at the end of the period."""
    currencies: Currencies = Currencies()
    debriefs: int = 0
    advanced: int = 0
    timeline_yes: int = 0
    timeline_no: int = 0
    authority_yes: int = 0
    authority_no: int = 0
    prompted: int = 0
    """Prompts sent for calls of the period; calls that joined an earlier prompt count once with it."""
    prompted_debriefed: int = 0
    coached_minutes: tuple[int, ...] = ()
    """Minutes of each held session with a commitment, as the coach."""
    commitments_due: int = 0
    commitments_kept: int = 0


@dataclass(frozen=True, slots=True)
class Presence:
    """The days that prorating needs: calendar days, working days, and working days this rep was present."""

    days: int
    working: int
    present: int
