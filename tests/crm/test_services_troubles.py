"""A CRM that is slow, gone or refuses is waited for or told in a sentence, and the next pull goes on."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.core.enums import ImportKind
from bot.core.errors import Misconfigured
from bot.crm import configured, services
from tests.crm.crms import HUBSPOT_DEALS, NOW, SALESFORCE_DEALS, Desk, figures
from tests.support.doubles.crms import HubSpotCrm, SalesforceOrg
from tests.support.doubles.http import Answer, Asked, double
from tests.support.importing import Importer


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


def test_a_crm_that_is_gone_is_a_sentence(staffed: Importer, hub: HubSpotCrm, org: SalesforceOrg) -> None:
    with double(org) as crm:
        table = '[salesforce]\ndomain = "a"\nconsumer_key = "k"\nconsumer_secret = "s"\napi_url = "URL"\n'
        desk = Desk(staffed, crm, table + 'deals = "deals.toml"\n', ("deals", SALESFORCE_DEALS))

    assert "cannot be reached" in desk.pulls()[0].trouble


def test_a_map_that_names_no_field_is_a_sentence(staffed: Importer, org: SalesforceOrg) -> None:
    with double(org) as crm:
        table = '[salesforce]\ndomain = "a"\nconsumer_key = "k"\nconsumer_secret = "s"\napi_url = "URL"\n'
        evil = SALESFORCE_DEALS.replace('"Amount"', '"Amount FROM User --"')
        desk = Desk(staffed, crm, table + 'deals = "deals.toml"\n', ("deals", evil))
        assert "no field of Salesforce" in desk.pulls()[0].trouble
    assert org.questions == []


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


def test_a_missing_credential_is_named(staffed: Importer, hub: HubSpotCrm) -> None:
    with double(hub) as crm:
        desk = Desk(staffed, crm, '[hubspot]\ndeals = "deals.toml"\n', ("deals", HUBSPOT_DEALS))
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
