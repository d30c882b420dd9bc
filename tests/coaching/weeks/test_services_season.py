"""A season of two teams: everything that everybody was told, held against what a week promises."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from slack_sdk import WebClient
from sqlmodel import col, select

from bot import settings
from bot.coaching.domain.cycles import PastPair
from bot.coaching.domain.pair_result import AFTER, runs
from bot.core.enums import AGREED, CALLED_OFF, OutboxKind, PairingStatus
from bot.jobs import Tools
from storage.tables import CoachingSession, Digest, Person
from tests.coaching.weeks.season import (
    DAY,
    FIRST,
    LEAVES,
    MOVES,
    PINS,
    STOPS,
    WEEK,
    WEEKS,
    Season,
    at,
)
from tests.support.databases import SQLiteFiles

LEFT = FIRST + LEAVES * WEEK + DAY
"""The last day of the best coach."""


@pytest.fixture(scope="module")
def season(sqlite_files: SQLiteFiles) -> Iterator[Season]:
    with sqlite_files.fresh() as db:
        random.seed(3)  # in which order teams are seen to decides who answers what
        played = Season(db)
        played.staff()
        nobody = WebClient(base_url="http://127.0.0.1:9/", timeout=1, retry_handlers=[])
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
    moved, stopped = at(FIRST + MOVES * WEEK + 2 * DAY, 11), at(FIRST + STOPS * WEEK, 9)
    with season.db.read() as session:
        told = session.exec(
            select(Digest).where(Digest.team_id == season.teams["East"], col(Digest.claimed_at) > moved)
        ).all()

    assert len(told) == WEEKS - MOVES
    assert {row.claimed_at.weekday() for row in told} == {4}
    assert all(row.claimed_at.date() - row.week == 4 * DAY for row in told)
    assert all(row.claimed_at > stopped for row in told if row.skipped), "there was something to tell"


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
