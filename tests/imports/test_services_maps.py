"""What a map may say of files whose columns are not ours one by one, and what the maps of known exports say."""

from typing import Any

import pytest

from bot.core.enums import DealStatus
from bot.core.errors import BadInput
from bot.imports.services.recognise import recognised
from bot.tabular.mapping import parse
from storage.tables import Call, Deal, StrayCall
from tests.support.importing import Importer

DEALS = (
    "ID,Owner,Phase,Kind,Closed\n1,Ben Okoye,Closed - lost to price,New,2026-10-20\n"
    "2,Ben Okoye,Verbal,New,\n3,Ben Okoye,Verbal,Renewal 2026,\n4,Ben Okoye,Verbal,,\n,,,,\n"
)
COLUMNS = {"deal_id": "ID", "ae_name": "Owner", "status": "Phase", "closed_at": "Closed"}


def test_a_word_may_stand_for_many_and_rows_be_left_out_by_a_column_of_theirs(staffed: Importer) -> None:
    words = {"*lost*": "lost", "*": "open"}
    document = {"columns": COLUMNS, "values": {"status": words}, "leave_out": {"kind": ["Renewal*", ""]}}
    report = staffed.take("deals", DEALS, mapping=parse(document))

    assert (report.added, report.left_out, report.rejected) == (2, 3, 0), "the line of separators too"
    assert [deal.status for deal in staffed.all(Deal)] == [DealStatus.LOST, DealStatus.OPEN]
    with pytest.raises(BadInput, match="no column “nobody”"):
        staffed.take("deals", DEALS, mapping=parse(document | {"leave_out": {"nobody": "x"}}))


def test_a_row_that_is_ignored_by_its_key_is_left_out_before_anybody_is_looked_for(staffed: Importer) -> None:
    subitems = DEALS + "Subitems,Name,Owner,,\n,Kickoff,Nobody,,\n"
    words = {
        "status": {"*": "open", "*lost*": "lost"},
        "deal_id": {"default": "ignore", "Subitems": "ignore"},
    }
    report = staffed.take("deals", subitems, mapping=parse({"columns": COLUMNS, "values": words}))

    assert (report.added, report.rejected, report.left_out) == (4, 0, 3)


@pytest.mark.parametrize(
    "odd",
    [
        {"columns": {"started_at": {"together": ["Date"]}}},
        {"columns": {"started_at": {"inbound": "To"}}},
        {"columns": {"started_at": {"joined": ["Date", "Time"]}}},
        {"leave_out": {"Kind": []}},
        {"leave_out": {"Kind": [["x"]]}},
    ],
    ids=str,
)
def test_a_map_that_says_it_wrongly_is_told_how(odd: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match=r"In the map, \[(columns|leave_out)\]"):
        parse(odd)


PIPEDRIVE = (
    "Deal - ID,Deal - Title,Deal - Owner,Deal - Status,Deal - Deal created,Deal - Won time,Deal - Lost time\n"
    "1,Globex,Ben Okoye,Won,09/21/2026 09:00,10/20/2026 15:05,\n"
    "2,Initech,Ben Okoye,Lost,09/22/2026 09:00,,10/14/2026 10:00\n"
)


def test_dates_in_the_first_column_that_is_filled_are_told_like_any_other(staffed: Importer) -> None:
    path = staffed.folder / "pipedrive.csv"
    path.write_text(PIPEDRIVE, encoding="utf-8")
    report = staffed.take_path("deals", path, mapping=recognised(path, kind=None, mapping=None).mapping)

    assert (report.added, report.rejected) == (2, 0)
    assert [str(deal.closed_at.date()) for deal in staffed.all(Deal) if deal.closed_at] == [
        "2026-10-20",
        "2026-10-14",
    ]


def known_export(acme: Importer, text: str) -> Any:
    path = acme.folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    found = recognised(path, kind=None, mapping=None)
    return acme.take_path(found.kind, path, mapping=found.mapping)


def test_legs_faxes_and_colleagues_of_ringcentrals_log_are_left_out(staffed: Importer) -> None:
    head = (
        "Type,CallId,SessionId,Leg,Direction,From,To,Extension,Forwarded To,Name,Date,Time,Action,Action Result,"
        "Duration\n"
    )
    when = "Mon 10/26/2026,3:05:30 PM,VoIP Call"
    report = known_export(
        staffed,
        f"{head}Voice,K1,7,Leg-master,Incoming,+15550100,+15550199,Ben Okoye,,Dana,{when},Accepted,00:05:23\n"
        f",,,Leg-1,Incoming,,,Ben Okoye,,,{when},Accepted,00:05:23\n"
        f"Fax,K2,8,Leg-master,Outgoing,+15550199,+15550100,Ben Okoye,,Dana,{when},Sent,00:00:10\n"
        f"Voice,K3,9,Leg-master,Incoming,102,101,Ben Okoye,,Cy,{when},Accepted,00:01:00\n"
        f"Voice,K4,9,Leg-master,Outgoing,+15550199,+15550100,Ben Okoye,,Dana,{when},No Answer,00:00:20\n",
    )

    assert (report.added, report.left_out, report.rejected) == (2, 3, 0)
    taken, missed = staffed.all(Call)
    assert (taken.call_key.split()[0], taken.contact, taken.talk_seconds) == ("K1", "+15550100", 323)
    assert not missed.completed


def test_zooms_internal_calls_are_left_out_and_a_taken_call_is_the_called_ones(staffed: Importer) -> None:
    head = (
        "call_id,connect_type,direction,caller_email,caller_name,callee_email,callee_name,start_time,end_time,"
        "duration\n"
    )
    span = "2026-10-05T09:00:00Z,2026-10-05T09:05:23Z,323"
    report = known_export(
        staffed,
        f"{head}z1,external,inbound,,Dana,ben@acme.io,Ben,{span}\n"
        f"z2,internal,outbound,ben@acme.io,Ben,ana@acme.io,Ana,{span}\n",
    )

    assert (report.added, report.left_out) == (1, 1)
    assert (staffed.one(Call).contact, staffed.one(Call).talk_seconds) == ("Dana", 323)


def test_whom_outreach_knows_by_a_number_waits_to_be_named(staffed: Importer) -> None:
    report = known_export(
        staffed,
        "id,userId,answeredAt,completedAt,direction,outcome,from,to\n"
        "1,4711,2026-10-05T09:00:00Z,2026-10-05T09:05:23Z,outbound,Answered,+1,+2\n",
    )

    assert (report.added, report.waiting) == (0, 1)
    assert staffed.one(StrayCall).talk_seconds == 323
