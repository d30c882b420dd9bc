"""What a rep promised falls due: one message in the morning, and what can be done about it."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from bot.core.enums import Role
from bot.debriefs.services import next_steps
from bot.sandbox import Member, text_of
from storage.tables import Debrief, Person, Workspace
from tests.debriefs.promised import promises
from tests.scorecards.test_statements import asked
from tests.support.office import Office
from tests.support.roster import leaves

TUESDAY = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)  # 9:00 in Berlin
FEW = 3
"""For all reps together: the steps, what was written since, the settings."""


def mornings(rep: Member) -> list[str]:
    return [
        text for message in rep.dm if "next steps are due" in (text := text_of(message)) or "is due" in text
    ]


def test_all_that_is_due_comes_in_one_message_once(office: Office, ana: Member) -> None:
    promises(office, ana, "2026-11-16", contact="Max")
    promises(office, ana, "2026-11-17")
    promises(office, ana, "2026-11-18", contact="Zoe")
    assert mornings(ana) == [], "what is promised for today is known"

    office.at(TUESDAY - timedelta(minutes=10))
    assert mornings(ana) == [], "work has not begun"
    office.at(TUESDAY)
    office.later(minutes=30)

    [told] = mornings(ana)
    assert told.index("2 next steps are due") < told.index("Ring Max") < told.index("Ring Dana")
    assert "Ring Zoe" not in told
    office.at(TUESDAY + timedelta(days=1))
    assert "3 next steps are due" in mornings(ana)[-1], "a new one brings the others along"
    office.at(TUESDAY + timedelta(days=2))
    assert len(mornings(ana)) == 2, "what was told once is not told again"


def test_all_that_are_due_are_counted_where_the_earliest_are_shown(office: Office, ana: Member) -> None:
    for n in range(6):
        promises(office, ana, "2026-11-17", contact=f"Max {n}")
    office.at(TUESDAY)

    [told] = mornings(ana)
    assert "6 next steps are due" in told and told.count("[Done]") == 5
    assert "The 5 earliest are shown." in told


def test_later_in_the_day_it_stands_in_home_alone(office: Office, ana: Member) -> None:
    promises(office, ana, "2026-11-17")

    office.at(TUESDAY + timedelta(hours=4))

    assert mornings(ana) == []
    assert "1 next step is due" in text_of(ana.opens_home())


def test_quiet_for_today_and_a_full_day_hold_it(office: Office, ana: Member, bo: Member) -> None:
    promises(office, ana, "2026-11-17")
    promises(office, bo, "2026-11-17")
    with office.db.begin() as session:
        quiet = session.exec(select(Person).where(Person.name == "Ana")).one()
        quiet.quiet_until = TUESDAY + timedelta(hours=2)
        session.add(quiet)
        workspace = session.get_one(Workspace, office.workspace_id)
        workspace.prompts_per_day = 0
        session.add(workspace)

    office.at(TUESDAY)

    assert (mornings(ana), mornings(bo)) == ([], [])


def test_it_counts_in_the_days_budget(office: Office, ana: Member) -> None:
    promises(office, ana, "2026-11-17")
    with office.db.begin() as session:
        workspace = session.get_one(Workspace, office.workspace_id)
        workspace.prompts_per_day = 1
        session.add(workspace)
    office.at(TUESDAY)

    office.call_ended(ana, contact="Max")

    assert len(mornings(ana)) == 1
    assert not any("Max" in text_of(message) for message in ana.dm)


def test_it_is_turned_off_where_it_appears_and_on_again_in_home(office: Office, ana: Member) -> None:
    promises(office, ana, "2026-11-17")
    promises(office, ana, "2026-11-18", contact="Max")
    promises(office, ana, "2026-11-19", contact="Zoe")
    office.at(TUESDAY)

    ana.clicks("Stop these messages")

    ana.waits_for("You do not get this any more")
    office.at(TUESDAY + timedelta(days=1))
    assert len(mornings(ana)) == 1
    assert "You do not get this any more: a message in the morning" in text_of(ana.opens_home())
    ana.clicks("Write to me again")
    assert office.sandbox.workspace.wait_until(lambda: "not get this" not in text_of(ana.person.home), 5)
    office.at(TUESDAY + timedelta(days=2))
    assert len(mornings(ana)) == 2


def test_done_and_moved_with_a_tap_in_the_message(office: Office, ana: Member) -> None:
    promises(office, ana, "2026-11-17")
    promises(office, ana, "2026-11-17", contact="Max")
    office.at(TUESDAY)

    ana.chooses("Move to …", "2026-11-20", beside="Max")
    ana.waits_for(lambda one: "1 next step is due" in text_of(one.dm[-1]))
    ana.clicks("Done")

    ana.waits_for("Nothing is due any more")
    office.at(TUESDAY + timedelta(days=3))
    assert "Ring Max" in mornings(ana)[-1]
    assert "Ring Dana" not in mornings(ana)[-1]


def test_a_day_that_is_over_is_no_day_to_move_to(office: Office, ana: Member) -> None:
    promises(office, ana, "2026-11-16")
    ana.opens_home()

    ana.chooses("Move to …", "2026-11-16")

    ana.waits_for("Please pick a day after today.")
    assert "1 next step is due" in text_of(ana.opens_home())


def test_the_next_call_knows_the_day_it_was_moved_to(office: Office, ana: Member) -> None:
    promises(office, ana, "2026-11-16")
    ana.opens_home()
    ana.chooses("Move to …", "2026-11-18")
    assert office.sandbox.workspace.wait_until(lambda: "is due" not in text_of(ana.person.home), 5)

    office.call_ended(ana, contact="Dana", company="Dana")

    assert "the next step was: Ring Dana · Wed, Nov 18" in text_of(ana.dm[-1])


def test_another_promise_in_the_same_debrief_is_open_again(office: Office, ana: Member) -> None:
    promises(office, ana, "2026-11-16")
    ana.opens_home()
    ana.clicks("Done")
    assert office.sandbox.workspace.wait_until(lambda: "is due" not in text_of(ana.person.home), 5)

    ana.clicks("Edit")
    ana.submits(next_step="Send the offer", next_step_on="2026-11-17")

    with office.db.read() as session:
        kept = session.exec(select(Debrief)).one()
    assert (kept.step_done_at, kept.next_step_on) == (None, date(2026, 11, 17))


def test_who_has_left_is_not_written_to(office: Office, ana: Member) -> None:
    promises(office, ana, "2026-11-17")
    leaves(office, "Ana", date(2026, 11, 16))

    office.at(TUESDAY)

    assert mornings(ana) == []


def test_a_step_with_somebody_the_dialer_does_not_name(office: Office, ana: Member) -> None:
    promises(office, ana, "2026-11-17", contact="")

    office.at(TUESDAY)

    assert "*somebody not named* · today\nRing" in mornings(ana)[0]


def looks(office: Office) -> int:
    """Questions asked of the books to find whom to write to."""
    with asked(office.db) as said, office.db.reading(office.workspace_id, office.clock()) as books:
        next_steps.to_remind(books)
    return len(said)


def test_a_look_asks_little_whoever_promised_something(office: Office, east: int) -> None:
    reps = [office.hires(name, Role.SDR, east) for name in ("Ana", "Bea", "Cem", "Dee")]
    for rep in reps:
        promises(office, rep, "2026-11-17")
    outdone = office.hires("Eli", Role.SDR, east)
    promises(office, outdone, "2026-11-17")
    promises(office, outdone, "2026-11-27")

    office.clock.now = TUESDAY - timedelta(hours=2)
    assert looks(office) <= FEW, "work has not begun"
    office.at(TUESDAY)
    assert [len(mornings(rep)) for rep in (*reps, outdone)] == [1, 1, 1, 1, 0]
    assert looks(office) <= FEW, "all of them are told, or have nothing to hear"
    office.clock.now = TUESDAY + timedelta(hours=6)
    assert looks(office) <= FEW, "the morning is over"
