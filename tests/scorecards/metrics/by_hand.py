"""What a careful person with the files, a calendar and a pencil would count: plain rows, plain loops.

Nothing of the program is used here, so that a formula and its check cannot be wrong in the same way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

Rows = Sequence[dict[str, str]]
MONTH = 30.4375
TOOL_COST = 564


@dataclass(frozen=True)
class Days:
    """A period by its first and last day, both counted, on the wall of a zone; `seen` is the last day known."""

    first: date
    last: date
    seen: date
    zone: ZoneInfo

    def day(self, text: str) -> date | None:
        """The day on the wall; None for a blank."""
        if len(text) > 10:
            return datetime.fromisoformat(text).astimezone(self.zone).date()
        return date.fromisoformat(text) if text else None

    def instant(self, text: str) -> datetime:
        """A bare day is known at its end."""
        if len(text) > 10:
            return datetime.fromisoformat(text)
        return datetime.combine(date.fromisoformat(text), time.max, self.zone)

    def hold(self, text: str) -> bool:
        day = self.day(text)
        return day is not None and self.first <= day <= min(self.last, self.seen)

    def week(self, text: str) -> str:
        return date.fromisoformat(text[:10]).strftime("%G-W%V")

    def knew(self, text: str) -> bool:
        day = self.day(text)
        return day is not None and day <= self.seen

    @property
    def until(self) -> date:
        return min(self.last, self.seen)

    @property
    def all(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.until - self.first).days + 1)]

    @property
    def months(self) -> float:
        return len(self.all) / MONTH


Answer = dict[str, float | None]


def share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def ae(deals: Rows, days: Days) -> Answer:
    """One AE's deals: opened, closed, status, amount."""
    worked = won = lost = 0
    lengths: list[int] = []
    taken: list[str] = []
    standing: list[str] = []
    for deal in deals:
        opened, closed = days.day(deal["opened_at"]), days.day(deal["closed_at"])
        began = opened or closed
        if began is None or began > days.until or (closed and closed < days.first):
            continue
        worked += 1
        if closed is None or closed > days.until:
            standing.append(deal["amount"])
            continue
        taken += [deal["amount"]] if deal["status"] == "won" else []
        won += deal["status"] == "won"
        lost += deal["status"] == "lost"
        if deal["status"] == "won" and opened:
            lengths.append((closed - opened).days)
    return {
        "close_rate": share(won, worked),
        "win_rate": share(won, won + lost),
        "cycle_days": float(median(lengths)) if lengths else None,
        "cost_per_result": share(TOOL_COST * days.months, won),
        "won_amount": together(taken),
        "average_deal": share(together(taken) or 0, len([one for one in taken if one])),
        "open_pipeline": together(standing),
    }


def together(amounts: Sequence[str]) -> float | None:
    """Blank ones are not known: where all are, so is the sum."""
    known = [float(one) for one in amounts if one]
    return sum(known) if known or not amounts else None


def discernment(deals: Rows, handoffs: Rows, ae_email: str, days: Days) -> Answer:
    """`deals` and `handoffs` of everybody."""
    accepted = {
        lead["handoff_id"]
        for lead in handoffs
        if lead["ae_email"] == ae_email
        and lead["decision"] == "accepted"
        and days.knew(lead["decided_at"] or lead["passed_at"])
    }
    closed = [
        deal
        for deal in deals
        if deal["ae_email"] == ae_email and deal["handoff_id"] in accepted and days.hold(deal["closed_at"])
    ]
    return {"discernment": share(sum(deal["status"] == "won" for deal in closed), len(closed))}


def feedback(handoffs: Rows, ae_email: str, days: Days) -> Answer:
    """A reason of 20 characters or more that is nearly none of the earlier ones, of anybody's: seven words in ten."""
    decided = [row for row in handoffs if row["decision"]]
    decided.sort(key=lambda row: days.instant(row["decided_at"] or row["passed_at"]))
    earlier: list[set[str]] = []
    teaching = decisions = 0
    for row in decided:
        letters = "".join(
            sign if sign.isalpha() else "0" if sign.isdigit() else " " for sign in row["reason"]
        )
        words = {"0" if set(word) == {"0"} else word for word in letters.lower().split()}
        is_new = bool(words) and all(len(words & one) < 0.7 * len(words | one) for one in earlier)
        if is_new:
            earlier.append(words)
        if row["ae_email"] == ae_email and days.hold(row["decided_at"] or row["passed_at"]):
            decisions += 1
            teaching += len(row["reason"]) >= 20 and is_new
    return {"handoff_feedback_rate": share(teaching, decisions)}


def sdr(handoffs: Rows, calls: Rows, days: Days, *, present: float) -> Answer:
    """One SDR's leads and calls; `present` is the share of working days the rep was there."""
    passed = decided = qualified = 0
    for lead in handoffs:
        if not days.hold(lead["passed_at"]):
            continue
        passed += 1
        if lead["decision"] and days.knew(lead["decided_at"] or lead["passed_at"]):
            decided += 1
            qualified += lead["decision"] == "accepted" and lead["criteria_met"] != "no"
    return {
        "leads_per_month": share(passed, days.months * present),
        "qualified_rate": share(qualified, decided),
        "qualification_efficiency": share(qualified, len(completed(calls, days))),
        "cost_per_result": share(TOOL_COST * days.months, qualified),
    }


def completed(calls: Rows, days: Days) -> Rows:
    missed = ("no_answer", "busy", "failed", "canceled", "voicemail")
    return [call for call in calls if days.hold(call["started_at"]) and call["disposition"] not in missed]


def everybody(calls: Rows, debriefs: Rows, days: Days, *, present_days: int) -> Answer:
    """One rep's calls and debriefs; those of a debrief are found by its call."""
    done = completed(calls, days)
    began = {(call["source"], call["call_id"]): call["started_at"] for call in calls}
    told = [row for row in debriefs if days.hold(began[row["source"], row["call_id"]])]

    def yes(column: str) -> float | None:
        answers = [row[column] for row in told if row[column]]
        return share(answers.count("yes"), len(answers))

    return {
        "calls_per_day": share(len(done), present_days),
        "talk_minutes": sum(int(call["duration_s"]) for call in done) / 60,
        "effective_rate": share(sum(row["outcome"] == "advanced" for row in told), len(told)),
        "timeline_rate": yes("timeline"),
        "authority_rate": yes("authority"),
    }


def coaching(sessions: Rows, email: str, days: Days) -> Answer:
    """Sessions of everybody."""
    binding = [row for row in sessions if row["commitment"]]
    due = [row for row in binding if row["learner_email"] == email and days.hold(row["due_on"])]
    given = [
        row for row in binding if row["coach_email"] == email and row["kept"] and days.knew(row["held_on"])
    ]
    weeks: dict[tuple[str, str], int] = {}
    minutes = 0
    for row in sorted(given, key=lambda row: (row["held_on"], int(row["session_id"].strip("s")))):
        pair_week = row["learner_email"], days.week(row["held_on"])
        counted = min(int(row["minutes"]), 120 - weeks.get(pair_week, 0))
        weeks[pair_week] = weeks.get(pair_week, 0) + counted
        minutes += counted if days.hold(row["held_on"]) else 0
    return {
        "coaching_minutes": float(minutes),
        "commitments_kept": share(sum(row["kept"] == "yes" for row in due), len(due)),
    }


def am(accounts: Rows, email: str, days: Days) -> Answer:
    """Values of all accounts, whoever held them."""
    first_value = end_value = start_value = kept_value = 0.0
    grown = 0
    for key in sorted({row["account"] for row in accounts}):
        entries = sorted((row for row in accounts if row["account"] == key), key=lambda row: row["as_of"])
        known = [row for row in entries if date.fromisoformat(row["as_of"]) <= days.until]
        if not known:
            continue
        before = [row for row in known if date.fromisoformat(row["as_of"]) < days.first]
        now = known[-1]
        if holds(now, email):
            first_value += float(taken_over(known, email))
            end_value += float(now["value"])
        held_last = [row["am_email"] for row in known if float(row["value"])][-1:] == [email]
        if before and holds(before[-1], email) and held_last:
            start_value += float(before[-1]["value"])
            kept_value += float(now["value"])
            grown += float(now["value"]) > float(before[-1]["value"])
    return {
        "upsell_rate": share(end_value - first_value, first_value),
        "net_retention": share(kept_value, start_value),
        "cost_per_result": share(TOOL_COST * days.months, grown),
    }


def holds(row: dict[str, str], email: str) -> bool:
    return row["am_email"] == email and float(row["value"]) > 0


def taken_over(entries: Rows, email: str) -> str:
    """The value of the first entry of the AM's present, unbroken holding."""
    value = ""
    for row in reversed(entries):
        if not holds(row, email):
            break
        value = row["value"]
    return value


def there(days: Days, leave: Iterable[tuple[date, date]]) -> tuple[int, int]:
    """Working days, and those on which the rep was not on leave."""
    working = [day for day in days.all if day.weekday() < 5]
    away = [day for day in working if any(first <= day <= last for first, last in leave)]
    return len(working), len(working) - len(away)
