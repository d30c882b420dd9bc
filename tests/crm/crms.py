"""A workspace, a HubSpot and a Salesforce with a few deals in them."""

from datetime import UTC, datetime

from bot.crm import configured, services
from bot.crm import jobs as pull_crm
from bot.crm.jobs import Pulled
from bot.crm.services import Refused
from tests.support.doubles.http import Double
from tests.support.importing import Importer
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


def figures(pulled: list[Pulled]) -> list[tuple[int, int, int, int, int, str]]:
    return [(one.read, one.added, one.updated, one.unchanged, one.rejected, one.trouble) for one in pulled]
