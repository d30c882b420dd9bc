"""People the roster lacks are created with the first row of theirs that stands."""

from bot.core.enums import DealStatus, Role
from bot.tabular.mapping import Mapping, Newcomers
from storage.tables import (
    Call,
    Deal,
    Membership,
    Person,
)
from tests.support.importing import Importer, counts


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


def test_a_newcomer_named_twice_is_one_person_wherever_a_batch_ends(acme: Importer) -> None:
    mapping = Mapping(newcomers=Newcomers(Role.SDR, "Imported"))
    row = "zoom,c1,Zoe,2026-10-05T09:00:00Z\n"
    report = acme.take("calls", "source,call_id,rep_name,started_at\n" + row * 3, mapping=mapping)

    assert counts(report) == (3, 1, 0, 2, 0)
    assert len(acme.all(Person)) == len(acme.all(Call)) == 1
