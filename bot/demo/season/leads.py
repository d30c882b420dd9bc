"""Leads that SDRs pass, and what the AEs of their team make of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.enums import Decision
from bot.demo.season.cast import AES, SDRS
from bot.demo.season.dice import DAY, WEEK, Dice
from bot.demo.season.people import Ae, Sdr
from bot.demo.season.phrases import ACCEPTED, ACCEPTED_BUT_THIN, COMPANIES, CONTACTS, MONTHS, REJECTED, THIN
from bot.demo.season.span import Span
from bot.demo.season.talk import Row

LATELY = 4 * WEEK
ACCEPTED_ALL_THE_SAME = 0.2
"""The share of leads short of the criteria that an AE takes on."""


@dataclass(frozen=True, slots=True)
class Lead:
    key: str
    sdr: Sdr
    ae: Ae
    company: str
    contact: str
    passed: datetime
    decided: datetime
    accepted: bool
    qualified: bool
    reason: str

    def row(self, now: datetime) -> Row:
        """As it is known at that moment."""
        passed = {
            "handoff_id": self.key,
            "sdr_email": self.sdr.email,
            "ae_email": self.ae.email,
            "company": self.company,
            "contact": self.contact,
            "passed_at": self.passed.isoformat(),
        }
        if self.decided > now:
            return passed
        return passed | {
            "decision": Decision.ACCEPTED if self.accepted else Decision.REJECTED,
            "reason": self.reason,
            "decided_at": self.decided.isoformat(),
            "criteria_met": "yes" if self.qualified else "no",
        }


@dataclass(slots=True)
class Desk:
    """Where an AE decides; nobody gives the same long reason twice."""

    ae: Ae
    dice: Dice
    said: set[str] = field(default_factory=set)

    def reason(self, lead: dict[str, str], *, accepted: bool, qualified: bool) -> str:
        if not self.dice.chance(self.ae.teaches):
            return self.dice.choice(THIN)
        phrases = REJECTED if not accepted else ACCEPTED if qualified else ACCEPTED_BUT_THIN
        fresh = [
            said
            for phrase in phrases
            if (said := phrase.format(month=self.dice.choice(MONTHS), **lead)) not in self.said
        ]
        chosen = self.dice.choice(fresh) if fresh else self.dice.choice(THIN)
        self.said.add(chosen)
        return chosen


def leads(seed: str, span: Span) -> list[Lead]:
    desks = [Desk(ae, Dice(seed, "desk", ae.handle)) for ae in AES]
    return [lead for sdr in SDRS for lead in _passed_by(sdr, Dice(seed, "leads", sdr.handle), desks, span)]


def _passed_by(sdr: Sdr, dice: Dice, desks: list[Desk], span: Span) -> Iterator[Lead]:
    days = [day for day in span.workdays(sdr) for _ in range(dice.count(sdr.leads_per_week / 5))]
    for number, day in enumerate(days):
        chance = sdr.lately if sdr.lately and span.monday - day < LATELY else sdr.qualified
        yield _lead(f"{sdr.handle}-{number}", sdr, dice, desks, dice.moment(day, sdr.team.zone), chance)


def _lead(key: str, sdr: Sdr, dice: Dice, desks: list[Desk], passed: datetime, chance: float) -> Lead:
    desk = dice.choice([desk for desk in desks if desk.ae.team is sdr.team])
    who = {"company": dice.choice(COMPANIES), "contact": dice.choice(CONTACTS)}
    qualified = dice.chance(chance)
    accepted = qualified or dice.chance(ACCEPTED_ALL_THE_SAME)
    return Lead(
        key,
        sdr,
        desk.ae,
        who["company"],
        who["contact"],
        passed,
        passed + DAY * dice.uniform(0.2, 3),
        accepted,
        qualified,
        desk.reason(who, accepted=accepted, qualified=qualified),
    )
