"""What looks wrong in the whole of a file is asked about, what contradicts itself refused: neither is swallowed."""

from datetime import date, datetime
from typing import Any

import pytest

from bot.core.enums import DealStatus
from bot.imports.domain import ImportReport
from bot.tabular.mapping import parse
from storage.tables import Call, Deal, Person
from tests.support.importing import ROSTER, Importer

REPS = 5
CALL = "source,call_id,rep_email,started_at,duration_s\n"


@pytest.fixture
def floor(acme: Importer) -> Importer:
    """Five AEs."""
    acme.take(
        "reps", "email,name,role,team\n" + "".join(f"r{n}@acme.io,Rep {n},AE,East\n" for n in range(REPS))
    )
    return acme


def deals(
    rows: int,
    *,
    amounts: dict[int, str] | None = None,
    owners: dict[int, int] | None = None,
    lost: bool = True,
    first: int = 0,
) -> str:
    """Closed deals of 100 each, dealt out in turn; every fourth is lost unless none is."""
    lines = ["deal_id,ae_email,status,opened_at,closed_at,amount,currency"]
    for n in range(first, first + rows):
        status = "lost" if lost and n % 4 == 3 else "won"
        owner = (owners or {}).get(n, n % REPS)
        amount = (amounts or {}).get(n, "100")
        lines.append(f"d{n},r{owner}@acme.io,{status},2026-10-01,2026-10-20,{amount},USD")
    return "\n".join(lines) + "\n"


def asked(acme: Importer, content: str) -> str:
    """The one doubt of a file of which nothing was stored."""
    report = acme.take("deals", content)
    assert not report.is_stored
    assert acme.all(Deal) == []
    (doubt,) = report.doubts
    return doubt


def test_a_file_like_any_other_raises_no_doubt(floor: Importer) -> None:
    assert floor.take("deals", deals(40)).doubts == ()
    assert len(floor.all(Deal)) == 40


def test_a_stage_that_sounds_won_and_is_read_as_open_is_asked_about(floor: Importer) -> None:
    content = deals(40).replace(",won,", ",Deal won,").replace(",lost,", ",Verloren,")
    words = {"verloren": "lost", "*": "open"}

    report = floor.take("deals", content, mapping=parse({"values": {"status": words}}))
    assert report.doubts == (
        "30 × “Deal won” is read as open. If it is won, write "
        '[values.status] "Deal won" = "won" in the map, and else "Deal won" = "open".',
    )

    words["Deal won"] = "open"
    assert floor.take("deals", content, mapping=parse({"values": {"status": words}})).doubts == ()


def test_an_amount_a_thousand_times_the_others_is_asked_about_with_its_line(floor: Importer) -> None:
    assert "The amount in line 9, 100,000, is 1,000 times the middle one." in asked(
        floor, deals(40, amounts={7: "100000"})
    )


def test_an_amount_that_is_large_and_no_more_goes_in(floor: Importer) -> None:
    assert floor.take("deals", deals(40, amounts={7: "90000"})).added == 40


def test_a_file_in_thousands_beside_deals_in_ones_is_asked_about(floor: Importer) -> None:
    floor.take("deals", deals(40, amounts=dict.fromkeys(range(40), "50000")))
    report = floor.take("deals", deals(40, amounts=dict.fromkeys(range(40, 80), "50"), first=40))

    assert not report.is_stored
    assert "The middle amount is a 1,000th of that of the deals here" in report.doubts[0]
    assert len(floor.all(Deal)) == 40


def test_a_file_of_wins_without_a_loss_is_asked_about(floor: Importer) -> None:
    assert asked(floor, deals(20, lost=False)).startswith("20 deals are won and none is lost")
    assert floor.take("deals", deals(19, lost=False)).added == 19, "of a few that may well be"


def test_one_person_with_half_of_all_rows_is_asked_about(floor: Importer) -> None:
    half = asked(floor, deals(40, owners=dict.fromkeys(range(0, 40, 2), 2)))

    assert half.startswith("Rep 2 has ")
    assert "is that the person, or who made the records?" in half


def test_what_was_accepted_is_said(floor: Importer) -> None:
    report = floor.take("deals", deals(20, lost=False), yes=True)

    assert (report.added, report.accepted) == (20, True)
    assert report.doubts[0].startswith("20 deals are won")


def take_calls(acme: Importer, *rows: str, head: str = CALL, **mapping: Any) -> ImportReport:
    return acme.take("calls", head + "".join(f"{row}\n" for row in rows), mapping=parse(mapping))


@pytest.mark.parametrize("seconds", ["86400", "100000"])
def test_a_call_of_a_day_and_more_is_refused_whatever_one_says(staffed: Importer, seconds: str) -> None:
    row = f"zoom,c1,ana@acme.io,2026-10-05T09:00Z,{seconds}"
    report = staffed.take("calls", f"{CALL}{row}\nzoom,c2,ana@acme.io,2026-10-05T09:00Z,300\n", yes=True)

    assert (report.added, report.rejected) == (1, 1)
    assert "a day or more" in staffed.refused("calls")[2]
    assert "[units] duration_s" in report.reasons[0].mend


def test_decimals_under_seconds_are_asked_about(staffed: Importer) -> None:
    rows = [f"zoom,c{n},ana@acme.io,2026-10-05T0{n}:00Z,{n}.5" for n in range(1, 7)]
    report = take_calls(staffed, *rows)
    assert not report.is_stored
    assert report.doubts[0].startswith("Most durations have decimals")

    assert take_calls(staffed, *rows, units={"duration_s": "minutes"}).added == 6
    assert staffed.all(Call)[0].talk_seconds == 90


def test_an_empty_cell_and_every_other_word_mean_what_the_map_says(staffed: Importer) -> None:
    content = (
        "deal_id,ae_email,status,closed_at\n"
        "d1,ben@acme.io,,\nd2,ben@acme.io,Sealed,2026-10-20\nd3,ben@acme.io,Weighing it,\nd4,ben@acme.io,Test,\n"
    )
    words = {"Sealed": "won", "default": "open", "*": "open", "Test": "ignore"}
    report = staffed.take("deals", content, mapping=parse({"values": {"status": words}}))

    assert (report.added, report.rejected, report.left_out) == (3, 0, 1)
    assert {deal.deal_key: deal.status for deal in staffed.all(Deal)} == {
        "d1": DealStatus.OPEN,
        "d2": DealStatus.WON,
        "d3": DealStatus.OPEN,
    }


def test_without_default_an_empty_cell_is_refused_though_every_other_word_is_open(staffed: Importer) -> None:
    content = "deal_id,ae_email,status\nd1,ben@acme.io,\nd2,ben@acme.io,Weighing it\n"
    report = staffed.take("deals", content, mapping=parse({"values": {"status": {"*": "open"}}}))

    assert (report.added, report.rejected) == (1, 1)
    assert staffed.refused("deals") == {2: "status is empty."}


@pytest.mark.parametrize(
    ("names", "written", "known"),
    [
        ({}, '"Diaz, Ana"', "Ana Diaz"),
        ({}, "Ana Diaz", "Ana Diaz"),
        ({"order": "last first"}, "Diaz Ana", "Ana Diaz"),
        ({"order": "as written"}, '"Diaz, Ana"', "Diaz, Ana"),
    ],
)
def test_a_name_is_read_in_the_order_the_map_says(
    acme: Importer, names: dict[str, str], written: str, known: str
) -> None:
    create = {"reps": {"role": "AE", "team": "Imported"}}
    content = f"deal_id,ae_name,status\nd1,{written},open\n"
    acme.take("deals", content, mapping=parse({"names": names, "create": create}))

    assert [person.name for person in acme.all(Person)] == [known]


def test_names_in_the_order_of_the_map_are_the_people_of_the_roster(acme: Importer) -> None:
    acme.take("reps", ROSTER)
    content = "deal_id,ae_name,status,opened_at\nd1,Okoye Ben,open,2026-10-05\n"
    report = acme.take("deals", content, mapping=parse({"names": {"order": "last first"}}))

    assert (report.added, report.rejected) == (1, 0)
    (deal,) = acme.all(Deal)
    assert isinstance(deal.opened_at, datetime)
    assert deal.opened_at.date() == date(2026, 10, 5)
