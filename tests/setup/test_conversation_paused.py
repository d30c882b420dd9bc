"""A workspace whose token is of no use, or that removed the app, is not the other's trouble."""

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.sandbox import Sandbox
from bot.slack.tenancy import many
from storage.tables import BOTS, OutboxMessage, OutboxState, Person
from tests.setup.campus import Campus
from tests.setup.two_workspaces import said_to, staffed

OTHER_KEY = "a2V5LWtleS1rZXkta2V5LWtleS1rZXkta2V5LWtleS0="


def paused(campus: Campus) -> list[str]:
    return [tenant.trouble for tenant in campus.running[-1].corner.tenants.paused]


def test_a_token_that_no_key_opens_pauses_its_workspace_alone(both: Campus) -> None:
    acme, globex = both.office(both.acme), both.office(both.globex)
    here, there = staffed(acme), staffed(globex)
    seal_with_another_key(both, both.globex)

    with capture_logs() as told:
        both.starts()

    assert (
        "Globex (T0GLOBEX) was sealed with a key that CORNERMAN_SECRET_KEY does not hold" in paused(both)[0]
    )
    assert paused(both)[0] in [line.get("why") for line in told]
    acme, globex = both.office(both.acme), both.office(both.globex)
    acme.call_ended(here)
    globex.call_ended(there)
    assert "How did your call" in said_to(here)
    assert said_to(there) == ""
    assert "paused in this workspace" in there.commands("/scorecard").says


def seal_with_another_key(campus: Campus, slack: Sandbox) -> None:
    """As if the token had been written by an installation whose key is lost."""
    campus.stops()
    other = many.installations(campus.settings(CORNERMAN_SECRET_KEY=OTHER_KEY), campus.db)
    bot = next(bot for bot in campus.store().newest() if bot.team_id == slack.workspace.team.id)
    other.save_bot(bot)


def test_what_happens_while_paused_is_worked_after_a_new_install(both: Campus) -> None:
    globex = both.office(both.globex)
    there = staffed(globex)
    seal_with_another_key(both, both.globex)
    both.starts()
    globex = both.office(both.globex)
    assert globex.call_ended(there, contact="Dana").text == "stored"
    assert said_to(there) == ""

    both.installs(both.globex)
    globex.tick()

    assert paused(both) == []
    assert "How did your call with *Dana" in said_to(there)


def test_a_revoked_token_pauses_its_workspace_at_the_next_look(
    both: Campus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "ASK_AGAIN", 0.0)
    both.globex.revoke()

    both.running[-1].corner.tenants.look()

    [trouble] = paused(both)
    assert "Slack does not accept the token of Globex (T0GLOBEX) any more (invalid_auth)" in trouble
    assert "/slack/install" in trouble
    assert [tenant.team_id for tenant in both.running[-1].corner.tenants.served] == ["T0SANDBOX"]


def test_a_slack_that_cannot_be_asked_pauses_nobody(both: Campus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "ASK_AGAIN", 0.0)
    both.globex.faults.slack_error("auth.test", "internal_error", times=9)

    both.running[-1].corner.tenants.look()

    assert paused(both) == []


def test_what_was_to_be_said_in_a_workspace_without_a_token_waits(both: Campus) -> None:
    globex = both.office(both.globex)
    there = staffed(globex)
    seal_with_another_key(both, both.globex)
    both.starts()
    globex = both.office(both.globex)
    with both.db.writing(globex.workspace_id, both.clock()) as books:
        person = books.session.exec(select(Person).where(Person.workspace_id == globex.workspace_id)).one()
        hello = Message(OutboxKind.NOTICE, "Hello", person_id=person.id)
        message_id = outbox.put(books, hello)
    globex.tick()

    with both.db.read() as session:
        message = session.get_one(OutboxMessage, message_id)
        assert (message.state, message.error) == (OutboxState.QUEUED, "not_authed")
    both.installs(both.globex)
    globex.later(minutes=5)
    assert "Hello" in said_to(there)


def test_a_workspace_that_is_removed_says_nothing_more_and_the_other_goes_on(both: Campus) -> None:
    acme, globex = both.office(both.acme), both.office(both.globex)
    here, there = staffed(acme), staffed(globex)

    both.globex.uninstall()
    globex.call_ended(there)
    acme.call_ended(here)

    assert said_to(there) == ""
    assert "How did your call" in said_to(here)


def test_a_removed_workspaces_data_and_tokens_are_erased_though_slack_knows_us_no_more(both: Campus) -> None:
    globex = both.office(both.globex)
    staffed(globex)
    both.globex.uninstall()
    globex.tick()

    globex.later(days=8)

    with both.db.read() as session:
        assert session.exec(select(Person).where(Person.workspace_id == globex.workspace_id)).all() == []
        teams = session.execute(select(BOTS.c.team_id)).scalars().all()
    assert teams == ["T0SANDBOX"]
