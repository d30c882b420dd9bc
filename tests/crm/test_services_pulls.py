"""Deals and account values are read from a CRM, what changed since the last time, as a file would be."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import periods
from bot.core.enums import DealStatus, ImportKind, Role
from bot.core.errors import Misconfigured
from bot.crm import configured, services
from bot.crm import jobs as pull_crm
from bot.crm.jobs import Pulled
from bot.crm.services import Refused
from bot.scorecards.services import tallies
from storage.database import Database
from storage.tables import AccountValue, Deal, Person, Workspace
from tests.support.doubles.crms import TOKEN, HubSpotCrm, SalesforceOrg
from tests.support.doubles.http import Answer, Asked, Double, double
from tests.support.importing import ROSTER, Importer, importer
from tests.support.tools import tools

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)

HUBSPOT_DEALS = """
[columns]
deal_id = "id"
ae_email = "owner_email"
status = "dealstage"
opened_at = "createdate"
closed_at = "closedate"
amount = "amount"
company = "dealname"
[values.status]
closedwon = "won"
closedlost = "lost"
appointmentscheduled = "open"
[constants]
currency = "EUR"
"""
HUBSPOT_ACCOUNTS = """
[columns]
account = "name"
am_email = "owner_email"
as_of = "hs_lastmodifieddate"
value = "annualrevenue"
"""
SALESFORCE_DEALS = """
[columns]
deal_id = "Id"
ae_email = "Owner.Email"
status = "StageName"
opened_at = "CreatedDate"
closed_at = "CloseDate"
amount = "Amount"
company = "Account.Name"
[values.status]
"Closed Won" = "won"
"Closed Lost" = "lost"
Prospecting = "open"
"""


def hubspot_deal(changed: str, *, stage: str = "appointmentscheduled", owner: str = "7") -> dict[str, str]:
    return {
        "dealname": "Acme",
        "dealstage": stage,
        "amount": "1200.50",
        "createdate": "2026-10-01T08:00:00Z",
        "closedate": "2026-11-15T12:00:00Z",
        "hubspot_owner_id": owner,
        "hs_lastmodifieddate": changed,
    }


class Desk:
    """A workspace with a roster, and a CRM that it pulls from."""

    def __init__(self, acme: Importer, crm: Double, table: str, *maps: tuple[str, str]) -> None:
        self.acme, self.crm = acme, crm
        for name, text in maps:
            (acme.folder / f"{name}.toml").write_text(text, encoding="utf-8")
        file = acme.folder / f"crm-{id(self)}.toml"
        file.write_text(table.replace("URL", crm.url), encoding="utf-8")
        self.file = file
        self.configs = configured(file)

    def pulls(self, now: datetime = NOW) -> list[Pulled]:
        return pull_crm.pull_from_crms(
            tools(self.acme.db, self.acme.workspace_id, now=now, CORNERMAN_CRM=self.file)
        )

    def refused(self) -> list[Refused]:
        with self.acme.db.reading(self.acme.workspace_id, NOW) as books:
            return services.refused(books)


@pytest.fixture
def acme(db: Database, tmp_path: Path) -> Importer:
    acme = importer(db, tmp_path)
    acme.take("reps", ROSTER)
    return acme


@pytest.fixture
def hub() -> HubSpotCrm:
    days = ("2026-11-10", "2026-11-11", "2026-11-12")
    deals = {f"d{n}": hubspot_deal(f"{day}T08:00:00Z") for n, day in enumerate(days)}
    return HubSpotCrm(deals=deals)


@pytest.fixture
def hubspot(acme: Importer, hub: HubSpotCrm) -> Iterator[Desk]:
    table = f'[hubspot]\naccess_token = "{TOKEN}"\napi_url = "URL"\ndeals = "deals.toml"\n'
    with double(hub) as crm:
        yield Desk(acme, crm, table, ("deals", HUBSPOT_DEALS))


@pytest.fixture
def org() -> SalesforceOrg:
    def deal(changed: str) -> dict[str, object]:
        return {
            "StageName": "Prospecting",
            "Amount": 99.5,
            "CreatedDate": "2026-10-01T08:00:00.000+0000",
            "CloseDate": "2026-12-01",
            "Owner": {"Email": "ben@acme.io"},
            "Account": {"Name": "Acme"},
            "SystemModstamp": changed,
        }

    days = ("2026-11-10", "2026-11-11", "2026-11-12")
    return SalesforceOrg(
        {"Opportunity": {f"006{n}": deal(f"{d}T08:00:00.000+0000") for n, d in enumerate(days)}}
    )


@pytest.fixture
def salesforce(acme: Importer, org: SalesforceOrg) -> Iterator[Desk]:
    table = (
        '[salesforce]\ndomain = "acme.my"\nconsumer_key = "k"\nconsumer_secret = "s"\napi_url = "URL"\n'
        'deals = "deals.toml"\n'
    )
    with double(org) as crm:
        yield Desk(acme, crm, table, ("deals", SALESFORCE_DEALS))


def figures(pulled: list[Pulled]) -> list[tuple[int, int, int, int, int, str]]:
    return [(one.read, one.added, one.updated, one.unchanged, one.rejected, one.trouble) for one in pulled]


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


def test_a_company_deleted_in_hubspot_is_no_longer_held_unless_another_bears_its_name(acme: Importer) -> None:
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
        desk = Desk(acme, crm, table, ("accounts", HUBSPOT_ACCOUNTS))
        desk.pulls()
        hub.deletes("companies", "c1", "2026-11-16T09:10:00Z")
        hub.bin["c3"] = ("2026-11-16T09:11:00Z", company("Initech"))
        [pulled] = desk.pulls(NOW + timedelta(hours=1))

    assert (pulled.gone, pulled.trouble) == (1, "")
    values = {(one.account_key, str(one.as_of)): int(one.value) for one in acme.all(AccountValue)}
    assert values == {
        ("Globex", "2026-11-10"): 1000,
        ("Initech", "2026-11-10"): 1000,
        ("Globex", "2026-11-16"): 0,
    }


def test_account_values_come_from_companies(acme: Importer) -> None:
    about = {"name": "Globex", "annualrevenue": "500", "hubspot_owner_id": "7"}
    hub = HubSpotCrm(companies={"c1": about | {"hs_lastmodifieddate": "2026-11-10T08:00:00Z"}})
    table = f'[hubspot]\naccess_token = "{TOKEN}"\napi_url = "URL"\naccounts = "accounts.toml"\n'
    with double(hub) as crm:
        desk = Desk(acme, crm, table, ("accounts", HUBSPOT_ACCOUNTS))
        assert figures(desk.pulls()) == [(1, 1, 0, 0, 0, "")]
        hub.companies["c1"] |= {"annualrevenue": "0", "hs_lastmodifieddate": "2026-11-16T09:30:00Z"}
        desk.pulls(NOW + timedelta(hours=1))

    values = [(value.account_key, int(value.value)) for value in acme.all(AccountValue)]
    assert values == [("Globex", 500), ("Globex", 0)]


def test_patience_is_had_when_a_crm_asks_for_it(hubspot: Desk, salesforce: Desk) -> None:
    for desk in (hubspot, salesforce):
        desk.crm.first = [Answer(status=429, headers={"Retry-After": "0"})] if desk is hubspot else []
        assert [one.trouble for one in desk.pulls()] == [""]


def test_salesforces_query_is_asked_again_after_429(salesforce: Desk, org: SalesforceOrg) -> None:
    refusals = [Answer(status=429, headers={"Retry-After": "0"}), Answer(status=503)]
    salesforce.crm.answers = lambda asked: (
        refusals.pop() if refusals and asked.method == "GET" else org(asked)
    )

    assert figures(salesforce.pulls()) == [(3, 3, 0, 0, 0, "")]


def test_an_expired_token_is_a_sentence_and_the_next_pull_goes_on(hubspot: Desk, hub: HubSpotCrm) -> None:
    hubspot.crm.answers = lambda _: Answer({"status": "error", "message": "expired"}, 401)
    [broken] = hubspot.pulls()
    assert "withdrawn" in broken.trouble
    with hubspot.acme.db.reading(hubspot.acme.workspace_id, NOW) as books:
        [told] = services.troubled(books)
    assert told.last_whole is None

    hubspot.crm.answers = hub
    assert figures(hubspot.pulls(NOW + timedelta(hours=1))) == [(3, 3, 0, 0, 0, "")]
    with hubspot.acme.db.reading(hubspot.acme.workspace_id, NOW) as books:
        assert services.troubled(books) == []


def test_salesforces_refusals_are_sentences(salesforce: Desk, org: SalesforceOrg) -> None:
    org.secret = "another"
    assert "consumer_secret" in salesforce.pulls()[0].trouble
    org.secret = "s"

    refusals = {
        401: ("INVALID_SESSION_ID", "signs in anew"),
        400: ("No such column 'Amuont'", "Amuont"),
        403: ("REQUEST_LIMIT_EXCEEDED", "REQUEST_LIMIT_EXCEEDED"),
    }
    for hour, (status, (said, told)) in enumerate(refusals.items(), start=1):
        salesforce.crm.answers = partial(refusing, org, Answer([{"message": said}], status))
        assert told in salesforce.pulls(NOW + timedelta(hours=hour))[0].trouble


def refusing(org: SalesforceOrg, refusal: Answer, asked: Asked) -> Answer:
    """Lets one sign in, and answers nothing else."""
    return org(asked) if asked.path.endswith("/token") else refusal


def test_a_pull_that_breaks_off_keeps_what_it_read(hubspot: Desk, hub: HubSpotCrm) -> None:
    hubspot.crm.answers = lambda asked: (
        Answer({}, 403) if asked.body and asked.json.get("after") == "2" else hub(asked)
    )
    [broken] = hubspot.pulls()

    assert (broken.added, "scopes" in broken.trouble) == (2, True)
    hubspot.crm.answers = hub
    assert figures(hubspot.pulls(NOW + timedelta(hours=1))) == [(2, 1, 0, 1, 0, "")]


def test_a_crm_that_is_gone_is_a_sentence(acme: Importer, hub: HubSpotCrm, org: SalesforceOrg) -> None:
    with double(org) as crm:
        table = '[salesforce]\ndomain = "a"\nconsumer_key = "k"\nconsumer_secret = "s"\napi_url = "URL"\n'
        desk = Desk(acme, crm, table + 'deals = "deals.toml"\n', ("deals", SALESFORCE_DEALS))

    assert "cannot be reached" in desk.pulls()[0].trouble


def test_a_map_that_names_no_field_is_a_sentence(acme: Importer, org: SalesforceOrg) -> None:
    with double(org) as crm:
        table = '[salesforce]\ndomain = "a"\nconsumer_key = "k"\nconsumer_secret = "s"\napi_url = "URL"\n'
        evil = SALESFORCE_DEALS.replace('"Amount"', '"Amount FROM User --"')
        desk = Desk(acme, crm, table + 'deals = "deals.toml"\n', ("deals", evil))
        assert "no field of Salesforce" in desk.pulls()[0].trouble
    assert org.questions == []


def test_two_workspaces_need_a_team_to_be_named(hubspot: Desk) -> None:
    with hubspot.acme.db.begin() as session:
        session.add(Workspace(name="Globex", slack_team_id="T2"))
        session.get_one(Workspace, hubspot.acme.workspace_id).slack_team_id = "T1"
    assert hubspot.pulls() == []

    hubspot.file.write_text(hubspot.file.read_text(encoding="utf-8") + 'team = "T1"\n', encoding="utf-8")
    assert len(hubspot.pulls()) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[hubspot", "not TOML"),
        ('[pipedrive]\ndeals = "deals.toml"', "no CRM that I know"),
        ('[hubspot]\naccess_token = "x"', "names no map"),
        ("[hubspot]\nport = 1", "text in quotes"),
        ('[hubspot]\ndeals = "missing.toml"', "cannot be opened"),
        ('[hubspot]\ndeals = "empty.toml"', "names no"),
    ],
)
def test_a_file_that_is_wrong_is_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    file = tmp_path / "crm.toml"
    file.write_text(content, encoding="utf-8")
    (tmp_path / "empty.toml").write_text("", encoding="utf-8")

    with pytest.raises(Misconfigured, match=sentence):
        configured(file)


def test_a_missing_credential_is_named(acme: Importer, hub: HubSpotCrm) -> None:
    with double(hub) as crm:
        desk = Desk(acme, crm, '[hubspot]\ndeals = "deals.toml"\n', ("deals", HUBSPOT_DEALS))
    assert "lacks access_token" in desk.pulls()[0].trouble
    assert desk.configs[0].maps[ImportKind.DEALS].constants == {"currency": "EUR"}


def test_a_page_that_names_itself_as_the_next_ends_the_pull(hubspot: Desk, salesforce: Desk) -> None:
    endless = {"results": [], "paging": {"next": {"after": "100"}}}
    hubspot.crm.answers = lambda _: Answer(endless)
    salesforce.crm.answers = partial(
        refusing, SalesforceOrg(), Answer({"records": [], "done": False, "nextRecordsUrl": "/x/query/1"})
    )

    assert "same page" in hubspot.pulls()[0].trouble
    assert "same page" in salesforce.pulls()[0].trouble
