"""A season of two teams: everything that everybody was told, held against what a week promises."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from slack_sdk import WebClient
from sqlmodel import Session, col, select

from bot import jobs, settings
from bot.coaching.domain.cycles import PastPair
from bot.coaching.domain.pair_result import AFTER, runs
from bot.coaching.jobs import open_week
from bot.coaching.jobs.tell_results import tell_of_pay, tell_results
from bot.coaching.services import pair_answers, pair_wishes
from bot.coaching.services import pairing as pairings
from bot.coaching.services.pay import approvals
from bot.core.enums import AGREED, CALLED_OFF, DealStatus, OutboxKind, PairingStatus, Role
from bot.digest.jobs import mend_posts, post_digests, watch_feeds
from bot.digest.services import plan as digest_plans
from bot.jobs import Tools
from bot.people.services import members
from storage.books import Books
from storage.database import Database
from storage.tables import CoachingSession, Deal, Digest, Membership, OutboxMessage, Pairing, PayMonth, Person
from tests.support.builders import workspace
from tests.support.databases import SQLiteFiles

FIRST = date(2026, 8, 3)
WEEKS, BEFORE = 13, 16
LEAVES, MOVES, PINS, STOPS = 5, 4, 7, 9
"""In which week the best coach leaves, the digest's day moves, a pair is pinned, and the deals stop coming."""
WEAK = 8
"""From this number on a rep wins seldom."""
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
LEFT = FIRST + LEAVES * WEEK + DAY
"""The last day of the best coach."""


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@dataclass
class Season:
    """In each team three win often and coach one each, five win often, and four win seldom; one or two never answer."""

    db: Database
    workspace_id: int = 0
    teams: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    dice: Random = field(default_factory=lambda: Random(3))
    now: datetime = field(default_factory=lambda: at(FIRST - DAY, 9))
    pinned: str = ""

    def staff(self) -> None:
        with self.db.begin() as session:
            build = workspace(session)
            self.workspace_id = build.workspace_id
            for team in ("East", "West"):
                channel = f"C0{team.upper()}"
                self.teams[team] = build.team(team, zone="UTC", channel=channel, digest_next_at=at(FIRST, 9))
                build.rep(f"{team} Lead", Role.MANAGER, self.teams[team])
                for n in range(12):
                    name = f"{team}{n}"
                    self.people[name] = build.rep(
                        name,
                        Role.AE,
                        self.teams[team],
                        willing=n < 3,
                        coach_capacity=1,
                        wants_coaching=n >= WEAK,
                    )
            for n in range(BEFORE * 7):
                self.sell(session, FIRST - (n + 1) * DAY)

    def sell(self, session: Session, day: date) -> None:
        """Everybody closes a deal on a working day."""
        if day.weekday() > 4:
            return
        for name, rep in self.people.items():
            closed = at(day, 15)
            won = self.dice.random() < (0.75 if int(name[4:]) < WEAK else 0.25)
            session.add(
                Deal(
                    workspace_id=self.workspace_id,
                    deal_key=f"{rep} {closed}",
                    ae_id=rep,
                    status=DealStatus.WON if won else DealStatus.LOST,
                    opened_at=closed - 20 * DAY,
                    first_seen_at=closed - 20 * DAY,
                    closed_at=closed,
                )
            )

    def play(self, tools: Tools) -> None:
        for n in range(WEEKS):
            for day in range(5):
                self.now = at(FIRST + n * WEEK + day * DAY, 10)
                self.happens(n, day)
                for job in (
                    open_week.lapse_proposals, open_week.open_weeks, post_digests, jobs.run_pairs, watch_feeds,
                    tell_results, tell_of_pay,
                ):  # fmt: skip
                    job(tools)
                self.answer()
                self.meet()
                self.approve()
                mend_posts(tools)
                if n < STOPS:
                    with self.db.begin() as session:
                        self.sell(session, self.now.date())

    def comes_back(self, tools: Tools) -> None:
        """The weeks after, in which nobody meets and the bot still owes what it promised."""
        for n in range(WEEKS, WEEKS + AFTER[-1] + 3):
            for day in range(5):
                self.now = at(FIRST + n * WEEK + day * DAY, 10)
                tell_results(tools)
                tell_of_pay(tools)
                self.approve()
        self.now = at(FIRST + (WEEKS - 1) * WEEK + 4 * DAY, 10)

    def approve(self) -> None:
        """Each lead says yes to what they were asked."""
        with self.db.writing(self.workspace_id, self.now) as books:
            for row in books.session.exec(select(PayMonth).where(col(PayMonth.approved).is_(None))):
                team = self.name(row.coach_id)[:4]
                lead = books.session.exec(select(Person).where(Person.name == f"{team} Lead")).one()
                approvals.decide(books, members.member(books, lead.id), row.id, approved=True)

    def happens(self, week: int, day: int) -> None:
        with self.db.writing(self.workspace_id, self.now) as books:
            if (week, day) == (LEAVES, 2):
                left = books.session.exec(
                    select(Membership).where(Membership.person_id == self.people["East0"])
                )
                left.one().ended_on = self.now.date() - DAY
            if (week, day) == (MOVES, 2):
                east = self.teams["East"]
                digest_plans.change(books, east, weekday=4, at=time(9), channel="C0EAST")
            if (week, day) == (PINS, 1):
                self.pin(books)

    def pin(self, books: Books) -> None:
        """West's manager pins a learner with a coach who has a place, whatever the figures say."""
        manager = books.session.exec(select(Person).where(Person.name == "West Lead")).one()
        west, learner = self.teams["West"], self.people["West8"]
        week = pairings.upcoming(books, west)
        coach = pairings.instead(books, west, week, learner)[0]
        by = members.member(books, manager.id)
        pair_wishes.pin(books, pair_wishes.couple(books, by, west, week, coach.id, learner))
        self.pinned = coach.name

    def answer(self) -> None:
        silent = {self.people["East10"], self.people["West11"], self.people["East11"]}
        for row in self.rows(PairingStatus.PROPOSED):
            if row.learner_id in silent:
                continue
            with self.db.writing(self.workspace_id, self.now) as books:
                say = pair_answers.accept if self.dice.random() < 0.8 else pair_answers.decline
                answered = say(books, row.learner_id, row.id)
            if answered.may_match_anew:
                open_week.match_anew(self.db, self.workspace_id, row.id, now=self.now)

    def meet(self) -> None:
        for row in self.rows(PairingStatus.ACCEPTED):
            if row.week <= self.now.date() and self.dice.random() < 0.4:
                with self.db.writing(self.workspace_id, self.now) as books:
                    pair_answers.met(
                        books, row.learner_id, row.id, minutes=30, commitment="Ask who signs", rating=4
                    )

    def rows(self, *statuses: PairingStatus) -> list[Pairing]:
        with self.db.read() as session:
            return [
                row
                for row in session.exec(select(Pairing).order_by(col(Pairing.week), col(Pairing.id)))
                if not statuses or row.status in statuses
            ]

    def told(self, *kinds: OutboxKind) -> list[OutboxMessage]:
        with self.db.read() as session:
            return [
                row
                for row in session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))
                if not kinds or row.kind in kinds
            ]

    def name(self, person_id: int | None) -> str:
        return next(name for name, id in self.people.items() if id == person_id)


@pytest.fixture(scope="module")
def season(sqlite_files: SQLiteFiles) -> Iterator[Season]:
    with sqlite_files.fresh() as db:
        played = Season(db)
        played.staff()
        nobody = WebClient(base_url="http://127.0.0.1:9/", timeout=1)
        tools = Tools(db, lambda: played.now, played.workspace_id, nobody, settings.load(_env_file=None))
        played.play(tools)
        played.comes_back(tools)
        yield played


def test_much_happened(season: Season) -> None:
    statuses = Counter(row.status for row in season.rows())

    assert statuses[PairingStatus.LAPSED] >= 1 and statuses[PairingStatus.DECLINED] >= 1
    assert statuses[PairingStatus.MET] >= 10


def test_nobody_is_told_the_same_words_twice_in_a_week(season: Season) -> None:
    said = Counter(
        (row.person_id, row.text, row.created_at.isocalendar()[:2])
        for row in season.told(OutboxKind.NOTICE, OutboxKind.PAIR)
    )

    assert [key for key, times in said.items() if times > 1] == []


def test_nobody_reads_in_one_message_what_another_of_the_month_told_them(season: Season) -> None:
    notices = season.told(OutboxKind.NOTICE)

    assert not [
        (season.name(later.person_id), later.text)
        for earlier in notices
        for later in notices
        if earlier.person_id == later.person_id in season.people.values()
        and earlier.id < later.id
        and later.created_at - earlier.created_at < 4 * WEEK
        and later.text in earlier.text
        and later.text != earlier.text
    ]


def test_no_proposal_is_older_than_three_working_days(season: Season) -> None:
    for row in season.rows(PairingStatus.PROPOSED):
        assert season.now - row.proposed_at <= timedelta(days=5)


def test_no_coach_has_more_learners_than_places(season: Season) -> None:
    taken = Counter((row.week, row.coach_id) for row in season.rows() if row.status not in CALLED_OFF)

    assert max(taken.values()) == 1


def test_every_end_of_a_pair_is_told_to_both_who_are_still_there(season: Season) -> None:
    last = max(row.week for row in season.rows())
    agreed: dict[tuple[int, int], date] = {}
    for row in season.rows(*AGREED, PairingStatus.MISSED):
        agreed[(row.coach_id, row.learner_id)] = row.week
    heard = defaultdict(list)
    for message in season.told(OutboxKind.NOTICE, OutboxKind.PAIR):
        heard[message.person_id].append(message.text)

    over = {couple for couple, week in agreed.items() if week < last}
    assert len(over) >= 4
    for coach, learner in over:
        for one, other in ((coach, learner), (learner, coach)):
            if one != season.people["East0"]:
                name = season.name(other)
                ends = rf"with {name}\b.* (are over|end here|ends here)|^{name} cannot go on"
                assert any(re.search(ends, text) for text in heard[one]), (season.name(one), name)


def test_a_channel_reads_of_each_week_once_and_of_pairs_that_agreed(season: Season) -> None:
    with season.db.read() as session:
        weeks = Counter((row.team_id, row.week) for row in session.exec(select(Digest)))
    assert max(weeks.values()) == 1
    agreed = {
        (season.name(row.coach_id), season.name(row.learner_id))
        for row in season.rows(*AGREED, PairingStatus.MISSED)
    }

    named = [
        couple
        for message in season.told(OutboxKind.DIGEST)
        for couple in re.findall(r"• \*(\w+)\* with \*(\w+)\*", message.text)
    ]

    assert named and set(named) <= agreed


def test_after_the_day_was_moved_the_digest_tells_of_the_week_that_runs(season: Season) -> None:
    moved = [
        row
        for row in season.told(OutboxKind.DIGEST)
        if row.channel == "C0EAST" and row.created_at > at(FIRST + MOVES * WEEK + 2 * DAY, 11)
    ]

    assert len(moved) == WEEKS - MOVES
    assert {row.created_at.weekday() for row in moved} == {4}


def test_nothing_is_named_once_the_deals_stopped_and_the_manager_hears_it_once(season: Season) -> None:
    quiet = at(FIRST + (STOPS + 1) * WEEK, 12)
    late = [row.text for row in season.told(OutboxKind.DIGEST) if row.created_at > quiet]

    assert not [text for text in late if "Top AE" in text or "Most improved" in text]
    silent = [row for row in season.told(OutboxKind.NOTICE) if "No news of deals" in row.text]
    assert Counter(row.person_id for row in silent).most_common(1)[0][1] == 1 and len(silent) == 2


def test_nobody_new_is_paired_once_it_is_known_that_the_deals_stopped(season: Season) -> None:
    known = at(FIRST + (STOPS + 1) * WEEK, 12)

    asked = Counter(row.proposed_at > known for row in season.rows() if row.status not in AGREED)
    began = [row for row in season.rows(*AGREED) if row.proposed_at > known]

    assert asked[False] and not asked[True]
    assert all((row.coach_id, row.learner_id) in _couples_until(season, known) for row in began)


def _couples_until(season: Season, moment: datetime) -> set[tuple[int, int]]:
    return {(row.coach_id, row.learner_id) for row in season.rows() if row.proposed_at <= moment}


def test_the_pin_holds(season: Season) -> None:
    """Asked in the week that it was for; whoever says no is then free to."""
    monday = FIRST + (PINS + 1) * WEEK
    asked = [
        row
        for row in season.told(OutboxKind.PAIR)
        if row.person_id == season.people["West8"] and monday <= row.created_at.date() < monday + WEEK
    ]

    assert any(f"*{season.pinned}*" in row.text for row in asked)


def test_nobody_reads_of_another_teams_people(season: Season) -> None:
    with season.db.read() as session:
        led = {row.id: row.name[:4] for row in session.exec(select(Person)) if row.name.endswith("Lead")}
    for message in season.told(OutboxKind.NOTICE, OutboxKind.DIGEST):
        own = led.get(message.person_id or 0) or (message.channel or "")[2:6].title()
        if own in season.teams:
            other = {"East": "West", "West": "East"}[own]
            assert not re.search(rf"{other}\d", message.text)


def heard(season: Season, person: int, words: str) -> int:
    """How many messages to the person say so."""
    return sum(
        bool(re.search(words, row.text))
        for row in season.told(OutboxKind.FEEDBACK)
        if row.person_id == person
    )


def test_what_came_of_each_pair_that_met_is_told_to_both_once_after_four_weeks_and_once_after_thirteen(
    season: Season,
) -> None:
    pairs = [
        PastPair(row.week, row.coach_id, row.learner_id, row.metric, row.status) for row in season.rows()
    ]
    with season.db.read() as session:
        held = list(session.exec(select(CoachingSession)))
    owed: Counter[tuple[int, str]] = Counter()
    gone = season.people["East0"]
    for run in runs(pairs):
        coach, learner = run.couple
        for weeks in AFTER:
            met = [one for one in held if (one.coach_id, one.learner_id) == run.couple]
            if not any(run.began <= one.held_on < run.due(weeks) for one in met):
                continue
            owed[learner, rf"your {weeks} weeks since you began with {season.name(coach)}\b"] += 1
            if coach != gone or run.due(weeks) <= LEFT:
                owed[coach, rf"{season.name(learner)}'s {weeks} weeks since you two"] += 1

    told = season.told(OutboxKind.FEEDBACK)
    assert sum(owed.values()) >= 24
    for (person, words), times in owed.items():
        found = sum(len(re.findall(words, row.text)) for row in told if row.person_id == person)
        assert found == times, (season.name(person), words)
    assert sum(len(re.findall("weeks since you", row.text)) for row in told) == sum(owed.values())


def test_each_month_is_told_to_each_coach_once_and_put_to_the_lead_once(season: Season) -> None:
    with season.db.read() as session:
        held = list(session.exec(select(CoachingSession)))
        leads = {row.name[:4]: row.id for row in session.exec(select(Person)) if row.name.endswith("Lead")}
    months = {(one.coach_id, f"{one.held_on:%Y-%m}") for one in held}

    assert len(months) >= 8
    for coach, month in months:
        over = (date.fromisoformat(f"{month}-01") + timedelta(days=32)).replace(day=1)
        is_gone = coach == season.people["East0"] and over > LEFT
        assert heard(season, coach, f"Your coaching, {month}") == (0 if is_gone else 1)
    for team, lead in leads.items():
        asked = {month for coach, month in months if season.name(coach).startswith(team)}
        assert heard(season, lead, "to approve$") == len(asked) >= 2
