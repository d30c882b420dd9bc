"""What is missing or wrong in the settings is said by name, and no value of them is shown or logged."""

import io
from contextlib import redirect_stderr
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from bot import cli
from bot.core import logs
from bot.core.enums import Role
from bot.core.errors import Misconfigured
from bot.core.logs import LogStyle
from bot.settings import load, require_slack
from storage.database import Database
from tests.setup.campus import KEY, PUBLIC, open_campus

SECRETS = {
    "SLACK_CLIENT_SECRET": "c1ient-5ecret-0f-s1ack",
    "SLACK_SIGNING_SECRET": "5igning-5ecret",
    "CORNERMAN_SECRET_KEY": KEY,
    "DATABASE_URL": "postgresql+psycopg://corner:pa55w0rd@127.0.0.1:1/none",
}


def test_no_configured_secret_reaches_the_log_whatever_fails(db: Database, tmp_path: Path) -> None:
    """The secrets stand in errors of every kind; the log and what people read have none of them."""
    told = io.StringIO()
    with redirect_stderr(told), open_campus(db, tmp_path) as campus:
        registered = campus.acme.workspace.registered
        logs.configure(LogStyle.JSON)
        runtime = campus.starts()
        logs.hide(runtime.corner.settings.secrets())
        campus.acme.faults.slack_error("oauth.v2.access", f"no such secret {registered.client_secret}")
        page = campus.installs(campus.acme).text
        campus.installs(campus.acme)
        known = [registered.client_secret, registered.signing_secret, KEY, campus.acme.app.bot_token]
        log = structlog.get_logger()
        for secret in known:
            log.error("it failed", why=f"with {secret}", nested={"deep": [secret]})
            try:
                raise ValueError(secret)
            except ValueError:
                log.exception("it failed again")
        ana = campus.office(campus.acme).hires("Ana", Role.SDR, campus.office(campus.acme).team())
        said = ana.commands("/scorecard").says + page
    logs.configure(LogStyle.JSON)

    for secret in known:
        assert secret not in told.getvalue()
        assert secret not in said
    assert "it failed" in told.getvalue()


def test_the_command_lines_errors_name_settings_and_no_values(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, secret in SECRETS.items():
        monkeypatch.setenv(name, secret)
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("CORNERMAN_PUBLIC_URL", PUBLIC)
    told = io.StringIO()
    for words in (["run"], ["doctor"], ["keys", "rotate"], ["scorecard", "--rep", "Ana"]):
        with redirect_stderr(told), pytest.raises(SystemExit):
            monkeypatch.setattr("sys.argv", ["cornerman", *words])
            cli.main()

    for secret in [*SECRETS.values(), "pa55w0rd"]:
        assert secret not in told.getvalue()
    assert told.getvalue()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"slack_client_secret": None}, "SLACK_CLIENT_SECRET is not"),
        ({"CORNERMAN_SECRET_KEY": None}, "cornerman keys new"),
        ({"CORNERMAN_PUBLIC_URL": None}, "CORNERMAN_PUBLIC_URL is not"),
        ({"slack_bot_token": "xoxb-1"}, "not both"),
    ],
)
def test_half_a_set_up_is_refused_with_what_is_missing(wrong: dict[str, str | None], says: str) -> None:
    whole = {
        "slack_client_id": "1.2",
        "slack_client_secret": "secret",
        "slack_signing_secret": "secret",
        "CORNERMAN_SECRET_KEY": KEY,
        "CORNERMAN_PUBLIC_URL": PUBLIC,
    }
    require_slack(load(_env_file=None, **whole))

    with pytest.raises(Misconfigured, match=says):
        require_slack(load(_env_file=None, **whole | wrong))


def test_a_secret_key_that_is_none_is_refused_without_being_shown() -> None:
    with pytest.raises(Misconfigured, match="is no key") as told:
        load(_env_file=None, CORNERMAN_SECRET_KEY=f"{KEY} hunter2")

    assert "hunter2" not in str(told.value)


def test_a_new_key_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    made = CliRunner().invoke(cli.app, ["keys", "new"]).output.strip()

    assert load(_env_file=None, CORNERMAN_SECRET_KEY=made).secret_keys() == [made]
