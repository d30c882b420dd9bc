"""The weekly digest, from the rows of the database to the messages that wait to be sent."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.blocks.reader import reader
from bot.core.enums import DealStatus, Metric, OutboxKind, Outcome, PairingStatus, Role, StoryKind
from bot.digest import jobs
from bot.digest.domain.digest import Digest, Skip
from bot.digest.services import compose as digests
from bot.digest.services import schedule as digest_schedule
from bot.digest.services.schedule import Do
from bot.digest.views import as_json as digest_answers
from bot.digest.views import channel as views
from storage.books import Books
from storage.database import Database
from storage.tables import CoachTopic, OutboxMessage, Pairing, Person, Story, Team
from storage.tables import Digest as Row
from tests.support.builders import Builder, workspace
from tests.support.tools import tools

WEEK = date(2026, 11, 9)
MONDAY = WEEK + timedelta(weeks=1)
DUE = datetime(2026, 11, 16, 8, tzinfo=UTC)  # Monday 9:00 in Berlin
NOON = datetime(2026, 11, 11, 12, tzinfo=UTC)  # on the Wednesday of the week
PHONE_LINES, PHONE_WIDTH = 32, 42


@dataclass
class Office:
    """A team of SDRs with a lead's worth of help: an AE who decides, a manager, a channel."""

    db: Database
    build: Builder
    team: int = 0
    ae: int = 0
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def session(self) -> Session:
        return self.build.session

    def sdr(
        self, name: str, qualified: int, decided: int, *, lately: tuple[int, int] = (0, 0), **about: Any
    ) -> int:
        """An SDR with leads over the 12 weeks before the reported one, and `lately` in that week."""
        id = self.ids[name] = self.build.rep(name, Role.SDR, self.team, **about)
        for n in range(decided):
            self.lead(id, NOON - timedelta(weeks=1 + n % 12), qualified=n < qualified)
        for n in range(lately[1]):
            self.lead(id, NOON, qualified=n < lately[0])
        return id

    def lead(self, id: int, passed_at: datetime, *, qualified: bool) -> None:
        self.build.call(id, passed_at)
        self.build.handoff(id, self.ae, passed_at, accepted=qualified, reason="Too small")

    def compose(self, *, team: int | None = None, week: date = WEEK) -> Digest:
        self.session.flush()
        return digests.compose(
            Books(self.session, self.build.workspace_id, DUE), team or self.team, week, as_of=DUE
        )

    def text(self, digest: Digest | None = None) -> str:
        value = digest or self.compose()
        return views.channel(value, reader(value.team.locale, value.week.zone), digest_id=1).text

    def messages(self, kind: OutboxKind) -> list[OutboxMessage]:
        return list(self.session.exec(select(OutboxMessage).where(OutboxMessage.kind == kind)))


@pytest.fixture
def office(any_db: Database) -> Iterator[Office]:
    with any_db.begin() as session:
        build = workspace(session)
        office = Office(any_db, build)
        office.team = build.team(channel="C0SALES", digest_next_at=DUE)
        elsewhere = build.team("Elsewhere")
        office.ae = build.rep("Decider", Role.AE, elsewhere)
        yield office


def a_full_team(office: Office, **about: Any) -> None:
    """Ana is far ahead, Ben far behind, six are in the middle."""
    office.sdr("Ana", 58, 60, lately=(5, 6), willing=True, **about)
    office.sdr("Ben", 4, 60, lately=(0, 6))
    for n in range(6):
        office.sdr(f"Middle {n}", 30, 60, lately=(2, 6))


def test_the_top_is_named_with_its_certainty_beside_the_weeks_facts(office: Office) -> None:
    a_full_team(office)

    digest = office.compose()

    [top] = digest.tops
    [likely] = top.named
    assert likely.person.name == "Ana"
    assert likely.probability > 0.9
    assert (top.too_close, top.too_few) == (False, False)
    text = office.text(digest)
    assert "*Top SDR*: *Ana*, in qualifying leads (63 of 66)" in text and "sure" in text
    assert "Ana: 5 of 6 leads qualified" in text


def test_nobody_can_be_found_to_be_last(office: Office) -> None:
    a_full_team(office)

    text = office.text()

    assert "0 of 6" not in text
    assert "• Ben" not in text
    assert text.count("leads qualified") <= 2


def test_who_is_not_named_in_public_leaves_no_gap(office: Office) -> None:
    a_full_team(office, named_publicly=False)

    digest = office.compose()

    assert "Ana" not in office.text(digest)
    assert [line.place.place for line in digest.own_lines if line.person.name == "Ana" and line.place] == [1]
    assert "Ana" not in str(views.channel(digest, reader(None, digest.week.zone)).blocks)


def test_with_equals_it_is_too_close_to_call(office: Office) -> None:
    for n in range(5):
        office.sdr(f"Rep {n}", 15, 30, lately=(1, 2))

    [top] = office.compose().tops

    assert top.named == ()
    assert top.too_close


def test_two_of_a_role_are_told_together(office: Office) -> None:
    office.sdr("Ana", 58, 60, lately=(5, 6))
    office.sdr("Ben", 4, 60, lately=(2, 6))

    digest = office.compose()

    assert digest.tops[0].too_few
    assert "Our SDRs: 7 of 12 leads qualified" in office.text(digest)
    assert "Ana" not in office.text(digest)


def test_the_channel_hears_of_a_pair_once_both_agreed_and_no_figure_of_theirs(office: Office) -> None:
    a_full_team(office)
    ana, ben = office.ids["Ana"], office.ids["Ben"]
    pair = office.build.pairing(office.team, ana, ben, MONDAY, metric=Metric.QUALIFIED_RATE)
    assert {one.learner.name: one.coach.name for one in office.compose().plan.pairs} == {"Ben": "Ana"}
    assert "with *Ben*" not in office.text()

    office.session.get_one(Pairing, pair).status = PairingStatus.ACCEPTED

    line = next(line for line in office.text().splitlines() if "with *Ben*" in line)
    assert line == "• *Ana* with *Ben* on Qualified leads"


def test_the_most_improved_is_named_over_all_roles(office: Office) -> None:
    middles = [office.sdr(f"Middle {n}", 0, 0) for n in range(6)]
    rose = office.sdr("Rosa", 0, 0)
    for weeks in range(13):
        for rep in (*middles, rose):
            good = (4 if weeks < 4 else 1) if rep == rose else 2
            for n in range(4):
                office.lead(rep, NOON - timedelta(weeks=weeks), qualified=n < good)

    digest = office.compose()

    assert digest.most_improved is not None
    assert digest.most_improved.name == "Rosa"
    assert "Most improved in the last four weeks: *Rosa*" in office.text(digest)
    office.session.get_one(Person, rose).named_publicly = False
    hidden = office.compose()
    assert hidden.most_improved is None or hidden.most_improved.name != "Rosa"


def test_the_whole_fits_a_phone_whatever_the_team(office: Office) -> None:
    long = "with a name that goes on and on and on and on"
    office.sdr(f"Ana {long}", 58, 60, lately=(5, 6), willing=True, coach_capacity=30)
    for n in range(12):
        office.sdr(f"Ben {n} {long}", 4, 40, lately=(1, 6))
        office.sdr(f"Middle {n} {long}", 20, 40, lately=(3, 6))
    office.build.story(office.ids[f"Ana {long}"], "word " * 200, NOON)

    digest = office.compose()
    words = views.channel(digest, reader(None, digest.week.zone), digest_id=1)

    lines = sum(max(1, -(-len(line) // PHONE_WIDTH)) for line in words.text.splitlines() if line)
    assert lines <= PHONE_LINES
    assert len(words.blocks) <= 10


def test_markup_in_names_stays_inert_everywhere(office: Office) -> None:
    a_full_team(office)
    office.session.get_one(Person, office.ids["Ana"]).name = "<@U1> *Ana*"

    digest = office.compose()
    jobs.post(Books(office.session, digest.workspace_id, DUE), digest)

    for message in office.session.exec(select(OutboxMessage)):
        assert "<@U1>" not in message.text + str(message.blocks)


def test_the_answer_in_json_keeps_its_promised_keys(office: Office) -> None:
    a_full_team(office)

    digest = office.compose()
    answer = digest_answers.digest(digest, reader(None, digest.week.zone))

    assert list(answer) == [
        "team", "week", "channel", "top", "most_improved", "pairs", "unpaired", "pipeline", "forecast", "story",
        "training_topic", "team_goal", "blocks", "text",
    ]  # fmt: skip
    assert (answer["team"], answer["week"], answer["channel"]) == ("East", "2026-W46", "C0SALES")
    [named] = answer["top"]["SDR"]["named"]
    assert set(named) == {"name", "email", "probability_top"}
    pair = digest_answers.pair(digest.plan)
    assert pair["week"] == "2026-W47"
    assert set(pair["pairs"][0]) == {"coach", "learner", "metric", "value", "reason"}
    assert pair["total_value"] == pytest.approx(sum(one["value"] for one in pair["pairs"]))


def test_a_topic_comes_with_what_others_did_about_it_and_who_coaches_on_it(office: Office) -> None:
    a_full_team(office)
    ana, ben = office.ids["Ana"], office.ids["Ben"]
    for rep in (ana, ben):
        office.build.debrief(rep, NOON, tags=["pricing"], outcome=Outcome.CONTINUED)
    earlier = NOON - timedelta(weeks=5)
    debrief = office.build.debrief(ana, earlier, tags=["pricing"], outcome=Outcome.ADVANCED)
    office.build.story(ana, "I asked what waiting costs", earlier)
    office.session.flush()
    told = office.session.exec(select(Story)).one()
    told.debrief_id, told.kind = debrief, StoryKind.WIN
    coach = office.session.get_one(Person, ana)
    coach.willing = True
    office.session.add(CoachTopic(workspace_id=office.build.workspace_id, person_id=ana, topic="pricing"))

    digest = office.compose()

    text = office.text(digest)
    assert "Worth training: *Pricing*" in text
    assert "↳ How one of you won with it: I asked what waiting costs – Ana" in text
    assert "↳ Ask Ana: they coach on it" in text
    topic = digest_answers.digest(digest, reader(None, digest.week.zone))["training_topic"]
    assert (topic["story"]["told"], topic["coaches"]) == ("I asked what waiting costs", ["Ana"])
    coach.named_publicly = False
    told.shared = False
    assert "↳" not in office.text(), "nobody is named against their will, and nothing is told that is private"


@pytest.mark.parametrize(("aes", "why"), [(0, "no_deals"), (1, "few_closed")])
def test_a_script_hears_why_there_is_no_forecast(office: Office, aes: int, why: str) -> None:
    """Below three goals too: who may ask for the digest leads the team."""
    a_full_team(office)
    for n in range(aes):
        ben = office.build.rep(f"Seller {n}", Role.AE, office.team)
        office.build.deal(ben, NOON - timedelta(days=9), amount=Decimal(70))

    digest = office.compose()
    books = Books(office.session, digest.workspace_id, DUE)
    told = digest_answers.digest(
        digests.with_forecast(books, digest, as_of=DUE), reader(None, digest.week.zone)
    )

    assert (told["forecast"]["why"], told["forecast"]["open"]) == (why, aes)


def test_a_channel_whose_manager_chose_nothing_reads_dates_as_most_of_its_people_do(office: Office) -> None:
    a_full_team(office)
    for name, locale in (("Ana", "de-DE"), ("Ben", "en-GB"), ("Middle 0", "en-GB")):
        office.session.get_one(Person, office.ids[name]).locale = locale

    assert "East: week of 9 Nov 2026" in office.text()
    office.session.get_one(Team, office.team).locale = "de-DE"
    assert "East: week of 9 Nov 2026" in office.text()


# Telling it


def test_a_digest_is_told_once_with_all_that_goes_with_it(office: Office) -> None:
    a_full_team(office)
    office.build.rep("Mia", Role.MANAGER, office.team)

    assert jobs.post(Books(office.session, office.compose().workspace_id, DUE), office.compose())
    assert not jobs.post(Books(office.session, office.compose().workspace_id, DUE), office.compose())

    [posted] = office.messages(OutboxKind.DIGEST)
    assert posted.channel == "C0SALES"
    [row] = office.session.exec(select(Row)).all()
    assert row.message_id == posted.id
    assert office.session.exec(select(Pairing)).all() == [], "the coaching week is its own"
    notices = {message.person_id: message.text for message in office.messages(OutboxKind.NOTICE)}
    assert not notices.keys() & office.ids.values(), "no rep is told a place unasked"
    manager = next(text for id, text in notices.items() if id not in office.ids.values())
    assert "coaching places taken" in manager


def test_with_nothing_to_tell_nothing_is_posted_and_the_manager_hears_why_once(office: Office) -> None:
    office.build.rep("New", Role.SDR, office.team)
    manager = office.build.rep("Mia", Role.MANAGER, office.team)

    for _try in range(2):
        jobs.post(Books(office.session, office.compose().workspace_id, DUE), office.compose())

    [told] = office.session.exec(select(OutboxMessage)).all()
    assert (told.person_id, told.channel) == (manager, None)
    assert "I know of nothing to tell yet" in told.text
    assert office.session.exec(select(Row)).one().skipped == Skip.NOTHING_TO_TELL


def test_nobody_outside_slack_is_written_to(office: Office) -> None:
    a_full_team(office, in_slack=False)

    jobs.post(Books(office.session, office.compose().workspace_id, DUE), office.compose())

    assert office.ids["Ana"] not in {row.person_id for row in office.session.exec(select(OutboxMessage))}


# When it is due


def due(office: Office, now: datetime = DUE) -> list[digest_schedule.Due]:
    return digest_schedule.digests_due(Books(office.session, office.build.workspace_id, now))


def team_of(office: Office) -> Team:
    return office.session.get_one(Team, office.team)


def test_it_is_due_on_its_day_in_the_teams_zone_and_reports_the_week_before(office: Office) -> None:
    assert due(office, DUE - timedelta(seconds=1)) == []

    [one] = due(office)

    assert (one.do, one.week) == (Do.POST, WEEK)
    assert one.next_at == DUE + timedelta(weeks=1)


def test_a_team_without_a_channel_is_never_due(office: Office) -> None:
    team_of(office).channel = None
    office.session.flush()

    assert due(office) == []


def test_a_team_that_was_never_scheduled_gets_its_time_and_no_digest_at_once(office: Office) -> None:
    team_of(office).digest_next_at = None
    office.session.flush()

    [one] = due(office, DUE + timedelta(hours=1))

    assert (one.do, one.next_at) == (Do.MOVE, DUE + timedelta(weeks=1))


def test_on_a_public_holiday_it_waits_for_the_next_working_day(office: Office) -> None:
    team = team_of(office)
    team.country, team.digest_next_at = "DE", datetime(2027, 3, 29, 7, tzinfo=UTC)  # Easter Monday, 9:00
    office.session.flush()

    [moved] = due(office, datetime(2027, 3, 29, 7, tzinfo=UTC))
    assert moved.do is Do.MOVE
    assert digest_schedule.settle(Books(office.session, moved.workspace_id, DUE), moved)
    assert team.digest_next_at == datetime(2027, 3, 30, 7, tzinfo=UTC)
    [one] = due(office, datetime(2027, 3, 30, 7, tzinfo=UTC))
    assert (one.do, one.week) == (Do.POST, date(2027, 3, 22))
    assert one.next_at == datetime(2027, 4, 5, 7, tzinfo=UTC)


def test_a_day_late_is_caught_up_and_later_is_skipped(office: Office) -> None:
    [late] = due(office, DUE + timedelta(hours=24))
    [too_late] = due(office, DUE + timedelta(hours=25))

    assert (late.do, too_late.do) == (Do.POST, Do.SKIP)
    assert late.week == too_late.week == WEEK


def test_only_one_process_settles_what_is_due(office: Office) -> None:
    [one] = due(office)

    assert digest_schedule.settle(Books(office.session, one.workspace_id, DUE), one)
    assert not digest_schedule.settle(Books(office.session, one.workspace_id, DUE), one)


def scheduled(any_db: Database, *, at: time = time(9)) -> tuple[int, int, int]:
    """A workspace whose team has a digest due, an SDR with a week to tell of, and a manager."""
    with any_db.begin() as session:
        office = Office(any_db, workspace(session))
        office.team = office.build.team(channel="C0SALES", digest_next_at=DUE, digest_time=at)
        office.ae = office.build.rep("Decider", Role.AE, office.build.team("Elsewhere"))
        office.sdr("Ana", 5, 6, lately=(3, 4))
        return office.build.workspace_id, office.team, office.build.rep("Mia", Role.MANAGER, office.team)


def sent(any_db: Database) -> list[tuple[OutboxKind, int | None, str]]:
    with any_db.read() as session:
        return [(row.kind, row.person_id, row.text) for row in session.exec(select(OutboxMessage))]


def test_what_is_due_is_told_and_the_next_time_is_set(any_db: Database) -> None:
    workspace_id, team_id, _manager = scheduled(any_db)

    assert jobs.post_digests(tools(any_db, workspace_id, now=DUE)) == 1
    assert jobs.post_digests(tools(any_db, workspace_id, now=DUE)) == 0

    assert [kind for kind, _, _ in sent(any_db)].count(OutboxKind.DIGEST) == 1
    with any_db.read() as session:
        assert session.get_one(Team, team_id).digest_next_at == DUE + timedelta(weeks=1)


def test_a_team_whose_digest_fails_does_not_keep_the_others_waiting(any_db: Database) -> None:
    workspace_id, _team_id, _manager = scheduled(any_db)
    with any_db.begin() as session:
        build = Builder(session, workspace_id)
        first = build.team("First", channel="C0FIRST", digest_next_at=DUE - timedelta(seconds=1))
        build.rep("Max", Role.MANAGER, first, zone="A/Zone_Unknown_Here")

    assert jobs.post_digests(tools(any_db, workspace_id, now=DUE)) == 1

    assert [kind for kind, _, _ in sent(any_db)].count(OutboxKind.DIGEST) == 1


def test_the_channel_reads_dates_and_numbers_in_the_teams_language(office: Office) -> None:
    a_full_team(office)
    office.session.get_one(Team, office.team).locale = "de-DE"

    jobs.post(Books(office.session, office.compose().workspace_id, DUE), office.compose())

    [posted] = office.messages(OutboxKind.DIGEST)
    assert "9 Nov 2026" in posted.text


def test_where_the_manager_has_left_the_admins_hear_of_the_team(office: Office) -> None:
    a_full_team(office)
    office.build.rep("Mia", Role.MANAGER, office.team, in_slack=False)
    admin = office.build.rep("Ada", Role.MANAGER, office.build.team("Head office"), is_admin=True)

    jobs.post(Books(office.session, office.compose().workspace_id, DUE), office.compose())

    [told] = [row.text for row in office.messages(OutboxKind.NOTICE) if row.person_id == admin]
    assert "coaching places taken" in told


def test_one_that_is_days_late_is_skipped_and_the_manager_hears_of_it(any_db: Database) -> None:
    workspace_id, team_id, manager = scheduled(any_db)

    assert jobs.post_digests(tools(any_db, workspace_id, now=DUE + timedelta(days=3))) == 1

    [(kind, person, text)] = sent(any_db)
    assert (kind, person) == (OutboxKind.NOTICE, manager)
    assert "more than a day ago" in text
    with any_db.writing(workspace_id, DUE) as books:
        digest = digests.compose(books, team_id, WEEK, as_of=DUE)
        assert not jobs.post(books.at(DUE + timedelta(days=3)), digest)
        assert jobs.post(books.at(DUE + timedelta(days=3)), digest, by_hand=True)


def test_a_won_deal_is_a_fact_of_an_ae(office: Office) -> None:
    closer = office.build.rep("Cleo", Role.AE, office.team)
    office.build.deal(closer, NOON - timedelta(days=30), status=DealStatus.WON, closed_at=NOON)

    assert "Cleo: 1 of 1 deal won" in office.text()
