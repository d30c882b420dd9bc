"""Half a year of a sales floor from dice: every file as it was written, and as it was taken in."""

import csv
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.enums import Role
from tests.scorecards.metrics import by_hand
from tests.scorecards.metrics.by_hand import Answer, Days
from tests.support.importing import Importer

NEW_YORK = ZoneInfo("America/New_York")


def written(path: Path, head: list[str], rows: list[list[str]]) -> list[dict[str, str]]:
    """The rows as they were put into a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return [dict(zip(head, row, strict=True)) for row in rows]


SDRS, AES, AMS = ([f"{role}{n}@made.example" for n in range(3)] for role in ("sdr", "ae", "am"))
SOURCE, BEGAN, DAYS_MADE = "zoom", datetime(2026, 6, 1, 12, tzinfo=UTC), 150
REASONS = (
    "They have a budget and wish to start in May",
    "they have a budget, and wish to start in May!",
    "No budget before the next fiscal year begins",
    "Too small",
    "",
)


class Made:
    """Half a year of a sales floor, from dice; every file as it was written, and as it was taken in."""

    def __init__(self, files: Importer, seed: int) -> None:
        self.files, self.dice = files, random.Random(seed)
        self.leave = {
            SDRS[0]: [(date(2026, 9, 7), date(2026, 9, 18))],
            AES[1]: [(date(2026, 7, 1), date(2026, 7, 3))],
        }
        everyone = [
            *((one, "SDR") for one in SDRS),
            *((one, "AE") for one in AES),
            *((one, "AM") for one in AMS),
        ]
        self.take("teams", ["team", "time_zone"], [["East", NEW_YORK.key]])
        self.take(
            "reps", ["email", "name", "role", "team"], [[who, who, role, "East"] for who, role in everyone]
        )
        away = [[who, f"{first}", f"{last}"] for who, spans in self.leave.items() for first, last in spans]
        self.take("leave", ["rep_email", "from", "to"], away)
        self.calls = self._calls([who for who, _role in everyone])
        self.debriefs = self._debriefs()
        self.handoffs = self._handoffs()
        self.deals = self._deals()
        self.accounts = self._accounts()
        self.sessions = self._sessions([who for who, _role in everyone])

    def take(self, kind: str, head: list[str], rows: list[list[str]]) -> list[dict[str, str]]:
        path = self.files.folder / f"{kind}.csv"
        rows_written = written(path, head, rows)
        report = self.files.take_path(kind, path, yes=True)  # it reaches beyond the moment of the import
        assert report.rejected == 0, self.files.refused(kind)
        return rows_written

    def moment(self) -> datetime:
        return BEGAN + timedelta(minutes=self.dice.randrange(DAYS_MADE * 24 * 60))

    def _calls(self, people: list[str]) -> list[dict[str, str]]:
        rows = [
            [
                SOURCE,
                f"c{n}",
                self.dice.choice(people),
                self.moment().isoformat(),
                str(self.dice.randrange(2000)),
                self.dice.choice(("connected", "connected", "voicemail", "no_answer", "busy")),
            ]
            for n in range(1500)
        ]
        return self.take(
            "calls", ["source", "call_id", "rep_email", "started_at", "duration_s", "disposition"], rows
        )

    def _debriefs(self) -> list[dict[str, str]]:
        outcomes = ("advanced", "continued", "no_decision", "lost", "no_show")
        rows = [
            [
                SOURCE,
                call["call_id"],
                call["rep_email"],
                self.dice.choice(outcomes),
                *self.dice.choices(("yes", "no", ""), k=2),
            ]
            for call in self.calls
            if self.dice.random() < 0.4
        ]
        return self.take(
            "debriefs", ["source", "call_id", "rep_email", "outcome", "timeline", "authority"], rows
        )

    def _handoffs(self) -> list[dict[str, str]]:
        rows = []
        for n in range(300):
            passed = self.moment()
            decision = self.dice.choice(("accepted", "accepted", "rejected", ""))
            decided = passed + timedelta(minutes=self.dice.randrange(20 * 24 * 60))
            is_dated = decision and self.dice.random() < 0.9
            rows.append(
                [
                    f"h{n}",
                    self.dice.choice(SDRS),
                    self.dice.choice(AES),
                    "Acme",
                    passed.isoformat(),
                    decision,
                    (self.dice.choice(REASONS) + self.dice.choice(("", f" {n}"))) if decision else "",
                    decided.isoformat() if is_dated else "",
                    self.dice.choice(("yes", "no", "")) if decision == "accepted" else "",
                ]
            )
        head = ["handoff_id", "sdr_email", "ae_email", "company", "passed_at", "decision", "reason"]
        return self.take("handoffs", [*head, "decided_at", "criteria_met"], rows)

    def _deals(self) -> list[dict[str, str]]:
        rows = []
        for n in range(300):
            opened = self.moment()
            status = self.dice.choice(("won", "lost", "open"))
            closed = opened + timedelta(minutes=self.dice.randrange(60 * 24 * 60))
            lead = self.dice.choice(self.handoffs)
            rows.append(
                [
                    f"d{n}",
                    self.dice.choice((lead["ae_email"], self.dice.choice(AES))),
                    status,
                    opened.isoformat() if self.dice.random() < 0.9 or status == "open" else "",
                    closed.isoformat() if status != "open" else "",
                    lead["handoff_id"] if self.dice.random() < 0.6 else "",
                    self.dice.choice(("1200", "45.5", "-300", "")),
                ]
            )
        head = ["deal_id", "ae_email", "status", "opened_at", "closed_at", "handoff_id", "amount"]
        return self.take("deals", head, rows)

    def _accounts(self) -> list[dict[str, str]]:
        rows = []
        for n in range(90):
            day, holder = BEGAN.date() - timedelta(days=60), self.dice.choice(AMS)
            for _entry in range(self.dice.randrange(1, 9)):
                value = self.dice.choice((0, 50, 100, 120, 200))
                rows.append([f"Account {n}", holder, day.isoformat(), str(value)])
                day += timedelta(days=self.dice.randrange(1, 50))
                if value and self.dice.random() < 0.2:
                    holder = self.dice.choice(AMS)
        return self.take("accounts", ["account", "am_email", "as_of", "value"], rows)

    def _sessions(self, people: list[str]) -> list[dict[str, str]]:
        rows = []
        for n in range(200):
            coach, learner = self.dice.sample(people, 2)
            held = self.moment().date()
            due = held + timedelta(days=self.dice.randrange(14))
            commitment = self.dice.choice(("Ask for a date", ""))
            minutes, kept = str(self.dice.randrange(5, 31)), self.dice.choice(("yes", "no", ""))
            rows.append([f"s{n}", coach, learner, "win_rate", f"{held}", minutes, commitment, f"{due}", kept])
        head = ["session_id", "coach_email", "learner_email", "metric", "held_on", "minutes", "commitment"]
        return self.take("sessions", [*head, "due_on", "kept"], rows)

    def of(self, rows: list[dict[str, str]], column: str, who: str) -> list[dict[str, str]]:
        return [row for row in rows if row[column] == who]

    def counted(self, role: Role, who: str, days: Days) -> Answer:
        working, present = by_hand.there(days, self.leave.get(who, ()))
        calls = self.of(self.calls, "rep_email", who)
        debriefs = self.of(self.debriefs, "rep_email", who)
        answer = by_hand.everybody(calls, debriefs, days, present_days=present)
        answer |= by_hand.coaching(self.sessions, who, days)
        match role:
            case Role.SDR:
                leads = self.of(self.handoffs, "sdr_email", who)
                return answer | by_hand.sdr(leads, calls, days, present=present / working)
            case Role.AE:
                answer |= by_hand.ae(self.of(self.deals, "ae_email", who), days)
                answer |= by_hand.feedback(self.handoffs, who, days)
                return answer | by_hand.discernment(self.deals, self.handoffs, who, days)
            case _:
                return answer | by_hand.am(self.accounts, who, days)
