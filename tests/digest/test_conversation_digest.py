"""The manager looks at the digest and posts it; the team reads it and asks about it."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import select

from bot.coaching.services import pair_answers
from bot.core.enums import DealStatus, Metric, OutboxKind, PairingStatus, Role
from bot.digest import jobs
from bot.sandbox import text_of
from storage.tables import Digest, Handoff, OutboxMessage, Person, Team
from tests.support.builders import Builder
from tests.support.digest_floor import Floor, post
from tests.support.tools import tools


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
