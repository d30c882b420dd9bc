"""Calls, handoffs, deals, accounts, debriefs, sessions and leave come in by their keys, and wrong rows stay out."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.core.enums import DealStatus, Decision, Metric, Outcome, PromptStatus, Role
from bot.tabular.mapping import Mapping, Newcomers
from storage.database import Database
from storage.tables import (
    AccountValue,
    Call,
    CoachingSession,
    Deal,
    DealChange,
    Debrief,
    DebriefTag,
    DebriefVersion,
    Handoff,
    Leave,
    Membership,
    Person,
    Prompt,
)
from tests.support.importing import NOW, ROSTER, Importer, counts, importer

CALLS = """\
source,call_id,rep_email,started_at,ended_at,duration_s,disposition
zoom,c1,ana@acme.io,2026-10-05T09:00:00Z,,300,connected
zoom,c2,ana@acme.io,2026-10-05T10:00:00Z,2026-10-05T10:02:00Z,,
zoom,c3,ben@acme.io,2026-10-05T11:00:00Z,,,No answer
"""
HANDOFFS = """\
handoff_id,sdr_email,ae_email,company,passed_at,decision,reason,decided_at,criteria_met
h1,ana@acme.io,ben@acme.io,Globex,2026-10-05,accepted,They have a budget and a date in mind,2026-10-05T15:00:00Z,yes
h2,ana@acme.io,ben@acme.io,Initech,2026-10-06,rejected,they have a budget and a date in mind!,2026-10-07,
h3,ana@acme.io,ben@acme.io,Hooli,2026-10-07,,,,
"""
DEALS = """\
deal_id,ae_email,status,opened_at,closed_at,amount,company,handoff_id,expected_close,timeline_confirmed
d1,ben@acme.io,won,2026-10-01,2026-10-21,1200.50,Globex,,2026-10-20,yes
d2,ben@acme.io,open,,,,Initech,,2026-12-01,no
d3,ben@acme.io,lost,2026-10-02,2026-10-02,0,Hooli,,,
"""
FILES = {
    "calls": CALLS,
    "handoffs": HANDOFFS,
    "deals": DEALS,
    "leave": "rep_email,from,to\nana@acme.io,2026-10-05,2026-10-09\n",
    "accounts": "account,am_email,as_of,value\nGlobex,cy@acme.io,2026-01-31,100\nGlobex,cy@acme.io,2026-02-28,130\n",
    "sessions": (
        "session_id,coach_email,learner_email,metric,held_on,commitment\n"
        "s1,ben@acme.io,ana@acme.io,qualified_rate,2026-10-05,Ask for the budget\n"
    ),
    "teams": "team,time_zone,channel\nWest,America/Los_Angeles,#west\n",
}


@pytest.mark.parametrize("kind", [*FILES])
def test_a_file_taken_twice_is_taken_once(any_db: Database, tmp_path: Path, kind: str) -> None:
    acme = importer(any_db, tmp_path)
    acme.take("reps", ROSTER)
    rows = FILES[kind].count("\n") - 1

    assert counts(acme.take(kind, FILES[kind])) == (rows, rows, 0, 0, 0)
    assert counts(acme.take(kind, FILES[kind], now=NOW + timedelta(days=1))) == (rows, 0, 0, rows, 0)


@pytest.mark.parametrize("kind", [*FILES])
def test_a_dry_run_counts_the_same_and_writes_nothing(staffed: Importer, kind: str) -> None:
    tables = (AccountValue, Call, CoachingSession, Deal, Handoff, Leave)
    dry = staffed.take(kind, FILES[kind], dry_run=True)

    assert [len(staffed.all(table)) for table in tables] == [0] * len(tables)
    assert counts(dry) == counts(staffed.take(kind, FILES[kind]))


def test_end_and_duration_follow_from_each_other(staffed: Importer) -> None:
    staffed.take("calls", CALLS)
    one, two, three = staffed.all(Call)

    assert (one.ended_at - one.started_at, one.talk_seconds) == (timedelta(minutes=5), 300)
    assert (two.talk_seconds, two.completed) == (120, True)
    assert (three.completed, three.talk_seconds, three.disposition) == (False, 0, "No answer")


def test_history_never_prompts(staffed: Importer) -> None:
    staffed.take("calls", CALLS)

    assert all(call.imported for call in staffed.all(Call))
    assert staffed.all(Prompt) == []


def test_of_two_different_rows_with_one_key_none_is_stored_until_somebody_says_so(staffed: Importer) -> None:
    head = "source,call_id,rep_email,started_at,company\n"
    row = "zoom,c1,ana@acme.io,2026-10-05T09:00:00Z,{}\n"
    content = head + row.format("Globex") + row.format("Initech") + row.format("Initech")
    report = staffed.take("calls", content)

    assert not report.is_stored
    assert "Lines 2 and 3 have one key, “zoom, c1, ana@acme.io”" in report.doubts[0]
    assert staffed.all(Call) == []

    report = staffed.take("calls", content, yes=True)
    assert counts(report) == (3, 1, 1, 1, 0)
    assert report.doubts and report.accepted
    assert staffed.one(Call).company == "Initech"


def test_the_same_row_twice_is_no_doubt(staffed: Importer) -> None:
    head = "source,call_id,rep_email,started_at,company\n"
    row = "zoom,c1,ana@acme.io,2026-10-05T09:00:00Z,Globex\n"

    assert counts(staffed.take("calls", head + row * 2)) == (2, 1, 0, 1, 0)


def test_a_dry_run_sees_its_own_earlier_rows(staffed: Importer) -> None:
    head = "source,call_id,rep_email,started_at,company\n"
    row = "zoom,c1,ana@acme.io,2026-10-05T09:00:00Z,{}\n"
    report = staffed.take("calls", head + row.format("Globex") + row.format("Initech"), dry_run=True)

    assert counts(report) == (2, 1, 1, 0, 0)


def test_a_missing_column_leaves_what_is_stored_and_an_empty_cell_clears_it(staffed: Importer) -> None:
    head = "source,call_id,rep_email,started_at,ended_at,company,contact\n"
    staffed.take("calls", head + "zoom,c1,ana@acme.io,2026-10-05T09:00Z,2026-10-05T09:30Z,Globex,Dana\n")
    staffed.take(
        "calls", "source,call_id,rep_email,started_at,contact\nzoom,c1,ana@acme.io,2026-10-05T09:10Z,\n"
    )
    call = staffed.one(Call)

    assert (call.company, call.contact) == ("Globex", "")
    assert call.ended_at == datetime(2026, 10, 5, 9, 40, tzinfo=UTC), "the call moved; its length did not"


def test_the_same_call_of_two_reps_is_two_calls(staffed: Importer) -> None:
    head = "source,call_id,rep_email,started_at\n"
    rows = "zoom,c1,ana@acme.io,2026-10-05T09:00Z\nzoom,c1,ben@acme.io,2026-10-05T09:00Z\n"

    assert counts(staffed.take("calls", head + rows)) == (2, 2, 0, 0, 0)
    assert counts(staffed.take("calls", head + rows)) == (2, 0, 0, 2, 0)


def test_wrong_rows_stay_out_with_line_and_reason(staffed: Importer) -> None:
    report = staffed.take(
        "deals",
        "deal_id,ae_email,status,opened_at,closed_at,amount,handoff_id\n"
        "a,ben@acme.io,won,2026-10-01,,10,\n"
        "b,ben@acme.io,lost,2026-10-05,2026-10-04,10,\n"
        "c,ben@acme.io,won,2026-10-05,2027-10-05,10,\n"
        "\n"
        "d,ben@acme.io,paused,2026-10-05,,10,\n"
        ",ben@acme.io,open,2026-10-05,,10,\n"
        "f,zoe@acme.io,open,2026-10-05,,10,\n"
        "g,ben@acme.io,open,2026-10-05,,10,h9\n"
        "h,ben@acme.io,open,2026-13-05,,10,\n"
        "i,ben@acme.io,open,2026-10-05,,10,\n",
    )

    assert counts(report) == (9, 2, 0, 0, 7)
    assert report.left_out == 1, "an opening date that cannot be read leaves the row in"
    assert "“2026-13-05” is not a date" in report.left_out_reasons[0].reason
    assert report.rejected_file == staffed.folder / "deals.csv.rejected.csv"
    assert staffed.refused("deals") == {
        2: "The deal is won without a closing date.",
        3: "The deal was closed before it was opened.",
        4: "The deal was won in the future; if that is right, take it in with --yes.",
        6: "status: “paused” is not one of open, won, lost.",
        7: "deal_id is empty.",
        8: "zoe@acme.io is not in the roster; import the reps first, or write [create] reps in the map.",
        9: "There is no handoff “h9”; import the handoffs first.",
    }


def test_mended_rows_of_the_refused_file_can_be_imported_as_they_are(staffed: Importer) -> None:
    refused = staffed.take("deals", "deal_id,ae_email,status\nd1,ben@acme.io,wn\n").rejected_file
    assert refused is not None
    mended = refused.read_text().replace(",wn", ",open")

    assert counts(staffed.take("deals", mended)) == (1, 1, 0, 0, 0)


def test_a_deal_opened_and_won_on_one_day_took_no_days(staffed: Importer) -> None:
    head = "deal_id,ae_email,status,opened_at,closed_at\n"
    staffed.take(
        "deals",
        head
        + "d1,ben@acme.io,won,2026-10-05,2026-10-05\n"
        + "d2,ben@acme.io,won,2026-10-05,2026-10-05T15:00:00Z\n"
        + "d3,ben@acme.io,won,2026-10-05T08:00:00Z,2026-10-05\n",
    )

    assert [deal.deal_key for deal in staffed.all(Deal)] == ["d1", "d2", "d3"]
    assert all(deal.opened_at and deal.opened_at.date() == date(2026, 10, 5) for deal in staffed.all(Deal))


def test_an_open_deal_is_seen_first_when_it_is_first_imported(staffed: Importer) -> None:
    staffed.take("deals", DEALS)
    staffed.take("deals", DEALS.replace("Initech", "Initrode"), now=NOW + timedelta(days=7))
    deal = staffed.all(Deal)[1]

    assert (deal.opened_at, deal.first_seen_at, deal.company) == (None, NOW, "Initrode")


def test_what_a_deal_was_worth_before_is_remembered(staffed: Importer) -> None:
    later = NOW + timedelta(days=7)
    staffed.take("deals", DEALS)
    staffed.take("deals", DEALS.replace("2026-12-01,no", "2027-01-15,yes"), now=later)

    assert [(c.field, c.old, c.new, c.changed_at) for c in staffed.all(DealChange)] == [
        ("expected_close", "2026-12-01", "2027-01-15", later),
        ("timeline_confirmed", "no", "yes", later),
    ]


def test_an_open_deals_closing_date_is_no_closing(staffed: Importer) -> None:
    staffed.take("deals", "deal_id,ae_email,status,closed_at\nd1,ben@acme.io,open,2026-12-31\n")

    assert staffed.one(Deal).closed_at is None


def test_a_deal_finds_its_handoff(staffed: Importer) -> None:
    staffed.take("handoffs", HANDOFFS)
    staffed.take("deals", "deal_id,ae_email,status,handoff_id\nd1,ben@acme.io,open,h2\n")

    assert staffed.one(Deal).handoff_id == staffed.all(Handoff)[1].id


def test_a_decision_without_a_date_was_taken_when_the_lead_was_passed(staffed: Importer) -> None:
    head = "handoff_id,sdr_email,ae_email,company,passed_at,decision\n"
    staffed.take("handoffs", head + "h1,ana@acme.io,ben@acme.io,Globex,2026-10-05T09:00:00Z,accepted\n")
    handoff = staffed.one(Handoff)

    assert (handoff.decision, handoff.decided_at) == (Decision.ACCEPTED, handoff.passed_at)


def test_a_decision_before_the_lead_was_passed_is_refused(staffed: Importer) -> None:
    head = "handoff_id,sdr_email,ae_email,company,passed_at,decision,decided_at\n"
    report = staffed.take(
        "handoffs", head + "h1,ana@acme.io,ben@acme.io,Globex,2026-10-05,accepted,2026-10-04\n"
    )

    assert report.rejected == 1
    assert staffed.refused("handoffs") == {2: "The handoff was decided before it was passed."}


def test_a_reason_said_before_teaches_nothing_whatever_file_it_came_in(staffed: Importer) -> None:
    staffed.take("handoffs", HANDOFFS)
    assert [handoff.teaches for handoff in staffed.all(Handoff)] == [True, False, False]

    staffed.take(
        "handoffs",
        "handoff_id,sdr_email,ae_email,company,passed_at,decision,reason\n"
        "h0,ana@acme.io,ben@acme.io,Umbrella,2026-10-01,rejected,They have a BUDGET and a date in mind\n",
    )
    assert {handoff.handoff_key: handoff.teaches for handoff in staffed.all(Handoff)} == {
        "h0": True,
        "h1": False,
        "h2": False,
        "h3": False,
    }


def test_a_debrief_is_written_to_its_call(staffed: Importer) -> None:
    staffed.take("calls", CALLS)
    debriefs = (
        "source,call_id,rep_email,outcome,improve,tags,timeline\n"
        "zoom,c1,ana@acme.io,advanced,Ask sooner,Next step; pricing,yes\n"
        "zoom,c9,ana@acme.io,advanced,,,\n"
        "zoom,c1,ben@acme.io,advanced,,,\n"
    )
    assert counts(staffed.take("debriefs", debriefs)) == (3, 1, 0, 0, 2)
    assert counts(staffed.take("debriefs", debriefs)) == (3, 0, 0, 1, 2)

    debrief, call = staffed.one(Debrief), staffed.all(Call)[0]
    assert (debrief.call_id, debrief.call_started_at) == (call.id, call.started_at)
    assert (debrief.outcome, debrief.timeline_agreed, debrief.authority_reached) == (
        Outcome.ADVANCED,
        True,
        None,
    )
    assert [tag.tag for tag in staffed.all(DebriefTag)] == ["next_step", "pricing"]
    assert staffed.refused("debriefs")[3] == "This rep has no call “c9”; import the calls first."


def test_a_debrief_that_changes_keeps_what_it_said(staffed: Importer) -> None:
    staffed.take("calls", CALLS)
    head = "source,call_id,rep_email,outcome,tags\n"
    staffed.take("debriefs", head + "zoom,c1,ana@acme.io,advanced,pricing\n")
    report = staffed.take("debriefs", head + "zoom,c1,ana@acme.io,lost,need\n")

    before, after = staffed.one(DebriefVersion), staffed.one(Debrief)
    assert report.updated == 1
    assert (before.outcome, before.tags, before.version) == (Outcome.ADVANCED, "pricing", 1)
    assert (after.outcome, after.version, after.edited_at) == (Outcome.LOST, 2, NOW)
    assert staffed.one(DebriefTag).tag == "need"


def test_a_call_that_is_debriefed_by_file_is_asked_about_no_more(staffed: Importer) -> None:
    staffed.take("calls", CALLS)
    call = staffed.all(Call)[0]
    with staffed.db.begin() as session:
        session.add(
            Prompt(workspace_id=call.workspace_id, call_id=call.id, person_id=call.person_id, next_at=NOW)
        )
    staffed.take("debriefs", "source,call_id,rep_email,outcome\nzoom,c1,ana@acme.io,advanced\n")

    prompt = staffed.one(Prompt)
    assert (prompt.status, prompt.next_at) == (PromptStatus.ANSWERED, None)


def test_a_moved_call_takes_its_debrief_along(staffed: Importer) -> None:
    staffed.take("calls", CALLS)
    staffed.take("debriefs", "source,call_id,rep_email,outcome\nzoom,c1,ana@acme.io,advanced\n")
    staffed.take("calls", CALLS.replace("2026-10-05T09", "2026-10-04T09"))

    assert staffed.one(Debrief).call_started_at == datetime(2026, 10, 4, 9, tzinfo=UTC)


def test_a_commitment_is_due_a_week_after_its_session_unless_dated(staffed: Importer) -> None:
    head = "session_id,coach_email,learner_email,metric,held_on,minutes,due_on,kept\n"
    staffed.take(
        "sessions",
        head
        + "s1,ben@acme.io,ana@acme.io,qualified_rate,2026-10-05,,,yes\n"
        + "s2,ben@acme.io,ana@acme.io,Win_Rate,2026-10-05,45,2026-10-07,\n",
    )
    one, two = staffed.all(CoachingSession)

    assert (one.due_on, one.minutes, one.kept) == (date(2026, 10, 12), 30, True)
    assert (two.due_on, two.minutes, two.kept, two.metric) == (date(2026, 10, 7), 45, None, Metric.WIN_RATE)


@pytest.mark.parametrize(
    ("minutes", "coach", "reason"),
    [
        ("0", "ben@acme.io", "minutes: 0 is not between 1 and 480."),
        ("481", "ben@acme.io", "minutes: 481 is not between 1 and 480."),
        ("30", "ana@acme.io", "The coach and the learner are the same person."),
    ],
)
def test_a_session_that_cannot_have_been_is_refused(
    staffed: Importer, minutes: str, coach: str, reason: str
) -> None:
    head = "session_id,coach_email,learner_email,metric,held_on,minutes\n"
    staffed.take("sessions", f"{head}s1,{coach},ana@acme.io,qualified_rate,2026-10-05,{minutes}\n")

    assert staffed.refused("sessions") == {2: reason}


def test_an_account_has_one_value_a_day(staffed: Importer) -> None:
    staffed.take("accounts", FILES["accounts"])
    report = staffed.take("accounts", FILES["accounts"].replace("130", "0"))

    assert counts(report) == (2, 0, 1, 1, 0)
    assert [row.value for row in staffed.all(AccountValue)] == [Decimal(100), Decimal(0)]


def test_a_leave_that_ends_later_is_the_same_leave(staffed: Importer) -> None:
    staffed.take("leave", FILES["leave"])
    staffed.take("leave", FILES["leave"].replace("10-09", "10-16"))

    assert staffed.one(Leave).last_day == date(2026, 10, 16)


def test_names_stand_for_emails_everywhere(staffed: Importer) -> None:
    staffed.take(
        "handoffs",
        "handoff_id,sdr_name,ae_email,ae_name,company,passed_at\nh1,Ana  Diaz,,Ben Okoye,Globex,2026-10-05\n",
    )
    ana, ben, _ = staffed.all(Person)

    assert (staffed.one(Handoff).sdr_id, staffed.one(Handoff).ae_id) == (ana.id, ben.id)


def test_people_the_roster_lacks_are_created_with_the_first_row_that_stands(acme: Importer) -> None:
    mapping = Mapping(newcomers=Newcomers(Role.AE, "Imported"))
    deals = "deal_id,ae_name,status,closed_at\na,Zoe,won,\nb,Yan,open,\nc,Yan,open,\n"

    assert counts(acme.take("deals", deals, mapping=mapping, dry_run=True)) == (3, 2, 0, 0, 1)
    assert acme.all(Person) == []
    assert counts(acme.take("deals", deals, mapping=mapping)) == (3, 2, 0, 0, 1)
    assert [person.name for person in acme.all(Person)] == ["Yan"]
    assert acme.one(Membership).role is Role.AE
    assert {deal.ae_id for deal in acme.all(Deal)} == {acme.one(Person).id}
    assert [deal.status for deal in acme.all(Deal)] == [DealStatus.OPEN, DealStatus.OPEN]


def test_two_files_come_in_any_order(acme: Importer) -> None:
    mapping = Mapping(newcomers=Newcomers(Role.AE, "Imported"))
    acme.take("deals", "deal_id,ae_name,status\na,Ben Okoye,open\n", mapping=mapping)
    acme.take("reps", ROSTER)
    acme.take("deals", "deal_id,ae_email,status\na,ben@acme.io,open\n")

    assert sorted(person.name for person in acme.all(Person)) == ["Ana Diaz", "Ben Okoye", "Cy Marsh"]
    assert len(acme.all(Deal)) == 1


def test_a_newcomer_named_twice_is_one_person_wherever_a_batch_ends(acme: Importer) -> None:
    mapping = Mapping(newcomers=Newcomers(Role.SDR, "Imported"))
    row = "zoom,c1,Zoe,2026-10-05T09:00:00Z\n"
    report = acme.take("calls", "source,call_id,rep_name,started_at\n" + row * 3, mapping=mapping)

    assert counts(report) == (3, 1, 0, 2, 0)
    assert len(acme.all(Person)) == len(acme.all(Call)) == 1


def test_a_debrief_told_in_slack_and_again_by_file_was_submitted_in_slack(staffed: Importer) -> None:
    staffed.take("calls", CALLS)
    call = staffed.all(Call)[0]
    told = datetime(2026, 10, 5, 9, 31, tzinfo=UTC)
    with staffed.db.begin() as session:
        session.add(
            Debrief(
                workspace_id=call.workspace_id,
                call_id=call.id,
                person_id=call.person_id,
                call_started_at=call.started_at,
                outcome=Outcome.ADVANCED,
                submitted_at=told,
            )
        )
    head = "source,call_id,rep_email,outcome\n"

    assert staffed.take("debriefs", head + "zoom,c1,ana@acme.io,advanced\n").unchanged == 1
    assert staffed.take("debriefs", head + "zoom,c1,ana@acme.io,lost\n").updated == 1
    assert staffed.one(Debrief).submitted_at == told
