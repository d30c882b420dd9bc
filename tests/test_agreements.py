"""Things written down twice say the same: manifest and listeners, settings and their example, answers and tables."""

import inspect
import json
import re
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7
from slack_bolt import App
from slack_sdk import WebClient
from typer.testing import CliRunner

import handlers
from bot import cli
from bot.blocks.ids import Action, View
from bot.blocks.slash import Command, Shortcut
from bot.core.clock import system_clock
from bot.debriefs.domain.debrief import Answer
from bot.debriefs.services.debriefs import ANSWER_FIELDS
from bot.delivery.errands import Errands
from bot.delivery.inbox import Inbox
from bot.delivery.outcomes import KEEP_TRYING
from bot.settings import Settings
from bot.slack import scopes
from handlers import digest, slash_words
from handlers.__main__ import MADE
from handlers.debriefs import drafts
from storage.database import Database
from tests.mutate.fault import Fault
from tests.mutate.faults import FAULTS

ROOT = Path(__file__).parents[1]
MANIFEST = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
SCHEMA = ROOT.parent / "shared" / "data" / "slack" / "manifest.schema.2.0.0.json"
KNOWN_SCOPES = {
    "commands", "chat:write", "im:write", "im:history", "mpim:write", "users:read", "users:read.email", "files:write",
    "files:read", "metadata.message:read", "dnd:read", "usergroups:read", "channels:read", "groups:read",
}  # fmt: skip
KNOWN_EVENTS = {
    "app_home_opened", "message_metadata_posted", "user_change", "app_uninstalled", "tokens_revoked",
    "function_executed", "message.im",
}  # fmt: skip


def test_for_how_long_a_bad_answer_is_borne_stands_in_one_place() -> None:
    hours = f"{KEEP_TRYING.total_seconds() / 3600:.0f} hours"
    for page in ("operations.md", "workspaces.md"):
        assert f"at least\n{hours}" in (text := (ROOT / "docs" / page).read_text(encoding="utf-8")) or (
            f"at least {hours}" in text
        ), page
        assert not re.search(r"(two and a half|three|3) hours", text), page


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


@pytest.mark.parametrize("name", MADE)
def test_a_page_that_is_made_from_a_table_is_as_the_table_has_it(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == MADE[name], "run: python -m handlers"


def test_the_manifest_hints_at_words_that_are_answered() -> None:
    """A hint is a list of words, each with what may follow it; what is in brackets or begins with @ is no word."""
    words = {command.command: command.known for command in slash_words.COMMANDS}
    for command in MANIFEST["features"]["slash_commands"]:
        hint = re.sub(r"\[[^\]]*\d[^\]]*\]", "", command.get("usage_hint", ""))
        hinted = {part.split()[0] for part in re.split(r"[|·\[\]]", hint) if part.strip()}
        assert {word for word in hinted if not word.startswith("@")} <= words[command["command"]] | {
            "help"
        }, hint


def test_every_word_of_a_command_has_one_answer() -> None:
    for command in slash_words.COMMANDS:
        for word in command.words:
            found = command.find(word.word.upper())
            assert found is not None
            assert found.answer is word.answer, word


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


def test_the_example_lists_every_setting_with_its_default() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", example, re.MULTILINE))

    assert set(listed) == {(field.alias or name).upper() for name, field in Settings.model_fields.items()}
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = listed[(field.alias or name).upper()]
        assert shown == ("" if not default else str(default)), name


def test_a_debrief_has_the_same_fields_in_storage_and_domain() -> None:
    assert {field.name for field in fields(Answer)} == {*ANSWER_FIELDS, "tags", "story", "product"}


def test_every_command_of_the_contract_explains_itself() -> None:
    shown = CliRunner().invoke(cli.app, ["--help"]).output

    for command in (
        "run", "demo", "doctor", "db", "import", "scorecard", "ranking", "pair", "digest", "effect", "export",
        "backfill", "pull",
        "forget", "audit",
    ):  # fmt: skip
        assert command in shown
        assert CliRunner().invoke(cli.app, [command, "--help"]).exit_code == 0


def test_what_readme_tells_to_run_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    targets = set(re.findall(r"`make (\w+)", readme)) | set(re.findall(r"^make (\w+)", readme, re.MULTILINE))
    assert {"demo", "test"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_handlers_have_no_try() -> None:
    for surface in handlers.SURFACES:
        assert "try:" not in inspect.getsource(surface), surface.__name__


def test_every_surface_speaks_with_the_client_of_its_workspace() -> None:
    """`app.client` bears no token: listeners are given `client`, events have `event.slack`."""
    for file in (ROOT / "handlers").rglob("*.py"):
        assert "app.client" not in file.read_text(encoding="utf-8"), file


OURS = ("bot", "handlers", "storage", "tests", "docs")
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")})
LONGEST_MODULE, FULLEST_FOLDER = 250, 20


def paths_named(page: Path) -> set[str]:
    """Paths in the tree that a page links to, writes as code or lists at the start of a line, and import names."""
    text = page.read_text(encoding="utf-8")
    linked = {
        (page.parent / target.split("#")[0]).resolve().relative_to(ROOT).as_posix()
        for target in re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", text)
    }
    tree = "|".join(OURS)
    written = re.findall(rf"(?:`|^)((?:{tree})/[\w./-]+)", text, re.MULTILINE)
    modules = re.findall(rf"`((?:{tree})(?:\.[a-z_]+)+)`", text)
    return linked | set(written) | {name.replace(".", "/") for name in modules}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_paths_that_a_page_names_exist(page: Path) -> None:
    missing = {
        path
        for path in paths_named(page)
        if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()
    }

    assert missing == set()


def test_the_pages_do_name_paths() -> None:
    assert "bot/core/clock.py" in paths_named(ROOT / "CONTRIBUTING.md")
    assert "docs/decisions/README.md" in paths_named(ROOT / "README.md")


def test_contributing_lists_every_room() -> None:
    rooms = {f"bot/{path.name}" for path in (ROOT / "bot").iterdir() if (path / "__init__.py").exists()}

    assert rooms <= {path.rstrip("/") for path in paths_named(ROOT / "CONTRIBUTING.md")}


def test_no_module_is_long_and_no_folder_full() -> None:
    modules = [
        path for part in ("bot", "handlers", "storage") for path in (ROOT / part).rglob("*.py")
        if path.parent.name != "versions"
    ]  # fmt: skip
    long = {path.name for path in modules if len(path.read_text("utf-8").splitlines()) > LONGEST_MODULE}
    folders = Counter(path.parent.relative_to(ROOT) for path in modules if path.name != "__init__.py")

    assert long == set()
    assert {folder for folder, n in folders.items() if n > FULLEST_FOLDER} == set()


COMMAND_TOLD = re.compile(r"(?:`|^)cornerman [a-z]", re.MULTILINE)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_a_page_that_tells_a_command_says_where_it_is(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if page.name != "shell.md" and page.parent.name != "decisions" and COMMAND_TOLD.search(text):
        assert "shell.md)" in text


def test_the_page_of_the_shell_names_every_command() -> None:
    written = (ROOT / "docs" / "shell.md").read_text(encoding="utf-8")
    names = {one.name or getattr(one.callback, "__name__", "") for one in cli.app.registered_commands}
    names |= {str(group.name) for group in cli.app.registered_groups}

    assert {name for name in names if f"`{name}`" not in written} == set()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.file)
def test_a_planted_fault_finds_its_place_and_its_tests(fault: Fault) -> None:
    assert (ROOT / fault.file).read_text("utf-8").count(fault.good) == 1
    for test in fault.tests:
        file, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}" in (ROOT / file).read_text("utf-8")


def test_what_somebody_else_made_is_opened_by_a_child_process_alone() -> None:
    """Elsewhere a workbook of a kilobyte ends the program."""
    openers = re.compile(
        r"\b(files|reading)\.(open_file|sheet_names)\(|\bopen_file\(|\bworkbooks\.(lines|shown)\("
    )
    found = {
        str(path.relative_to(ROOT))
        for folder in ("bot", "handlers")
        for path in (ROOT / folder).rglob("*.py")
        if openers.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"bot/tabular/child.py", "bot/tabular/files.py"}
