"""`cornerman doctor` tells everything in one go, each line with what to do, and makes nothing where it runs."""

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import Misconfigured
from bot.doctor import installation as doctor
from bot.sandbox import Sandbox
from bot.settings import Settings, load
from bot.slack.tenancy import of_token
from storage import schema
from storage.database import Database

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


def set_up(folder: Path, **about: Any) -> Settings:
    usual: dict[str, Any] = {
        "slack_bot_token": "xoxb-1",
        "slack_signing_secret": "5igning",
        "slack_api_url": "http://127.0.0.1:9/api/",
        "database_url": f"sqlite:///{folder / 'cornerman.db'}",
        "CORNERMAN_PORT": 0,
    }
    return load(_env_file=None, **(usual | about))


def told(settings: Settings) -> dict[str, tuple[bool, str]]:
    return {one.check: (one.ok, one.says) for one in doctor.examine(settings, NOW)}


@contextmanager
def answering(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Iterator[str]:
    """Something at an address that is not Slack, or a Slack behind a proxy that takes headers out."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/api/"
    server.shutdown()
    server.server_close()


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    sources, crm = tmp_path / "sources.toml", tmp_path / "crm.toml"
    sources.write_text("zoom = 7\n", encoding="utf-8")
    crm.write_text("[pipedrive]\n", encoding="utf-8")
    found = told(
        set_up(
            tmp_path,
            slack_signing_secret=None,
            CORNERMAN_WEBHOOK_SECRETS=sources,
            CORNERMAN_CRM=crm,
            database_url=f"sqlite:///{tmp_path}/nowhere/x.db",
        )
    )

    assert [check for check, (ok, _says) in found.items() if not ok] == [
        "settings",
        "call sources",
        "CRMs",
        "slack",
        "database",
    ]
    assert "no CRM that I know" in found["CRMs"][1]
    assert "refuses the connection" in found["slack"][1]
    assert "no folder" in found["database"][1]


def test_wrong_settings_are_all_named_at_once() -> None:
    with pytest.raises(Misconfigured) as wrong:
        load(
            _env_file=None,
            slack_bot_token="a",
            slack_app_token="b",
            CORNERMAN_TIME_ZONE="Mars",
            CORNERMAN_PORT=-1,
        )

    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "CORNERMAN_TIME_ZONE", "CORNERMAN_PORT"):
        assert name in str(wrong.value)


def test_a_fresh_database_is_no_trouble_and_is_not_made(tmp_path: Path) -> None:
    found = told(set_up(tmp_path))

    assert found["database"] == (True, "a fresh database: `cornerman run` makes it.")
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("0.0.0.0", 0)) as taken:  # noqa: S104
        port = taken.getsockname()[1]
        ok, says = told(set_up(tmp_path, CORNERMAN_PORT=port))["port"]

    assert not ok and "CORNERMAN_PORT" in says
    assert told(set_up(tmp_path, CORNERMAN_PORT=port))["port"][0]


def test_a_missing_header_is_not_missing_scopes(tmp_path: Path) -> None:
    answer = {"ok": True, "user": "cornerman", "team": "Acme", "user_id": "U1", "team_id": "T1"}
    with answering(json.dumps(answer).encode()) as url:
        ok, says = told(set_up(tmp_path, slack_api_url=url))["scopes"]

    assert ok and "did not tell its scopes" in says


@pytest.mark.parametrize("body", [b"<html>sign in</html>", b"", b"null", b"[]", b"\xff"])
def test_a_proxy_that_answers_for_slack_is_told_in_words(tmp_path: Path, body: bytes) -> None:
    with answering(body, 403 if body.startswith(b"<") else 200) as url:
        ok, says = told(set_up(tmp_path, slack_api_url=url, slack_app_token="xapp-1"))["slack"]

    assert not ok and "proxy" in says


def test_an_installation_in_order_has_nothing_to_say_no_to(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'cornerman.db'}")
    schema.upgrade(db)
    db.close()
    with Sandbox() as sandbox:
        tokens = sandbox.install()
        settings = set_up(tmp_path, slack_bot_token=tokens.bot_token, slack_api_url=sandbox.api_url)
        found = told(settings)

    assert found["database"][0] and found["bot token"][0]
    assert "database file" not in found
    (tmp_path / "cornerman.db").chmod(0o644)
    assert "chmod 600" in told(set_up(tmp_path))["database file"][1]


def test_a_name_with_a_wrong_letter_is_told_with_the_one_that_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        "CORNERMAN_WEBHOOK_SECRET=webhooks.toml\nSLACK_HOOK_OF_ANOTHER=1\n", encoding="utf-8"
    )
    monkeypatch.setenv("SLACK_SINGING_SECRET", "5igning")
    monkeypatch.setenv("CORNERMAN_COLOUR", "blue")
    monkeypatch.setenv("CORNERMAN_DOMAIN", "of.compose")

    said = " ".join(one.says for one in doctor.examine(set_up(tmp_path), NOW) if one.check == "settings")

    assert (
        "CORNERMAN_WEBHOOK_SECRET is set, and nothing reads it: did you mean CORNERMAN_WEBHOOK_SECRETS?"
        in said
    )
    assert "did you mean SLACK_SIGNING_SECRET?" in said
    assert "CORNERMAN_COLOUR is set, and nothing reads it; .env.example" in said
    assert "SLACK_HOOK_OF_ANOTHER" not in said and "CORNERMAN_DOMAIN" not in said


OF_AN_ORGANIZATION = json.dumps(
    {
        "ok": True,
        "is_enterprise_install": True,
        "team": "Acme Group",
        "team_id": "E0GROUP",
        "user": "cornerman",
        "user_id": "U0BOT",
        "bot_id": "B0BOT",
    }
).encode()


def test_a_token_of_a_whole_organization_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with answering(OF_AN_ORGANIZATION) as url:
        settings = set_up(tmp_path, slack_api_url=url)
        ok, says = told(settings)["bot token"]
        db = Database(settings.database_url)
        schema.upgrade(db)
        with pytest.raises(Misconfigured, match="whole organization"):
            of_token(settings, db)
        db.close()

    assert not ok
    assert "install the app in the workspace itself" in says
