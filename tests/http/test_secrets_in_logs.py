"""Every configured secret is blotted out of every log, by a test that logs each."""

import io
import json
import logging
from contextlib import redirect_stderr
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
import structlog

from bot.core import logs
from bot.core.logs import LogStyle
from bot.secret_files import in_address
from bot.settings import load
from storage.database import Database
from tests.setup.campus import KEY
from tests.support.office import open_office

ZOOM = 'z00m+5ecret/with="\n'
"""What an address, Python and JSON each write in their own way."""
PASSWORDS = ["p4ss/w0rd@x", "plain-pa55word", "ümläut-pass", "100%sure-of-it", "with space 1"]


@pytest.mark.parametrize("password", PASSWORDS)
@pytest.mark.parametrize("style", list(LogStyle))
def test_every_configured_secret_is_blotted_out_of_every_log(
    tmp_path: Path, password: str, style: LogStyle
) -> None:
    """Those in the environment, in the files of call sources and CRMs, and the database's, raw and encoded."""
    sources, crm = tmp_path / "sources.toml", tmp_path / "crm.toml"
    sources.write_text(
        'zoom = "z00m+5ecret/with=\\"\\n"\n[hubspot]\nsecret = "hub-5ecret"\naccess_token = "hub-t0ken"\n',
        encoding="utf-8",
    )
    crm.write_text(
        '[salesforce]\nclient_id = "s4les-id-x"\nclient_secret = "s4les-5ecret"\ndeals = "deals.toml"\n',
        encoding="utf-8",
    )
    encoded = quote(password, safe="")
    given = load(
        _env_file=None,
        slack_bot_token="xoxb-1-b0t-t0ken",
        slack_app_token="xapp-1-app-t0ken",
        slack_signing_secret="5igning-5ecret",
        slack_client_secret="c1ient-5ecret",
        CORNERMAN_SECRET_KEY=KEY,
        CORNERMAN_WEBHOOK_SECRETS=sources,
        CORNERMAN_CRM=crm,
        database_url=f"postgresql+psycopg://corner:{encoded}@db.example.com/none",
    )
    secrets = [
        "xoxb-1-b0t-t0ken",
        "xapp-1-app-t0ken",
        "5igning-5ecret",
        "c1ient-5ecret",
        KEY,
        ZOOM,
        quote(ZOOM),
        quote_plus(ZOOM),
    ]
    secrets += ["hub-5ecret", "hub-t0ken", "s4les-5ecret", password, encoded]
    told = io.StringIO()
    with redirect_stderr(told):
        logs.configure(style)
        logs.hide(given.secrets())
        for secret in secrets:
            structlog.get_logger().error("it failed", why=f"with {secret}!", nested={"deep": [secret]})
            structlog.get_logger().error("it failed", why=KeyError(secret), by=secret.encode(), one={secret})
            logging.getLogger("some.library").error("a library says %s", secret)
            try:
                raise ValueError(f"bad {secret}")
            except ValueError:
                structlog.get_logger().exception("it failed again")
    logs.configure(LogStyle.JSON)

    assert told.getvalue().count("it failed") >= len(secrets)
    for secret in secrets:
        for way in (secret, repr(secret)[1:-1], json.dumps(secret)[1:-1]):
            assert way not in told.getvalue(), way
    assert "deals.toml" not in given.secrets()


@pytest.mark.parametrize(
    ("address", "secret"),
    [
        ("postgresql://corner:p@55/w0rd@db.example.com/none", "p@55/w0rd"),
        ("postgresql://corner:pa/55word@db.example.com:5432/none?sslmode=require", "pa/55word"),
        ("postgresql://db.example.com/none?user=corner&password=pa%2F55word", "pa/55word"),
        ("postgresql://corner@db.example.com/none?sslpassword=k3y-pa55", "k3y-pa55"),
        ("sqlite:////data/corner@home.db", ""),
    ],
)
def test_a_password_is_found_in_an_address_however_it_is_written(address: str, secret: str) -> None:
    assert secret in {*in_address(address), ""}
    assert secret or not list(in_address(address))


def test_a_token_in_the_environment_is_not_said_to_be_unused(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is where the compose file puts it, and Bolt looks there by itself."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1-b0t-t0ken")
    with open_office(db, tmp_path):
        pass

    assert "unused" not in caplog.text
