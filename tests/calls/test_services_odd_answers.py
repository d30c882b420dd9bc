"""An API may answer anything: what comes of it is calls and rows, or a sentence."""

import copy
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from bot.calls.jobs import backfill
from bot.calls.logs import LOGS
from bot.core.enums import ImportKind
from bot.core.errors import CoachError
from bot.crm import CrmConfig
from bot.crm import jobs as pull_crm
from bot.tabular import mapping
from storage.database import Database
from storage.tables import Workspace
from tests.support.builders import workspace
from tests.support.doubles.crms import TOKEN, HubSpotCrm, SalesforceOrg
from tests.support.doubles.every_call_log import CREDENTIALS, DOUBLES
from tests.support.doubles.http import Answer, Answers, Asked, double
from tests.support.properties import examples

NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
SCALAR = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
)
ANYTHING = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
)
QUICK = examples(6, suppress_health_check=[HealthCheck.function_scoped_fixture])


def places(body: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where in a body something may be put in place of what is there."""
    inside = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    return [path, *(found for key, value in inside for found in places(value, (*path, key)))]


def odd(answers: Answers, place: int, value: Any, asked: Asked) -> Answer:
    """The right answer, but for one place; signing in goes well."""
    answer = answers(asked)
    if "token" in asked.path:
        return answer
    body = copy.deepcopy(answer.body)
    every = places(body)
    path = every[place % len(every)]
    if not path:
        return Answer(value)
    target = body
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    return Answer(body)


@pytest.mark.parametrize("source", sorted(LOGS))
@QUICK
@given(place=st.integers(0, 200), value=ANYTHING)
def test_a_call_log(db: Database, source: str, place: int, value: Any) -> None:
    with db.begin() as session:
        workspace_id = workspace(session).workspace_id
    began = NOW - timedelta(hours=3)
    with double(partial(odd, DOUBLES[source](began), place, value)) as log:
        said = CREDENTIALS[source] | {"api_url": log.url, "sign_in_url": log.url}
        ask = partial(backfill.run, db, workspace_id, {source: said}, source, now=NOW, wait=lambda _: None)
        told = sentence_or(lambda: ask(since=began - timedelta(minutes=5), until=NOW))
    assert isinstance(told, str) or told.read <= 4


@pytest.mark.parametrize("crm", ["hubspot", "salesforce"])
@QUICK
@given(place=st.integers(0, 200), value=ANYTHING)
def test_a_crm(db: Database, crm: str, place: int, value: Any) -> None:
    with db.begin() as session:
        workspace_id = workspace(session).workspace_id
        team = session.get_one(Workspace, workspace_id).slack_team_id = f"T{workspace_id}"
    changed = "2026-11-10T08:00:00Z"
    about = {"SystemModstamp": changed, "Amount": 1, "Owner": {"Email": "a@example.com"}}
    answers: Answers = (
        HubSpotCrm(deals={"d1": {"hs_lastmodifieddate": changed, "amount": "1"}})
        if crm == "hubspot"
        else SalesforceOrg({"Opportunity": {"1": about}})
    )
    owner = "owner_email" if crm == "hubspot" else "Owner.Email"
    document = {
        "columns": {"deal_id": "Id", "ae_email": owner, "amount": "Amount"},
        "constants": {"status": "open"},
    }
    with double(partial(odd, answers, place, value)) as there:
        said = {"access_token": TOKEN, "domain": "a", "consumer_key": "k", "consumer_secret": "s"}
        maps = {ImportKind.DEALS: mapping.parse(document)}
        config = CrmConfig(crm, said | {"api_url": there.url}, maps, team)
        pulled = pull_crm.pull(db, workspace_id, config, ImportKind.DEALS, now=NOW)
    assert pulled is not None


def sentence_or(run: Any) -> Any:
    try:
        return run()
    except CoachError as error:
        return str(error)
