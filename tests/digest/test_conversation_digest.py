"""The manager looks at the digest and posts it; the team reads it and asks about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import select

from bot.coaching.services import pair_answers
from bot.core.enums import DealStatus, Metric, OutboxKind, PairingStatus, Role
from bot.digest import jobs
from bot.digest.services import plan as digest_plans
from bot.sandbox import Channel, Member, Message, text_of
from bot.sandbox.state import ChannelKind
from storage.tables import Digest, Handoff, Membership, OutboxMessage, Person, Team
from tests.support.builders import Builder
from tests.support.office import Office
from tests.support.tools import tools

"""Seconds that the first digest of a process may take on a busy machine: it loads the optimiser."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A team of SDRs with a channel; Ana is far ahead of the others, Ben far behind."""

    office: Office
    id: int
    channel: Channel
    mia: Member
    ana: Member
    ben: Member


def sdr(office: Office, ae: int, name: str, team: int, *, qualified: int, willing: bool = False) -> Member:
    """With 60 leads over the 12 weeks that ended on the last Monday, and more of them in the last week."""
    member = office.hires(name, Role.SDR, team, willing=willing)
    with office.db.begin() as session:
        id = session.exec(select(Person.id).where(Person.name == name)).one()
        for n in range(60):
            passed = office.clock() - timedelta(days=4 + 7 * (n % 12))
            Builder(session, office.workspace_id).handoff(id, ae, passed, accepted=n < qualified)
    return member


@pytest.fixture
def floor(office: Office) -> Iterator[Floor]:
    team, elsewhere = office.team("East"), office.team("West")
    with office.db.begin() as session:
        ae = Builder(session, office.workspace_id).rep("Decider", Role.AE, elsewhere)
    for n in range(5):
        sdr(office, ae, f"Middle{n}", team, qualified=30)
    mia = office.hires("Mia", Role.MANAGER, team)
    ana = sdr(office, ae, "Ana", team, qualified=58, willing=True)
    ben = sdr(office, ae, "Ben", team, qualified=4)
    channel = office.sandbox.add_channel("sales", members=[mia, ana, ben])
    office.sandbox.invite_bot(channel)
    with office.db.begin() as session:
        session.get_one(Team, team).channel = channel.id
    yield Floor(office, team, channel, mia, ana, ben)


def post(floor: Floor) -> None:
    floor.mia.commands("/scorecard digest")
    floor.mia.waits_for("Post now")
    floor.mia.clicks("Post now")
    floor.mia.waits_for("is on its way")
    floor.office.tick()


def test_the_manager_sees_exactly_what_is_then_posted(floor: Floor) -> None:
    floor.mia.commands("/scorecard digest")
    seen = text_of(floor.mia.waits_for("Only you see this"))
    assert floor.channel.messages == []

    floor.mia.clicks("Post now")
    floor.mia.waits_for("is on its way")
    floor.office.tick()

    [posted] = floor.channel.messages
    told = text_of(posted).split("[Why am I not here?]")[0].strip()
    assert "*Top SDR*: *Ana*" in told
    assert "pairs" not in told, "nobody has agreed to one"
    assert seen.startswith(told)


def test_nobody_is_told_their_place_unasked(floor: Floor) -> None:
    post(floor)

    for who in (floor.ana, floor.ben):
        assert not [message for message in who.dm if "#" in text_of(message)]
    assert "coaching places taken" in "\n".join(text_of(message) for message in floor.mia.dm)


def test_it_is_posted_once_whoever_presses_and_whatever_the_schedule(floor: Floor) -> None:
    post(floor)
    with floor.office.db.begin() as session:
        session.get_one(Team, floor.id).digest_next_at = floor.office.clock()
    jobs.post_digests(tools(floor.office.db, floor.office.workspace_id, now=floor.office.clock()))
    floor.office.tick()

    floor.mia.commands("/scorecard digest")

    floor.mia.waits_for("The last one was posted already")
    assert len(floor.channel.messages) == 1


def test_a_week_that_is_skipped_is_not_posted_by_itself(floor: Floor) -> None:
    floor.mia.commands("/scorecard digest")
    floor.mia.waits_for("Skip this one")
    floor.mia.clicks("Skip this one")
    floor.mia.waits_for("Skipped")
    with floor.office.db.begin() as session:
        session.get_one(Team, floor.id).digest_next_at = floor.office.clock()
    jobs.post_digests(tools(floor.office.db, floor.office.workspace_id, now=floor.office.clock()))
    floor.office.tick()
    assert floor.channel.messages == []

    floor.mia.commands("/scorecard digest")
    floor.mia.waits_for("The digest on the week of Nov 9, 2026 was skipped. It comes Mon, Nov 23")
    floor.mia.clicks("Post it after all")
    floor.mia.waits_for("is on its way")
    floor.office.tick()

    assert len(floor.channel.messages) == 1


def test_the_preview_shows_the_digest_to_come_and_what_was_posted_as_it_was(floor: Floor) -> None:
    post(floor)
    kept = floor.channel.messages[0].text
    floor.office.clock.advance(timedelta(days=6))  # Sunday
    with floor.office.db.begin() as session:
        session.exec(select(Person).where(Person.name == "Ana")).one().name = "Anastasia"

    floor.mia.commands("/scorecard digest")
    shown = text_of(floor.mia.waits_for("until then its numbers, its story and its pairs may still change"))
    assert "East: week of Nov 16, 2026" in shown and "It comes Mon, Nov 23" in shown
    assert "Post now" not in shown
    floor.mia.clicks("What was posted")

    assert kept.splitlines()[-1] in text_of(floor.mia.waits_for("As it stands in the channel"))
    assert "*Ana*" in text_of(floor.mia.dm[-1])


def test_skipping_the_one_to_come_moves_what_is_said_of_the_next(floor: Floor) -> None:
    post(floor)
    floor.mia.commands("/scorecard digest")
    floor.mia.waits_for("It comes Mon, Nov 23")
    floor.mia.clicks("Skip this one")
    floor.mia.waits_for("Skipped")

    with floor.office.db.read() as session:
        assert session.get_one(Team, floor.id).digest_next_at == datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_a_change_of_day_says_before_it_is_saved_what_comes_next_and_that_comes_true(floor: Floor) -> None:
    post(floor)
    floor.mia.commands("/scorecard digest")
    floor.mia.clicks("Change day or channel", told(floor.mia, "Only you see this"))

    floor.mia.enters(day="4")
    floor.mia.enters(time="16:30")

    floor.mia.waits_for(lambda who: "on that week so far" in who.sees())
    assert "The next one: Fri, Nov 20" in floor.mia.sees() and "Then: Fri, Nov 27" in floor.mia.sees()
    floor.mia.submits()
    floor.office.clock.now = datetime(2026, 11, 20, 15, 31, tzinfo=UTC)
    floor.office.tick()
    assert "East: week of Nov 16, 2026 so far" in floor.channel.messages[-1].text
    assert len(floor.channel.messages) == 2


def test_back_to_monday_the_week_that_was_told_is_not_told_again(floor: Floor) -> None:
    with floor.office.db.begin() as session:
        team = session.get_one(Team, floor.id)
        team.digest_weekday, team.digest_time = 4, time(16, 30)
        team.digest_next_at = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    floor.office.clock.now = datetime(2026, 11, 20, 15, 31, tzinfo=UTC)
    floor.office.tick()
    assert len(floor.channel.messages) == 1

    with floor.office.db.writing(floor.office.workspace_id, floor.office.clock()) as books:
        plan = digest_plans.change(books, floor.id, weekday=0, at=time(9), channel=floor.channel.id)

    assert [str(one.week) for one in plan.coming] == ["2026-11-23", "2026-11-30"]
    assert plan.next_at == datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_a_pair_that_ends_after_the_post_is_taken_out_of_it(floor: Floor) -> None:
    with floor.office.db.begin() as session:
        person = {one.name: one.id for one in session.exec(select(Person))}
        build = Builder(session, floor.office.workspace_id)
        week = floor.office.clock().date()
        agreed = build.pairing(
            floor.id,
            person["Ana"],
            person["Ben"],
            week,
            metric=Metric.QUALIFIED_RATE,
            status=PairingStatus.ACCEPTED,
        )
    post(floor)
    [posted] = floor.channel.messages
    assert "• *Ana* with *Ben* on Qualified leads" in text_of(posted)

    with floor.office.db.writing(floor.office.workspace_id, floor.office.clock()) as books:
        pair_answers.decline(books, person["Ben"], agreed)
    floor.office.tick()

    [mended] = floor.channel.messages
    assert "with *Ben*" not in text_of(mended) and "pairs" not in text_of(mended)
    assert "*Top SDR*: *Ana*" in text_of(mended) and "[Why am I not here?]" in text_of(mended)


def test_a_rep_cannot_see_or_post_the_teams_digest(floor: Floor) -> None:
    assert "manager" in floor.ben.commands("/scorecard digest").text
    with floor.office.db.read() as session:
        assert session.exec(select(Digest)).all() == []


def test_a_team_without_a_channel_can_be_looked_at_and_not_posted(floor: Floor) -> None:
    with floor.office.db.begin() as session:
        session.get_one(Team, floor.id).channel = None

    floor.mia.commands("/scorecard digest East")

    assert "Post now" not in text_of(floor.mia.waits_for("has no channel yet"))


def test_why_am_i_not_here_is_answered_to_the_one_who_asks(floor: Floor) -> None:
    post(floor)

    floor.ben.clicks("Why am I not here?")
    answer = text_of(floor.ben.waits_for("nobody else's place is shown"))
    assert "more of the 7 SDRs are ahead of you than behind you" in answer and "number 7" not in answer
    floor.ana.clicks("Why am I not here?")
    floor.ana.waits_for("you are named at the top")
    floor.mia.clicks("Why am I not here?")
    floor.mia.waits_for("another team's reps")

    assert "#7" not in "".join(text_of(message) for message in floor.mia.reads(floor.channel))


def test_while_leads_do_not_come_nobody_is_ranked_by_them(floor: Floor) -> None:
    post(floor)
    with floor.office.db.begin() as session:
        lately = floor.office.clock() - timedelta(days=20)
        for lead in session.exec(select(Handoff).where(Handoff.passed_at > lately)):
            session.delete(lead)

    floor.ana.clicks("Why am I not here?")

    floor.ana.waits_for("No leads have reached me since Oct 22, 2026. Until they come again I rank nobody")


def test_who_asked_not_to_be_named_is_told_so(floor: Floor) -> None:
    floor.ana.commands("/coach naming off")
    post(floor)

    floor.ana.clicks("Why am I not here?")

    floor.ana.waits_for("You asked not to be named")
    assert "Ana" not in text_of(floor.channel.messages[0])


def test_nothing_that_is_sent_carries_figures_in_its_metadata(floor: Floor) -> None:
    post(floor)

    with floor.office.db.read() as session:
        kinds = {row.kind for row in session.exec(select(OutboxMessage))}
    assert {OutboxKind.DIGEST, OutboxKind.NOTICE} <= kinds
    for message in floor.channel.messages:
        assert set((message.metadata or {}).get("event_payload", {})) == {"k"}


def told(member: Member, words: str) -> Message:
    message = member.waits_for(words)
    assert isinstance(message, Message)
    return message


def archive(floor: Floor) -> None:
    floor.channel.archived = True


def remove_the_bot(floor: Floor) -> None:
    floor.channel.members[:] = [floor.mia.id, floor.ana.id, floor.ben.id]


def make_private(floor: Floor) -> None:
    """Without the bot in it, which then cannot even see it."""
    floor.channel.kind = ChannelKind.PRIVATE
    remove_the_bot(floor)


def delete(floor: Floor) -> None:
    del floor.office.sandbox.workspace.channels[floor.channel.id]


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (archive, "its channel is archived"),
        (remove_the_bot, "I am not in its channel."),
        (delete, "its channel was deleted, or is private"),
        (make_private, "its channel was deleted, or is private"),
    ],
)
def test_a_digest_that_slack_refuses_is_not_lost(
    floor: Floor, trouble: Callable[[Floor], None], words: str
) -> None:
    trouble(floor)
    post(floor)
    refused = told(floor.mia, words)
    elsewhere = floor.office.sandbox.add_channel("elsewhere", members=[floor.mia])
    floor.office.sandbox.invite_bot(elsewhere)

    floor.mia.clicks("Change day or channel", refused)
    floor.mia.submits(day="4", time="15:30", channel=elsewhere.id)
    floor.mia.clicks("Post again", refused)
    floor.office.tick()
    floor.mia.closes()
    floor.mia.commands("/scorecard digest")

    assert "Top SDR" in text_of(elsewhere.messages[0])
    floor.mia.waits_for("The last one was posted already")
    with floor.office.db.read() as session:
        team = session.get_one(Team, floor.id)
        assert (team.digest_weekday, team.digest_time, team.channel) == (4, time(15, 30), elsewhere.id)
        assert team.digest_next_at == datetime(2026, 11, 20, 14, 30, tzinfo=UTC), "Friday in Berlin"


def test_a_team_of_one_reads_the_week_without_a_ranking(floor: Floor) -> None:
    office = floor.office
    solo = office.team("Solo")
    mo = office.hires("Mo", Role.MANAGER, solo)
    channel = office.sandbox.add_channel("solo", members=[mo])
    office.sandbox.invite_bot(channel)
    with office.db.begin() as session:
        session.get_one(Team, solo).channel = channel.id
        build = Builder(session, office.workspace_id)
        cleo = build.rep("Cleo", Role.AE, solo)
        won = office.clock() - timedelta(days=4)
        build.deal(cleo, won - timedelta(days=9), status=DealStatus.WON, closed_at=won)

    post(replace(floor, id=solo, channel=channel, mia=mo))

    [message] = channel.messages
    assert "Cleo: 1 of 1 deal won" in message.text
    assert "sure" not in message.text and "too close" not in message.text


def test_a_digest_is_not_lost_with_its_manager(floor: Floor) -> None:
    """Slack refuses it, and the only manager has left: an admin hears of it, and can post it again."""
    ada = floor.office.hires("Ada", Role.MANAGER, floor.office.team("Office"), is_admin=True)
    with floor.office.db.begin() as session:
        [led] = session.exec(
            select(Membership).where(Membership.role == Role.MANAGER, Membership.team_id == floor.id)
        )
        led.ended_on = floor.office.clock().date() - timedelta(days=1)
        session.get_one(Team, floor.id).digest_next_at = floor.office.clock()
    archive(floor)
    jobs.post_digests(tools(floor.office.db, floor.office.workspace_id, now=floor.office.clock()))
    floor.office.tick()

    refused = told(ada, "its channel is archived")
    floor.channel.archived = False
    ada.clicks("Post again", refused)
    floor.office.tick()

    assert "Top SDR" in text_of(floor.channel.messages[0])


def test_the_preview_of_a_refused_digest_offers_to_post_it_again(floor: Floor) -> None:
    archive(floor)
    post(floor)
    floor.channel.archived = False

    floor.mia.commands("/scorecard digest")
    floor.mia.clicks("Post again", told(floor.mia, "Slack would not take it"))
    floor.mia.waits_for("I try again to post")
    floor.office.tick()

    assert len(floor.channel.messages) == 1


def test_the_manager_chooses_the_clocks_and_the_language_of_the_digest(floor: Floor) -> None:
    floor.mia.commands("/scorecard digest")
    floor.mia.clicks("Change day or channel", told(floor.mia, "Only you see this"))
    floor.mia.submits(day="0", time="09:00", zone="America/New_York", locale="de-DE")
    assert "Monday at 09:00" in text_of(floor.mia.modal)
    floor.mia.closes()

    post(floor)

    assert "East: week of 9 Nov 2026" in floor.channel.messages[0].text
    with floor.office.db.read() as session:
        team = session.get_one(Team, floor.id)
        assert (team.time_zone, team.locale) == ("America/New_York", "de-DE")
        assert team.digest_next_at == datetime(2026, 11, 23, 14, tzinfo=UTC), "at nine in New York"


def test_only_a_channel_can_be_chosen(floor: Floor) -> None:
    floor.mia.commands("/scorecard digest")
    floor.mia.clicks("Change day or channel", told(floor.mia, "Only you see this"))

    answer = floor.mia.submits(
        channel=floor.office.sandbox.workspace.conversation_of("U00000001", floor.ben.id).id
    )

    assert "member of" in answer.errors["channel"]


def test_a_pair_that_ends_in_the_week_after_stays_in_the_post(floor: Floor) -> None:
    with floor.office.db.begin() as session:
        person = {one.name: one.id for one in session.exec(select(Person))}
        build, week = Builder(session, floor.office.workspace_id), floor.office.clock().date()
        later = [
            build.pairing(floor.id, person["Ana"], person["Ben"], monday, status=PairingStatus.ACCEPTED)
            for monday in (week, week + timedelta(weeks=1))
        ][1]
    post(floor)
    floor.office.later(days=7)

    with floor.office.db.writing(floor.office.workspace_id, floor.office.clock()) as books:
        pair_answers.decline(books, person["Ben"], later)
    floor.office.tick()

    assert "• *Ana* with *Ben*" in text_of(floor.channel.messages[0])


def test_a_digest_that_was_skipped_ahead_is_said_to_be(floor: Floor) -> None:
    post(floor)
    floor.mia.commands("/scorecard digest")
    floor.mia.waits_for("It comes Mon, Nov 23")
    floor.mia.clicks("Skip this one")
    floor.mia.waits_for("Skipped")

    floor.mia.commands("/scorecard digest")

    told = text_of(
        floor.mia.waits_for("The digest on the week of Nov 16, 2026 was skipped. It comes Mon, Nov 30")
    )
    assert "Post" not in told.split("[", 1)[1].replace("[What was posted]", "")
