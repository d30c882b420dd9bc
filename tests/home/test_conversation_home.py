"""The Home tab: what waits, and what is one's own to decide."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from bot.blocks import kit
from bot.coaching.services import commitments
from bot.core.enums import Metric, OutboxKind, PairingStatus, Role
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.home.views import tab
from bot.people.services import members
from bot.sandbox import Member, text_of
from storage.tables import CoachingSession, Dispute, InboxEvent, OutboxMessage, OutboxState, Pairing, Person
from tests.support.closers import team_of_closers
from tests.support.office import Office, leaves


def ids(office: Office) -> dict[str, int]:
    with office.db.read() as session:
        return {person.name: person.id for person in session.exec(select(Person))}


def paired(
    office: Office, team: int, *, coach: str, learner: str, status: PairingStatus = PairingStatus.ACCEPTED
) -> None:
    """They are to work on authority this week."""
    people = ids(office)
    with office.db.begin() as session:
        session.add(
            Pairing(
                workspace_id=office.workspace_id,
                week=office.clock().date(),
                team_id=team,
                coach_id=people[coach],
                learner_id=people[learner],
                metric=Metric.AUTHORITY_RATE,
                value=1.0,
                reason="",
                status=status,
                proposed_at=office.clock(),
            )
        )


def held(office: Office, *, coach: str, learner: str, commitment: str) -> int:
    """A session of today; gives its id."""
    people, today = ids(office), office.clock().date()
    with office.db.writing(office.workspace_id, office.clock()) as books:
        row = CoachingSession(
            workspace_id=office.workspace_id,
            session_key="one",
            coach_id=people[coach],
            learner_id=people[learner],
            metric=Metric.AUTHORITY_RATE,
            held_on=today,
            commitment=commitment,
            due_on=today + timedelta(days=7),
        )
        books.session.add(row)
        books.session.flush()
        commitments.follow_session(books, row.id)
        return row.id


def test_what_nobody_asked_about_rests_in_home(office: Office, ana: Member) -> None:
    for number in range(8):
        office.call_ended(ana, contact=f"Contact {number}", minutes=2)

    home = ana.opens_home()

    assert "8 calls to debrief" in text_of(home)
    ana.clicks("Debrief", beside="Contact 7")
    saved = ana.submits(outcome="Meeting booked").view
    assert "✓ Your call with *Contact 7, Acme*: meeting booked" in text_of(saved), "no message asked about it"
    ana.closes(everything=True)
    assert "7 calls to debrief" in text_of(ana.opens_home())


def test_coaching_and_being_named_are_ones_own_to_decide(office: Office, ana: Member) -> None:
    ana.opens_home()

    ana.clicks("I would like to coach")
    ana.waits_for("You coach others.")
    ana.clicks("Do not name me")
    ana.waits_for("You are not named")

    with office.db.read() as session:
        assert session.exec(select(Person.willing, Person.named_publicly)).one() == (True, False)


def test_a_stranger_is_told_how_to_get_on_the_roster(office: Office, ana: Member) -> None:
    stranger = office.sandbox.add_person("Sam", email="sam@example.com")

    assert "not on the roster" in text_of(stranger.opens_home())


def test_somebody_who_joins_slack_is_found_by_email(office: Office, ana: Member) -> None:
    with office.db.begin() as session:
        session.add(Person(workspace_id=office.workspace_id, name="Eve", email="eve@example.com"))
    eve = office.sandbox.add_person("Eve", email="Eve@Example.com", tz="Asia/Tokyo")

    office.tick()

    assert "My settings" in text_of(eve.opens_home())
    with office.db.read() as session:
        assert session.exec(select(Person.time_zone).where(Person.name == "Eve")).one() == "Asia/Tokyo"


def test_a_zone_that_this_machine_does_not_know_is_not_believed(office: Office, ana: Member) -> None:
    with office.db.writing(office.workspace_id, office.clock()) as books:
        before = books.session.exec(select(Person.time_zone)).one()
        members.link(books, [{"id": ana.id, "tz": "Mars/Olympus_Mons"}])

        assert books.session.exec(select(Person.time_zone)).one() == before


def test_a_change_of_zone_is_heard_of(office: Office, ana: Member) -> None:
    office.sandbox.change(ana, tz="America/New_York")
    office.tick()

    with office.db.read() as session:
        assert session.exec(select(Person.time_zone)).one() == "America/New_York"


def test_an_admin_sees_what_did_not_get_through_and_tries_it_again(
    office: Office, ana: Member, east: int
) -> None:
    admin = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    with office.db.writing(office.workspace_id, office.clock()) as books:
        words = Message(OutboxKind.NOTICE, "Well done", person_id=ids(office)["Ana"])
        lost = outbox.put(books, words)
        for row in books.session.exec(select(OutboxMessage).where(OutboxMessage.id == lost)):
            row.state, row.error = OutboxState.DEAD, "account_inactive"
    assert "did not get through" not in text_of(ana.opens_home())
    assert "1 thing did not get through" in text_of(admin.opens_home())

    admin.clicks("Try again")

    ana.waits_for("Well done")
    assert "did not get through" not in text_of(admin.opens_home())


def test_my_week_is_a_line_of_numbers(office: Office, ana: Member) -> None:
    assert "No calls yet this week." in text_of(ana.opens_home())
    office.call_ended(ana, minutes=12)
    ana.clicks("Meeting booked")
    office.call_ended(ana, minutes=8, contact="Max")

    home = text_of(ana.opens_home())

    assert "2 calls · 20 min talked · 1 of 2 debriefed · 1 meeting booked" in home


def test_quiet_for_today_holds_until_work_begins_again(office: Office, ana: Member) -> None:
    ana.opens_home()
    ana.clicks("Quiet for today")
    ana.waits_for("waits until you work again")

    office.call_ended(ana)
    office.later(hours=7, minutes=30)
    assert ana.dm == []

    office.clock.now = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)  # 9:00 the next morning
    office.tick()
    assert len(ana.dm) == 1
    assert "asked about calls as they end" in text_of(ana.opens_home())


def test_who_changes_their_mind_is_asked_again_at_once(office: Office, ana: Member) -> None:
    ana.opens_home()
    ana.clicks("Quiet for today")
    office.call_ended(ana)
    ana.clicks("Listen again")
    ana.waits_for("asked about calls as they end")

    office.call_ended(ana, contact="Max")

    ana.waits_for("How did your call with *Max, Acme* end?")


def test_working_hours_are_ones_own_to_set(office: Office, ana: Member) -> None:
    ana.opens_home()
    ana.clicks("Change hours")

    refused = ana.submits(opens="07:00", closes="07:00")
    assert "differs from the start" in refused.errors["closes"]
    ana.submits(opens="07:00", closes="09:30")

    ana.waits_for("from 07:00 to 09:30, Europe/Berlin time")
    office.call_ended(ana)  # at 10:00
    assert ana.dm == []
    office.clock.now = datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
    office.tick()
    assert len(ana.dm) == 1


def test_a_pair_that_is_only_proposed_is_told_as_a_question(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    paired(office, east, coach="Bo", learner="Ana", status=PairingStatus.PROPOSED)

    assert "*Bo* would coach you on *Authority" in text_of(ana.opens_home())
    assert "*Ana* is asked whether you coach them on *Authority" in text_of(bo.opens_home())


def test_a_manager_reads_who_agreed_apart_from_who_has_still_to_answer(
    office: Office, ana: Member, bo: Member, mia: Member, east: int
) -> None:
    office.hires("Cem", Role.SDR, east)
    paired(office, east, coach="Bo", learner="Ana")
    paired(office, east, coach="Bo", learner="Cem", status=PairingStatus.PROPOSED)

    home = text_of(mia.opens_home())

    assert "Pairs that have met this week: 0 of 1. 1 more waits for an answer." in home
    assert "No call to debrief" not in home, "who leads has no calls"


def test_my_pair_and_what_i_set_out_to_do(office: Office, ana: Member, bo: Member, east: int) -> None:
    paired(office, east, coach="Bo", learner="Ana")
    session_id = held(office, coach="Bo", learner="Ana", commitment="Ask who signs")

    home = text_of(ana.opens_home())
    assert "*Bo* coaches you on *Authority" in home
    assert "“Ask who signs”" in home
    assert "You coach *Ana* on *Authority" in text_of(bo.opens_home())

    ana.clicks("Yes, I did")

    assert office.sandbox.workspace.wait_until(lambda: "Ask who signs" not in text_of(ana.person.home), 5)
    with office.db.read() as session:
        kept = session.exec(select(CoachingSession.kept).where(CoachingSession.id == session_id)).one()
    assert kept is True


def test_a_manager_sees_the_debrief_rate_and_what_waits(
    office: Office, ana: Member, mia: Member, east: int
) -> None:
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    office.call_ended(ana, contact="Max")
    with office.db.begin() as session:
        rep = session.exec(select(Person.id).where(Person.name == "Ana")).one()
        session.add(
            Dispute(
                workspace_id=office.workspace_id,
                person_id=rep,
                metric=Metric.TALK_MINUTES,
                first_day=date(2026, 11, 9),
                last_day=date(2026, 11, 15),
                text="Thursday is missing",
                said_at=office.clock(),
            )
        )

    home = text_of(mia.opens_home())

    assert "My team: East" in home
    assert "This week: 2 calls · 20 min talked · 1 of 2 debriefed · 1 advanced" in home
    assert "1 of 2 calls asked about are debriefed (50%)" in home
    assert "1 number waits for your answer" in home
    assert "Thursday is missing" in home
    assert "My team" not in text_of(ana.opens_home())

    mia.clicks("Answer")
    assert mia.submits(verdict="The number stands", answer="Your phone was off").closed is False
    assert "waits for your answer" not in text_of(mia.opens_home())


def test_a_manager_is_shown_the_digest_from_home(office: Office, ana: Member, mia: Member) -> None:
    mia.opens_home()

    mia.clicks("Show me the digest")

    mia.waits_for("nothing to post for this week yet")


def test_a_manager_reads_what_is_worth_training_this_week(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    for rep, tags in ((ana, ["Pricing", "Demo"]), (bo, ["Pricing"])):
        office.call_ended(rep, contact=rep.name)
        rep.clicks("Debrief")
        rep.submits(outcome="Continued", tags=tags)

    home = text_of(mia.opens_home())

    assert "Worth ten minutes of training: *Pricing* (named in 2 debriefs; watch Win rate)" in home
    assert "Demo" not in home, "one rep's own wish is not the team's topic"


def test_my_numbers_stand_with_the_one_verdict_on_each(office: Office, east: int) -> None:
    team = team_of_closers(office, east)

    weak, strong = text_of(team.ben.opens_home()), text_of(team.ana.opens_home())

    assert "*My last 13 weeks*, compared with the middle of the AEs" in weak
    [short] = [line for line in weak.splitlines() if "3 of 48" in line and "Win rate" in line]
    [ahead] = [line for line in strong.splitlines() if "50 of 55" in line and "Win rate" in line]
    assert (short[0], short.split(" – ")[1]) == ("🟠", "behind the middle")
    assert (ahead[0], ahead.split(" – ")[1]) == ("🔵", "better than the middle")


def test_a_rep_has_buttons_for_what_they_do(office: Office, ana: Member, bo: Member) -> None:
    home = text_of(ana.opens_home())
    assert "[My scorecard] [Log a call] [Pass a lead]" in home
    assert home.index("Pass a lead") < home.index("My settings"), "settings come last"

    ana.clicks("Log a call")
    ana.submits(contact="Dana", minutes="20", outcome="Meeting booked")
    assert ana.submits(went_well="Listened").view is not None
    ana.closes(everything=True)
    ana.clicks("Pass a lead")
    ana.waits_for("Which AE?")
    ana.closes(everything=True)
    ana.clicks("My scorecard")
    ana.waits_for("Ana, SDR")

    assert "Pass a lead" not in text_of(bo.opens_home())
    bo.clicks("My deals")
    bo.waits_for("Where does it stand?")


def test_nobody_who_may_not_set_up_is_asked_to(office: Office, ana: Member) -> None:
    chief = office.sandbox.add_person("Ada", email="ada@example.com", is_admin=True)

    assert "Nobody has set me up yet" not in text_of(ana.opens_home())
    assert "Nobody has set me up yet" in text_of(chief.opens_home())


def test_a_manager_gets_the_teams_numbers_from_home(office: Office, ana: Member, mia: Member) -> None:
    mia.opens_home()

    mia.clicks("My team's numbers")

    mia.waits_for("come to you in our direct messages")
    office.tick()
    assert "East" in text_of(mia.dm[-1])
    assert "Ana" in text_of(mia.dm[-1])


def test_however_much_there_is_the_tab_fits_and_ends_with_what_is_ones_own() -> None:
    much = [[kit.section(f"{part}") for _row in range(30)] for part in range(5)]

    view = tab.home(much, always=[[kit.section("Settings")], [kit.section("Forget me")]])

    assert len(view.blocks) == 100
    assert "Forget me" in str(view.blocks[-1].to_dict())
    assert "more than fits" in str([block.to_dict() for block in view.blocks])


def test_whatever_is_written_to_the_bot_is_answered_and_not_kept(office: Office, ana: Member) -> None:
    office.sandbox.subscribe({"message.im"})
    office.call_ended(ana)

    ana.says(None, "hello, our secret is blue")
    office.tick()

    answer = text_of(ana.waits_for("Hello Ana"))
    assert "`/scorecard help`" in answer
    assert "1 call waits for a word from you in Home." in answer
    assert "[My scorecard] [Log a call] [Pass a lead]" in answer
    with office.db.read() as session:
        assert not any("secret" in str(event.body) for event in session.exec(select(InboxEvent)))


def test_a_stranger_who_writes_is_told_how_to_get_on_the_roster(office: Office, ana: Member) -> None:
    office.sandbox.subscribe({"message.im"})
    sam = office.sandbox.add_person("Sam", email="sam@example.com")

    sam.says(None, "hi")
    office.tick()

    sam.waits_for("not on the roster")


def test_a_next_step_that_falls_due_stands_on_top_until_it_is_done(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")
    ana.submits(outcome="Continued", next_step="Send the offer", next_step_on="2026-11-17")
    assert "next step is due" not in text_of(ana.opens_home())
    office.later(days=1)

    home = text_of(ana.opens_home())

    assert home.startswith("1 next step is due\n*Dana, Acme* · today\nSend the offer")
    ana.clicks("Done")
    assert office.sandbox.workspace.wait_until(lambda: "is due" not in text_of(ana.person.home), 5)


def test_a_later_debrief_with_the_same_people_has_the_last_word(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")
    ana.submits(outcome="Continued", next_step="Send the offer", next_step_on="2026-11-16")
    assert "next step is due" in text_of(ana.opens_home())
    office.later(hours=1)
    office.call_ended(ana, contact="Boris")
    ana.clicks("Meeting booked")
    ana.waits_for("meeting booked")

    assert "next step is due" not in text_of(ana.opens_home())


def test_who_leads_is_not_told_that_they_are_coached_nor_who_left_that_they_coach(
    office: Office, bo: Member, mia: Member
) -> None:
    assert "You are coached" not in text_of(mia.opens_home())
    assert "You coach others" in text_of(bo.opens_home())

    leaves(office, "Bo", office.clock().date() - timedelta(days=1))

    home = text_of(bo.opens_home())
    assert "Change hours" in home
    assert "You coach others" not in home and "be named" not in home
