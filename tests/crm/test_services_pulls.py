"""Deals and account values are read from a CRM, what changed since the last time, as a file would be."""

from datetime import UTC, datetime, timedelta

from bot.core.enums import DealStatus
from storage.tables import AccountValue, Deal, Workspace
from tests.crm.crms import HUBSPOT_ACCOUNTS, NOW, Desk, figures, hubspot_deal
from tests.support.doubles.crms import TOKEN, HubSpotCrm, SalesforceOrg
from tests.support.doubles.http import Answer, Double, double
from tests.support.importing import ROSTER, Importer


def test_every_page_of_hubspots_deals_comes_in(hubspot: Desk) -> None:
    assert figures(hubspot.pulls()) == [(3, 3, 0, 0, 0, "")]
    deals = hubspot.acme.all(Deal)
    assert [(deal.deal_key, deal.status, deal.currency, str(deal.amount)) for deal in deals] == [
        (f"d{n}", DealStatus.OPEN, "EUR", "1200.5") for n in range(3)
    ]


def test_every_page_of_salesforces_opportunities_comes_in(salesforce: Desk) -> None:
    assert figures(salesforce.pulls()) == [(3, 3, 0, 0, 0, "")]
    assert {(deal.company, str(deal.amount)) for deal in salesforce.acme.all(Deal)} == {("Acme", "99.5")}


def test_it_comes_once_an_hour_and_reads_only_what_changed(hubspot: Desk, hub: HubSpotCrm) -> None:
    hubspot.pulls()
    assert hubspot.pulls(NOW + timedelta(minutes=59)) == []

    hub.deals["d0"] = hubspot_deal("2026-11-16T09:30:00Z", stage="closedwon")

    assert figures(hubspot.pulls(NOW + timedelta(hours=1))) == [(2, 0, 1, 1, 0, "")]
    [won] = [deal for deal in hubspot.acme.all(Deal) if deal.status is DealStatus.WON]
    assert won.closed_at == datetime(2026, 11, 15, 12, 0, tzinfo=UTC)


def test_salesforce_is_asked_for_what_changed(salesforce: Desk, org: SalesforceOrg) -> None:
    salesforce.pulls()
    salesforce.pulls(NOW + timedelta(hours=1))

    assert "WHERE" not in org.questions[0]
    assert "SystemModstamp >= 2026-11-12T07:58:00Z" in org.questions[1]
    assert not re_writes(salesforce.crm)


def re_writes(crm: Double) -> bool:
    """Whether anything but a question or a sign-in was sent."""
    return any(one.method != "GET" and "/token" not in one.path for one in crm.asked)


def test_a_row_that_is_refused_is_told_and_tried_again(hubspot: Desk, hub: HubSpotCrm) -> None:
    hub.deals["d1"] = hubspot_deal("2026-11-11T08:00:00Z", owner="8")

    assert figures(hubspot.pulls()) == [(3, 2, 0, 0, 1, "")]
    [refused] = hubspot.refused()
    assert "who@acme.io is not in the roster" in refused.reason
    assert (refused.crm, refused.kind, refused.rows) == ("hubspot", "deals", 1)

    hubspot.acme.take("reps", ROSTER + "who@acme.io,Who,AE,East,no\n")
    assert figures(hubspot.pulls(NOW + timedelta(hours=1))) == [(2, 1, 0, 1, 0, "")]
    assert hubspot.refused() == []


def test_account_values_come_from_companies(staffed: Importer) -> None:
    about = {"name": "Globex", "annualrevenue": "500", "hubspot_owner_id": "7"}
    hub = HubSpotCrm(companies={"c1": about | {"hs_lastmodifieddate": "2026-11-10T08:00:00Z"}})
    table = f'[hubspot]\naccess_token = "{TOKEN}"\napi_url = "URL"\naccounts = "accounts.toml"\n'
    with double(hub) as crm:
        desk = Desk(staffed, crm, table, ("accounts", HUBSPOT_ACCOUNTS))
        assert figures(desk.pulls()) == [(1, 1, 0, 0, 0, "")]
        hub.companies["c1"] |= {"annualrevenue": "0", "hs_lastmodifieddate": "2026-11-16T09:30:00Z"}
        desk.pulls(NOW + timedelta(hours=1))

    values = [(value.account_key, int(value.value)) for value in staffed.all(AccountValue)]
    assert values == [("Globex", 500), ("Globex", 0)]


def test_a_pull_that_breaks_off_keeps_what_it_read(hubspot: Desk, hub: HubSpotCrm) -> None:
    hubspot.crm.answers = lambda asked: (
        Answer({}, 403) if asked.body and asked.json.get("after") == "2" else hub(asked)
    )
    [broken] = hubspot.pulls()

    assert (broken.added, "scopes" in broken.trouble) == (2, True)
    hubspot.crm.answers = hub
    assert figures(hubspot.pulls(NOW + timedelta(hours=1))) == [(2, 1, 0, 1, 0, "")]


def test_two_workspaces_need_a_team_to_be_named(hubspot: Desk) -> None:
    with hubspot.acme.db.begin() as session:
        session.add(Workspace(name="Globex", slack_team_id="T2"))
        session.get_one(Workspace, hubspot.acme.workspace_id).slack_team_id = "T1"
    assert hubspot.pulls() == []

    hubspot.file.write_text(hubspot.file.read_text(encoding="utf-8") + 'team = "T1"\n', encoding="utf-8")
    assert len(hubspot.pulls()) == 1
