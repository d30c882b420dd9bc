"""What the tests of this room may ask for."""

from collections.abc import Iterator

import pytest

from tests.crm.crms import HUBSPOT_DEALS, SALESFORCE_DEALS, Desk, hubspot_deal
from tests.support.doubles.crms import TOKEN, HubSpotCrm, SalesforceOrg
from tests.support.doubles.http import double
from tests.support.importing import Importer


@pytest.fixture
def hub() -> HubSpotCrm:
    days = ("2026-11-10", "2026-11-11", "2026-11-12")
    deals = {f"d{n}": hubspot_deal(f"{day}T08:00:00Z") for n, day in enumerate(days)}
    return HubSpotCrm(deals=deals)


@pytest.fixture
def hubspot(staffed: Importer, hub: HubSpotCrm) -> Iterator[Desk]:
    table = f'[hubspot]\naccess_token = "{TOKEN}"\napi_url = "URL"\ndeals = "deals.toml"\n'
    with double(hub) as crm:
        yield Desk(staffed, crm, table, ("deals", HUBSPOT_DEALS))


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
def salesforce(staffed: Importer, org: SalesforceOrg) -> Iterator[Desk]:
    table = (
        '[salesforce]\ndomain = "acme.my"\nconsumer_key = "k"\nconsumer_secret = "s"\napi_url = "URL"\n'
        'deals = "deals.toml"\n'
    )
    with double(org) as crm:
        yield Desk(staffed, crm, table, ("deals", SALESFORCE_DEALS))
