"""What was deleted, merged or given on in a CRM is so here, and a win stays with whoever closed it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.calendar import periods
from bot.core.enums import Role
from bot.scorecards.services import tallies
from storage.tables import AccountValue, Deal, Person
from tests.crm.crms import HUBSPOT_ACCOUNTS, NOW, Desk, hubspot_deal
from tests.support.doubles.crms import TOKEN, HubSpotCrm, SalesforceOrg
from tests.support.doubles.http import double
from tests.support.importing import Importer


def test_a_deal_deleted_in_hubspot_is_gone_here_too(hubspot: Desk, hub: HubSpotCrm) -> None:
    hubspot.pulls()
    hub.deletes("deals", "d1", "2026-11-16T09:10:00Z")
    hub.bin["d9"] = ("2026-11-01T09:10:00Z", hubspot_deal("2026-11-01T08:00:00Z"))
    [pulled] = hubspot.pulls(NOW + timedelta(hours=1))

    assert (pulled.gone, pulled.trouble) == (1, "")
    assert [deal.deal_key for deal in hubspot.acme.all(Deal)] == ["d0", "d2"]
    assert [one.gone for one in hubspot.pulls(NOW + timedelta(hours=2))] == [0]


def test_a_deal_that_waits_to_be_taken_in_waits_no_more_when_it_is_deleted(
    hubspot: Desk, hub: HubSpotCrm
) -> None:
    hub.deals["d1"] = hubspot_deal("2026-11-13T08:00:00Z", owner="8")
    hubspot.pulls()
    assert [one.rows for one in hubspot.refused()] == [1]

    hub.deletes("deals", "d1", "2026-11-16T09:10:00Z")
    hubspot.pulls(NOW + timedelta(hours=1))
    assert hubspot.refused() == []


def test_merged_deals_of_hubspot_are_one_deal_that_keeps_who_closed_it(
    hubspot: Desk, hub: HubSpotCrm
) -> None:
    hub.deals["d1"] = hubspot_deal("2026-11-13T08:00:00Z", stage="closedwon")
    hubspot.pulls()
    won = next(deal for deal in hubspot.acme.all(Deal) if deal.deal_key == "d1")
    hub.deals = {
        "d2": hub.deals["d2"],
        "m": hubspot_deal("2026-11-16T09:10:00Z", stage="closedwon") | {"hs_merged_object_ids": "d0;d1"},
    }
    [pulled] = hubspot.pulls(NOW + timedelta(hours=1))

    assert pulled.gone == 1
    assert {deal.deal_key: deal.id == won.id for deal in hubspot.acme.all(Deal)} == {"m": True, "d2": False}
    assert [one.gone for one in hubspot.pulls(NOW + timedelta(hours=2))] == [0]


def test_a_win_stays_with_whoever_closed_it_when_the_deal_is_given_on(hubspot: Desk, hub: HubSpotCrm) -> None:
    hub.deals["d1"] = hubspot_deal("2026-11-13T08:00:00Z", stage="closedwon")
    hubspot.pulls()
    hubspot.acme.take("reps", "email,name,role,team\nwho@acme.io,Who Else,AE,East\n")
    hub.deals["d1"] = hubspot_deal("2026-11-16T09:10:00Z", stage="closedwon", owner="8")
    hubspot.pulls(NOW + timedelta(hours=1))

    names = {person.id: person.name for person in hubspot.acme.all(Person)}
    given = next(deal for deal in hubspot.acme.all(Deal) if deal.deal_key == "d1")
    assert (names[given.ae_id], names[given.closed_by_id or 0]) == ("Who Else", "Ben Okoye")
    period = periods.parse("2026-11", now=NOW, zone=ZoneInfo("UTC"))
    with hubspot.acme.db.reading(hubspot.acme.workspace_id, NOW) as books:
        rows = tallies.of_role(books, Role.AE, period, as_of=NOW + timedelta(days=1))
    assert {names[row.rep]: row.tally.won for row in rows} == {"Ben Okoye": 1, "Who Else": 0}


def test_an_opportunity_in_salesforces_bin_is_gone_here_too(salesforce: Desk, org: SalesforceOrg) -> None:
    salesforce.pulls()
    org.records["Opportunity"]["0061"] |= {
        "IsDeleted": True,
        "SystemModstamp": "2026-11-16T09:10:00.000+0000",
    }
    [pulled] = salesforce.pulls(NOW + timedelta(hours=1))

    assert (pulled.gone, pulled.trouble) == (1, "")
    assert [deal.deal_key for deal in salesforce.acme.all(Deal)] == ["0060", "0062"]


def test_a_company_deleted_in_hubspot_is_no_longer_held_unless_another_bears_its_name(
    staffed: Importer,
) -> None:
    def company(name: str) -> dict[str, str]:
        return {
            "name": name,
            "annualrevenue": "1000",
            "hubspot_owner_id": "7",
            "hs_lastmodifieddate": "2026-11-10T08:00:00Z",
        }

    hub = HubSpotCrm(companies={"c1": company("Globex"), "c2": company("Initech")})
    table = f'[hubspot]\naccess_token = "{TOKEN}"\napi_url = "URL"\naccounts = "accounts.toml"\n'
    with double(hub) as crm:
        desk = Desk(staffed, crm, table, ("accounts", HUBSPOT_ACCOUNTS))
        desk.pulls()
        hub.deletes("companies", "c1", "2026-11-16T09:10:00Z")
        hub.bin["c3"] = ("2026-11-16T09:11:00Z", company("Initech"))
        [pulled] = desk.pulls(NOW + timedelta(hours=1))

    assert (pulled.gone, pulled.trouble) == (1, "")
    values = {(one.account_key, str(one.as_of)): int(one.value) for one in staffed.all(AccountValue)}
    assert values == {
        ("Globex", "2026-11-10"): 1000,
        ("Initech", "2026-11-10"): 1000,
        ("Globex", "2026-11-16"): 0,
    }
