"""The manifest, what is listened to, and what Slack takes say the same."""

import json
import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7
from slack_bolt import App
from slack_sdk import WebClient

import handlers
from bot.blocks.ids import Action, View
from bot.blocks.slash import Command, Shortcut
from bot.core.clock import system_clock
from bot.delivery.errands import Errands
from bot.delivery.inbox import Inbox
from bot.slack import scopes
from handlers import digest, slash_words
from handlers.debriefs import drafts
from storage.database import Database
from tests.tree import DATA, ROOT

MANIFEST = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
SCHEMA = DATA / "slack" / "manifest.schema.2.0.0.json"
KNOWN_SCOPES = {
    "commands", "chat:write", "im:write", "im:history", "mpim:write", "users:read", "users:read.email", "files:write",
    "files:read", "metadata.message:read", "dnd:read", "usergroups:read", "channels:read", "groups:read",
}  # fmt: skip
KNOWN_EVENTS = {
    "app_home_opened", "message_metadata_posted", "user_change", "app_uninstalled", "tokens_revoked",
    "function_executed", "message.im",
}  # fmt: skip


def nobodys(_workspace_id: int) -> WebClient:
    return WebClient()


class Listening(App):
    """Remembers what was registered."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-none", signing_secret="none", token_verification_enabled=False)
        self.heard: dict[str, set[str]] = {
            "command": set(),
            "action": set(),
            "view": set(),
            "shortcut": set(),
        }

    def command(self, name: Any, *rest: Any, **more: Any) -> Any:  # type: ignore[override]
        self.heard["command"].add(str(name))
        return super().command(name, *rest, **more)

    def action(self, name: Any, *rest: Any, **more: Any) -> Any:  # type: ignore[override]
        self.heard["action"].add(str(name))
        return super().action(name, *rest, **more)

    def view(self, name: Any, *rest: Any, **more: Any) -> Any:  # type: ignore[override]
        self.heard["view"].add(str(name))
        return super().view(name, *rest, **more)

    def shortcut(self, name: Any, *rest: Any, **more: Any) -> Any:  # type: ignore[override]
        self.heard["shortcut"].add(str(name))
        return super().shortcut(name, *rest, **more)


@pytest.fixture
def listening(db: Database) -> Listening:
    app = Listening()
    handlers.register(app, Inbox(db, nobodys, system_clock), Errands(db, nobodys, system_clock))
    return app


def test_every_command_of_the_manifest_is_answered_and_the_other_way_round(listening: Listening) -> None:
    commands = {command["command"] for command in MANIFEST["features"]["slash_commands"]}

    assert commands == listening.heard["command"] == set(Command)


def test_the_manifest_hints_at_words_that_are_answered() -> None:
    """A hint is a list of words, each with what may follow it; what is in brackets or begins with @ is no word."""
    words = {command.command: command.known for command in slash_words.COMMANDS}
    for command in MANIFEST["features"]["slash_commands"]:
        hint = re.sub(r"\[[^\]]*\d[^\]]*\]", "", command.get("usage_hint", ""))
        hinted = {part.split()[0] for part in re.split(r"[|·\[\]]", hint) if part.strip()}
        assert {word for word in hinted if not word.startswith("@")} <= words[command["command"]] | {
            "help"
        }, hint


def test_every_shortcut_of_the_manifest_is_answered(listening: Listening) -> None:
    shortcuts = {shortcut["callback_id"] for shortcut in MANIFEST["features"]["shortcuts"]}

    assert shortcuts == listening.heard["shortcut"] == set(Shortcut)


def test_every_button_and_form_is_answered(listening: Listening) -> None:
    told_of_each_change = {*drafts.INPUTS, *digest.INPUTS}
    assert listening.heard["action"] == set(Action) | told_of_each_change
    assert listening.heard["view"] == set(View) - {View.SAID}  # it has no submit button


def test_every_subscribed_event_is_worked(db: Database) -> None:
    inbox = Inbox(db, nobodys, system_clock)
    handlers.register(Listening(), inbox, Errands(db, nobodys, system_clock))

    subscribed = set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
    assert {name.partition(".")[0] for name in subscribed} <= inbox.known
    assert subscribed <= KNOWN_EVENTS


def test_the_manifest_asks_for_known_scopes_and_no_more() -> None:
    scopes = MANIFEST["oauth_config"]["scopes"]

    assert set(scopes["bot"]) | set(scopes["bot_optional"]) <= KNOWN_SCOPES
    assert not set(scopes["bot"]) & set(scopes["bot_optional"])


def test_every_scope_of_the_manifest_has_a_word_for_what_is_off_without_it() -> None:
    asked = MANIFEST["oauth_config"]["scopes"]

    assert set(asked["bot"]) == set(scopes.NEEDED)
    assert set(asked["bot_optional"]) == set(scopes.OPTIONAL)


def test_the_manifest_is_one_slack_takes() -> None:
    settings = MANIFEST["settings"]

    for command in MANIFEST["features"]["slash_commands"]:
        assert re.fullmatch(r"/[a-z][a-z0-9_-]{0,30}", command["command"])
    assert len(MANIFEST["display_information"]["description"]) <= 140
    assert 175 <= len(MANIFEST["display_information"]["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", MANIFEST["display_information"]["background_color"])
    assert settings["socket_mode_enabled"]
    assert "request_url" not in settings["event_subscriptions"]
    for subscription in settings["event_subscriptions"]["metadata_subscriptions"]:
        assert subscription != {"app_id": "*", "event_type": "*"}


def test_the_small_manifest_is_the_whole_one_without_the_workflow_step() -> None:
    small = yaml.safe_load((ROOT / "deploy" / "manifest.small.yml").read_text(encoding="utf-8"))
    whole = {name: part for name, part in MANIFEST.items() if name != "functions"}
    settings = {
        name: part
        for name, part in MANIFEST["settings"].items()
        if name not in ("function_runtime", "org_deploy_enabled")
    }
    events = settings["event_subscriptions"]
    heard = [event for event in events["bot_events"] if event != "function_executed"]

    assert small == whole | {
        "settings": settings | {"event_subscriptions": events | {"bot_events": heard}},
    }


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's manifest schema is not at hand")
def test_the_manifest_fits_slacks_schema() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    local = Resource.from_contents(schema, default_specification=DRAFT7)
    registry = Registry(retrieve=lambda _uri: local).with_resource("", local)  # type: ignore[call-arg]

    complaints = [error.message for error in Draft7Validator(schema, registry=registry).iter_errors(MANIFEST)]

    assert complaints == []
