"""Goals in money come in by their rep or role, and their month or quarter."""

from decimal import Decimal

from storage.tables import Person, Quota
from tests.support.importing import ROSTER, Importer, counts

HEAD = "rep_email,role,period,amount,currency\n"
QUOTAS = HEAD + 'ben@acme.io,,2026-q4,120000,eur\n,AE,2026-Q4,"100,000",\n,AM,2026-10,20000,USD\n'


def test_a_goal_of_a_rep_and_of_a_role_is_taken_once(acme: Importer) -> None:
    acme.take("reps", ROSTER)
    assert counts(acme.take("quotas", QUOTAS)) == (3, 3, 0, 0, 0)
    assert counts(acme.take("quotas", QUOTAS)) == (3, 0, 0, 3, 0)

    ben = next(one.id for one in acme.all(Person) if one.email == "ben@acme.io")
    assert [(one.person_id, one.role, one.period, one.amount, one.currency) for one in acme.all(Quota)] == [
        (ben, None, "2026-Q4", Decimal(120_000), "EUR"),
        (None, "AE", "2026-Q4", Decimal(100_000), ""),
        (None, "AM", "2026-10", Decimal(20_000), "USD"),
    ]


def test_a_corrected_goal_replaces_the_one_of_its_period(acme: Importer) -> None:
    acme.take("reps", ROSTER)
    acme.take("quotas", QUOTAS)

    assert counts(acme.take("quotas", "rep_name,period,amount\nBen Okoye,2026-Q4,90000\n")) == (1, 0, 1, 0, 0)
    assert acme.all(Quota)[0].amount == 90_000


def test_what_is_no_goal_stays_out(acme: Importer) -> None:
    acme.take("reps", ROSTER)
    acme.take(
        "quotas",
        HEAD + "eve@acme.io,,2026-Q4,1,\n,,2026-Q4,1,\n,SDR,2026-Q4,1,\n,AE,2026-W40,1,\n,AE,2026-Q4,-1,\n",
    )

    assert acme.all(Quota) == []
    assert acme.refused("quotas") == {
        2: "eve@acme.io is not in the roster; import the reps first.",
        3: "Say whose goal it is: rep_email, or role for each rep of a role.",
        4: "A goal in money is an AE's or an AM's; this one is for SDR.",
        5: "period: a goal is for a month like 2026-10 or a quarter like 2026-Q4.",
        6: "amount: -1.0000 is negative.",
    }


def test_a_goal_that_nothing_would_be_held_to_is_refused(acme: Importer) -> None:
    acme.take("reps", ROSTER)
    acme.take("quotas", HEAD + "ana@acme.io,,2026-Q4,1000,\ncy@acme.io,,2026-Q4,1000,\n")

    assert [one.amount for one in acme.all(Quota)] == [1_000]
    assert acme.refused("quotas") == {
        2: "A goal in money is an AE's or an AM's, and Ana Diaz is neither, so nothing would be held to it.",
    }


def test_one_goal_in_two_lines_is_asked_about_and_in_two_ways_refused(acme: Importer) -> None:
    acme.take("reps", ROSTER)
    twice = acme.take("quotas", HEAD + "ben@acme.io,,2026-Q4,1000,\nben@acme.io,,2026-Q4,2000,\n")
    assert "the later would overwrite the earlier" in twice.doubts[0]
    assert acme.all(Quota) == []

    head = "rep_email,rep_name,role,period,amount\n"
    acme.take(
        "quotas",
        head + "ben@acme.io,,,2026-Q4,1000\n,Ben Okoye,,2026-q4,2000\nben@acme.io,,AE,2026-Q4,3000\n",
    )
    assert [one.amount for one in acme.all(Quota)] == [1_000]
    told = "Line 2 sets the same goal, whatever it calls its owner; keep one of the two."
    assert acme.refused("quotas") == {3: told, 4: told}


def test_a_currency_that_is_none_is_refused(acme: Importer) -> None:
    acme.take("reps", ROSTER)
    acme.take("quotas", HEAD + "ben@acme.io,,2026-Q4,1000,ZZQ\ncy@acme.io,,2026-Q4,1000,dem\n")

    assert [one.currency for one in acme.all(Quota)] == ["DEM"], "one that is no more had its deals"
    assert acme.refused("quotas") == {2: "currency: “ZZQ” is not a currency's code; write it like USD."}
