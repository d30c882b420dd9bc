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
