"""Somebody installs the app in their workspace: by Slack's consent, once, and not by half."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import func, select

from storage.database import Database
from storage.tables import BOTS, Workspace
from tests.setup.campus import Campus, open_campus


@pytest.fixture
def campus(db: Database, tmp_path: Path) -> Iterator[Campus]:
    with open_campus(db, tmp_path) as campus:
        campus.starts()
        yield campus


def installed(campus: Campus) -> tuple[int, int]:
    """How many tokens and how many workspaces are stored."""
    with campus.db.read() as session:
        bots = session.execute(select(func.count()).select_from(BOTS)).scalar_one()
        return bots, session.exec(select(func.count()).select_from(Workspace)).one()


def test_slack_is_asked_for_what_the_manifest_names_and_comes_back_to_the_public_address(
    campus: Campus,
) -> None:
    to_slack = campus.browser().opens("/slack/install")

    assert to_slack.status_code == 302
    address = to_slack.headers["location"]
    assert address.startswith(f"{campus.acme.url}/oauth/v2/authorize?")
    assert "chat:write" in address and "dnd:read" in address and "user_scope=&" in address
    assert "redirect_uri=https://bot.example/slack/oauth_redirect" in address.replace("%3A", ":").replace(
        "%2F", "/"
    )


def test_who_cancels_at_slack_is_told_that_nothing_was_kept(campus: Campus) -> None:
    browser = campus.browser()
    to_slack = browser.opens("/slack/install").headers["location"]

    page = browser.follows(campus.acme.declines(to_slack))

    assert "Nothing was installed, as you chose" in page.text
    assert 'href="/slack/install"' in page.text
    assert installed(campus) == (0, 0)


def test_a_state_is_good_once(campus: Campus) -> None:
    ines, browser = campus.acme.add_person("Ines"), campus.browser()
    to_slack = browser.opens("/slack/install").headers["location"]
    cookie = browser.cookie
    assert browser.follows(campus.acme.consents(to_slack, ines)).is_success

    browser.cookie = cookie
    page = browser.follows(campus.acme.consents(to_slack, ines))

    assert page.status_code == 401
    assert "finished before, or begun more than ten minutes ago" in page.text
    assert installed(campus) == (1, 1)


def test_an_address_lured_from_another_browser_installs_nothing(campus: Campus) -> None:
    ines, attacker, victim = campus.acme.add_person("Ines"), campus.browser(), campus.browser()
    to_slack = attacker.opens("/slack/install").headers["location"]

    page = victim.follows(campus.acme.consents(to_slack, ines))

    assert page.status_code == 400
    assert "another browser" in page.text
    assert installed(campus) == (0, 0)


@pytest.mark.parametrize("code", ["", "code=made-up"])
def test_a_half_finished_install_keeps_nothing_and_can_be_begun_again(campus: Campus, code: str) -> None:
    browser = campus.browser()
    to_slack = browser.opens("/slack/install").headers["location"]
    state = to_slack.partition("state=")[2].partition("&")[0]

    page = browser.opens(f"/slack/oauth_redirect?state={state}&{code}")

    assert page.status_code == 401
    assert 'href="/slack/install"' in page.text
    assert installed(campus) == (0, 0)
    assert campus.installs(campus.acme).is_success


def test_a_slack_that_breaks_off_half_way_keeps_nothing(campus: Campus) -> None:
    campus.acme.faults.drop_reply("oauth.v2.access")

    assert "Slack did not confirm" in campus.installs(campus.acme).text
    assert installed(campus) == (0, 0)


def test_a_wrong_client_secret_is_slacks_to_find(campus: Campus) -> None:
    campus.starts(slack_client_secret="wrong")

    assert "Slack did not confirm" in campus.installs(campus.acme).text
    assert installed(campus) == (0, 0)


def test_installing_again_serves_on_with_the_new_token(campus: Campus) -> None:
    campus.installs(campus.acme)
    before = campus.acme.app.bot_token

    campus.installs(campus.acme)

    assert campus.acme.app.bot_token != before
    [tenant] = campus.running[-1].corner.tenants.served
    assert tenant.token == campus.acme.app.bot_token
    assert installed(campus)[1] == 1


def test_only_named_workspaces_may_install_where_some_are_named(campus: Campus) -> None:
    campus.starts(SLACK_TEAMS="T0SANDBOX T0OTHER")

    page = campus.installs(campus.globex)

    assert page.status_code == 403
    assert "has not allowed it for your workspace" in page.text
    assert campus.installs(campus.acme).is_success
    assert installed(campus) == (1, 1)


@pytest.mark.parametrize("unset", ["", " "])
def test_where_nobody_is_named_nobody_installs(campus: Campus, unset: str) -> None:
    campus.starts(SLACK_TEAMS=unset)

    page = campus.installs(campus.acme)

    assert page.status_code == 403
    assert "has not allowed it for your workspace" in page.text
    assert installed(campus) == (0, 0)


def test_a_whole_organization_does_not_install_it(campus: Campus) -> None:
    answer = {
        "ok": True,
        "access_token": "xoxb-of-a-whole-organization",
        "token_type": "bot",
        "scope": "commands",
        "bot_user_id": "U0BOT",
        "app_id": "A0APP",
        "team": {"name": "Acme", "id": "T0SANDBOX"},
        "enterprise": {"name": "Acme Group", "id": "E0GROUP"},
        "authed_user": {"id": "U1"},
        "is_enterprise_install": True,
    }
    campus.acme.faults.other_answer("oauth.v2.access", json.dumps(answer).encode())
    known = {"ok": True, "team_id": "T0SANDBOX", "bot_id": "B0BOT", "url": "https://acme.example/"}
    campus.acme.faults.other_answer("auth.test", json.dumps(known).encode())

    page = campus.installs(campus.acme)

    assert page.status_code == 403
    assert "one workspace at a time" in page.text
    assert installed(campus) == (0, 0)


def test_no_page_shows_what_came_with_the_address(campus: Campus) -> None:
    page = campus.browser().opens("/slack/oauth_redirect?error=<script>alert(1)</script>")

    assert "<script>" not in page.text
    assert "Nothing was kept" in page.text


def test_one_workspace_has_no_install_page(campus: Campus, db: Database) -> None:
    tokens = campus.acme.install()
    campus.starts(
        slack_client_id=None,
        slack_client_secret=None,
        slack_bot_token=tokens.bot_token,
        CORNERMAN_WEBHOOK_SECRETS=None,
    )

    assert campus.browser().opens("/slack/install").status_code == 404
