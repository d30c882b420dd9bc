"""What the manager alone is told beside the digest, and the trend that the channel is shown."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.blocks.reader import reader
from bot.core.enums import DealStatus, DisputeStatus, Metric, OutboxKind, PairingStatus, Role
from bot.digest import jobs
from bot.digest.domain.digest import Digest
from bot.digest.services import compose as digests
from bot.digest.services import schedule as digest_schedule
from bot.digest.views import channel, private
from bot.scorecards import draw
from bot.scorecards.views.figures import title
from storage.books import Books
from storage.database import Database
from storage.tables import Call, Dispute, Membership, OutboxMessage, Team
from tests.digest.test_services_compose import DUE, NOON, WEEK, Office, a_full_team, office
from tests.support.builders import workspace
from tests.support.tools import tools

__all__ = ["office"]


def page(digest: Digest) -> str:
    return private.managers_page(digest, reader(None, digest.week.zone)).text


def dispute(office: Office, rep: int, said_at: datetime, *, is_open: bool = True) -> None:
    office.session.add(
        Dispute(
            workspace_id=office.build.workspace_id,
            person_id=rep,
            metric=Metric.QUALIFIED_RATE,
            first_day=WEEK,
            last_day=WEEK,
            text="One is missing",
            said_at=said_at,
            status=DisputeStatus.OPEN if is_open else DisputeStatus.ANSWERED,
            answered_at=None if is_open else said_at,
        )
    )


def test_the_manager_hears_of_disputes_and_of_coaching_that_is_owed(office: Office) -> None:
    a_full_team(office)
    ana, ben, middle = (office.ids[name] for name in ("Ana", "Ben", "Middle 1"))
    build = office.build
    dispute(office, ben, NOON)
    dispute(office, ana, NOON, is_open=False)
    dispute(office, ana, DUE + timedelta(hours=1))
    build.pairing(office.team, ana, ben, WEEK, status=PairingStatus.ACCEPTED)
    build.pairing(office.team, ana, middle, WEEK, status=PairingStatus.MET)
    build.coached(ana, ben, WEEK - timedelta(days=5), kept=None)
    build.coached(ana, ben, WEEK + timedelta(days=5), kept=None)  # due after the week

    text = page(office.compose())

    assert "1 dispute about a number waits" in text
    assert "Coaching owed: 1 pair wrote down no meeting, 1 commitment unanswered" in text
    assert "coaching places taken" in text


def test_with_nothing_owed_nothing_is_said_of_it(office: Office) -> None:
    a_full_team(office)

    text = page(office.compose())

    assert "owed" not in text and "dispute" not in text


def debriefed_weeks(office: Office, reps: int, weeks: int = 4, *, role: Role = Role.SDR) -> None:
    for n in range(reps):
        rep = office.ids[f"Rep {n}"] = office.build.rep(f"Rep {n}", role, office.team)
        for back in range(weeks):
            office.build.debrief(
                rep, NOON - timedelta(weeks=back), outcome="advanced" if n == 0 else "continued"
            )


def test_without_prompts_the_trend_is_how_calls_end(office: Office) -> None:
    debriefed_weeks(office, reps=4)

    digest = office.compose()

    assert digest.trend is not None
    assert digest.trend.metric is Metric.EFFECTIVE_RATE
    assert [week.share for week in digest.trend.weeks] == [None] * 9 + [0.25] * 4
    assert "25% last week, 25% over 13 weeks" in office.text(digest)


@pytest.mark.parametrize("role", [Role.SDR, Role.AE, Role.AM])
@pytest.mark.parametrize(("locale", "newest"), [("en-US", "Nov 9"), ("de-DE", "9 Nov"), ("fr-FR", "9 Nov")])
def test_the_picture_says_what_the_words_beside_it_say_whatever_the_role(
    office: Office, role: Role, locale: str, newest: str
) -> None:
    office.session.get_one(Team, office.team).locale = locale
    debriefed_weeks(office, reps=4, role=role)
    digest = office.compose()
    reads = reader(digest.team.locale, digest.week.zone)

    words = channel.channel(digest, reads, digest_id=1)

    assert words.chart is not None and digest.trend is not None
    [picture] = [block for block in words.blocks if block.type == "image"]
    alt = picture.to_dict()["alt_text"]
    assert alt in words.text
    assert alt.startswith(f"📊 {words.chart['title']}: {reads.percent(words.chart['values'][-1])} last week")
    assert words.chart["title"] == title(digest.trend.metric), "one name of a figure, whatever the role"
    assert (words.chart["weeks"][-1], words.chart["counts"][-4:]) == (newest, [4] * 4)
    assert draw.draw(words.chart).startswith(b"\x89PNG")
    other = {one: _only(one) for one in (Role.SDR, Role.AE, Role.AM) if one is not role}
    assert [one for one, theirs in other.items() if theirs in words.text] == []


def _only(role: Role) -> str:
    """Words that nobody but this role reads."""
    return {Role.SDR: "lead", Role.AE: "deal", Role.AM: "account"}[role]


@pytest.mark.parametrize(("reps", "weeks"), [(2, 4), (4, 2)])
def test_a_trend_of_two_people_or_of_two_weeks_is_not_drawn(office: Office, reps: int, weeks: int) -> None:
    debriefed_weeks(office, reps, weeks)

    assert office.compose().trend is None


def test_a_past_week_is_drawn_by_who_was_in_the_team_then(office: Office) -> None:
    debriefed_weeks(office, reps=4)
    elsewhere = office.build.team("North")
    membership = office.session.get_one(Membership, _membership(office, office.ids["Rep 0"]))
    membership.ended_on = WEEK - timedelta(days=1)
    office.session.add(
        Membership(
            workspace_id=office.build.workspace_id,
            person_id=office.ids["Rep 0"],
            team_id=elsewhere,
            role=Role.SDR,
            started_on=WEEK,
        )
    )

    trend = office.compose().trend

    assert trend is not None
    assert [week.share for week in trend.weeks[-2:]] == [0.25, 0.0]


def _membership(office: Office, person: int) -> int:
    return office.session.exec(select(Membership.id).where(Membership.person_id == person)).one()


# Who is not named leaves no gap


def public(digest: Digest) -> list[list[object]]:
    """Everything of people that the channel is told."""
    return [
        [
            [one.person.name for one in top.named],
            [one.person.name for one in top.contenders],
            top.too_close,
            top.facts,
        ]
        for top in digest.tops
    ]


def test_who_opted_out_is_as_if_they_had_never_been_in_the_team(office: Office) -> None:
    """Neither an empty place at the top, nor a count, nor a fact too few tells that somebody is not named."""
    a_full_team(office, named_publicly=False)
    office.sdr("Second", 52, 60, lately=(4, 6))
    opted_out = public(office.compose())

    membership = office.session.get_one(Membership, _membership(office, office.ids["Ana"]))
    membership.ended_on = WEEK - timedelta(weeks=20)

    assert public(office.compose()) == opted_out
    assert opted_out[0][0] == ["Second"]


# Nights on which the clock changes


@pytest.mark.parametrize(
    ("night", "posted_at"),
    [
        (
            date(2027, 3, 28),
            datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
        ),  # there is no 02:30: right after the gap
        (date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # 02:30 comes twice: the first
    ],
)
def test_a_digest_at_half_past_two_comes_once_on_a_night_that_skips_or_repeats_it(
    db: Database, night: date, posted_at: datetime
) -> None:
    workspace_id, team_id = at_half_past_two(db, night)
    posts = []
    now = datetime.combine(night - timedelta(days=1), time(22), UTC)

    while now < datetime.combine(night, time(6), UTC):
        before = told(db)
        jobs.post_digests(tools(db, workspace_id, now=now))
        posts += [now] * (told(db) - before)
        now += timedelta(minutes=30)

    assert posts == [posted_at]
    with db.read() as session:
        following = session.get_one(Team, team_id).digest_next_at
    assert following is not None
    local = following.astimezone(ZoneInfo("Europe/Berlin"))
    assert (local.date(), local.time()) == (night + timedelta(weeks=1), time(2, 30))


def at_half_past_two(db: Database, night: date) -> tuple[int, int]:
    """A team in Berlin with a week to tell of, whose digest comes on Sundays at 02:30, as from the night before."""
    with db.begin() as session:
        build = workspace(session)
        team_id = build.team(channel="C0SALES", digest_weekday=6, digest_time=time(2, 30))
        rep = build.rep("Cleo", Role.AE, team_id)
        won = datetime.combine(
            night - timedelta(days=3), time(12), UTC
        )  # on Sundays the week that ends is told
        build.deal(rep, won - timedelta(days=30), status=DealStatus.WON, closed_at=won)
        team = session.get_one(Team, team_id)
        team.digest_next_at = digest_schedule.next_at(team, won + timedelta(days=2))
        return build.workspace_id, team_id


def told(db: Database) -> int:
    with db.read() as session:
        return len(session.exec(select(OutboxMessage).where(OutboxMessage.kind == OutboxKind.DIGEST)).all())


def test_the_manager_hears_of_what_was_accepted_or_advanced_and_led_nowhere(office: Office) -> None:
    a_full_team(office)
    build = office.build
    ana, ben = office.ids["Ana"], office.ids["Ben"]
    ae = build.rep("Ada", Role.AE, office.team)
    before = office.compose().page.leads_without_deal
    build.handoff(ben, ae, NOON - timedelta(days=50), accepted=True)
    build.handoff(ben, ae, NOON - timedelta(days=3), accepted=True)  # its 30 days are not over
    for day in (40, 41, 42, 60):
        build.debrief(ana, NOON - timedelta(days=day), outcome="advanced")
    office.session.flush()
    for number, call in enumerate(office.session.exec(select(Call).where(Call.person_id == ana))):
        call.company = f"Company {number}"
    office.session.flush()

    digest = office.compose()

    assert digest.page.leads_without_deal == before + 1
    assert digest.page.nothing_followed >= 4
    told = page(digest)
    assert "after 30 days" in told
    assert "Nothing followed within 30 days from" in told


def test_a_week_that_runs_owes_no_meeting_yet(office: Office) -> None:
    a_full_team(office)
    ana, ben, middle = (office.ids[name] for name in ("Ana", "Ben", "Middle 1"))
    office.build.pairing(office.team, ana, ben, WEEK, status=PairingStatus.ACCEPTED)
    office.build.pairing(office.team, ana, middle, WEEK, status=PairingStatus.MISSED)
    friday = DUE - timedelta(days=3)

    books = Books(office.session, office.build.workspace_id, friday)
    text = page(digests.compose(books, office.team, WEEK, as_of=friday))

    assert "Coaching owed: 1 pair wrote down no meeting" in text
