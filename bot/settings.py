"""Settings: read once, whole, from the environment or `.env`; wrong ones are refused with a sentence."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import available_timezones

from cryptography.fernet import Fernet
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import secret_files
from bot.core.errors import Misconfigured
from bot.core.logs import LogStyle


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


class Settings(BaseSettings):
    """Every setting there is; `.env.example` lists them with their defaults."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_teams: Annotated[frozenset[str], NoDecode] = frozenset()
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = "sqlite:///cornerman.db"
    port: int = Field(8080, alias="CORNERMAN_PORT", ge=0, le=65535)
    public_url: str | None = Field(None, alias="CORNERMAN_PUBLIC_URL")
    time_zone: str = Field("UTC", alias="CORNERMAN_TIME_ZONE")
    secret_key: SecretStr | None = Field(None, alias="CORNERMAN_SECRET_KEY")
    webhook_secrets: Path | None = Field(None, alias="CORNERMAN_WEBHOOK_SECRETS")
    call_apps: Annotated[frozenset[str], NoDecode] = Field(frozenset(), alias="CORNERMAN_CALL_APPS")
    crm: Path | None = Field(None, alias="CORNERMAN_CRM")
    log: LogStyle = Field(LogStyle.TEXT, alias="CORNERMAN_LOG")

    @field_validator("call_apps", "slack_teams", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return frozenset(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in _zones():
            raise ValueError("is no time zone; it looks like Europe/Berlin")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, value: str) -> str:
        if not value.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ValueError("must begin with https:// (or be on this machine)")
        return value if value.endswith("/") else value + "/"

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, value: str | None) -> str | None:
        if value and not value.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ValueError("must begin with https:// (or be on this machine)")
        return value.rstrip("/") if value else None

    @field_validator("secret_key")
    @classmethod
    def _holds_keys(cls, value: SecretStr | None) -> SecretStr | None:
        try:
            for key in _words(value):
                Fernet(key)
        except ValueError:
            raise ValueError("holds something that is no key; `cornerman keys new` prints one") from None
        return value

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        return _begins(value, "xoxb-", "the Bot User OAuth Token of the app's page OAuth & Permissions")

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, value: SecretStr | None) -> SecretStr | None:
        return _begins(value, "xapp-", "an app-level token with connections:write")

    @property
    def uses_socket_mode(self) -> bool:
        return self.slack_app_token is not None

    @property
    def serves_many(self) -> bool:
        """Whether workspaces come by OAuth, instead of one by SLACK_BOT_TOKEN."""
        return self.slack_client_id is not None

    @property
    def install_url(self) -> str:
        """Where somebody who wants the app in their workspace begins."""
        return f"{self.public_url}/slack/install"

    def secrets(self) -> list[str]:
        """Every value that no log and no error may show."""
        given = (getattr(self, name) for name in type(self).model_fields)
        told = [value.get_secret_value() for value in given if isinstance(value, SecretStr)]
        kept = (*secret_files.in_file(self.webhook_secrets), *secret_files.in_file(self.crm))
        return [*told, *self.secret_keys(), *kept, *secret_files.in_address(self.database_url)]

    def secret_keys(self) -> list[str]:
        """The one that seals first, then those that still open."""
        return _words(self.secret_key)

    def call_sources(self, team_id: str | None = None) -> dict[str, dict[str, str]]:
        """Per call source what the TOML file says of it, `secret` at least; one that is not in it does not exist.

        Where many workspaces are served each has a file of its own, named by its Slack team id.
        """
        file = self.webhook_secrets
        if file is not None and self.serves_many:
            file = file / f"{team_id}.toml"
            file = file if file.exists() else None
        if file is None:
            return {}
        try:
            read = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise Misconfigured(
                f"CORNERMAN_WEBHOOK_SECRETS names a file that cannot be read: {error}"
            ) from error
        except tomllib.TOMLDecodeError as error:
            raise Misconfigured(
                f"CORNERMAN_WEBHOOK_SECRETS names a file that is not TOML: {error}"
            ) from error
        return {source: _call_source(source, said) for source, said in read.items()}

    def call_secrets(self, team_id: str | None = None) -> dict[str, str]:
        return {source: said["secret"] for source, said in self.call_sources(team_id).items()}


def _call_source(source: str, said: object) -> dict[str, str]:
    """`zoom = "secret"`, or a table with `secret` (Aircall calls it `token`) and what else the source needs."""
    known = {"secret": said} if isinstance(said, str) else dict(said) if isinstance(said, dict) else {}
    known.setdefault("secret", known.get("token"))
    if not known["secret"] or not all(isinstance(value, str) for value in known.values()):
        raise Misconfigured(
            f'CORNERMAN_WEBHOOK_SECRETS: {source} needs its secret as text: {source} = "…", '
            f'or a table [{source}] with secret = "…" and nothing but text.'
        )
    return known


def load(**overrides: Any) -> Settings:
    """The settings, or `Misconfigured` with a sentence for each that is wrong, all in one go."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        told = []
        for one in error.errors():
            name = str(one["loc"][0]).upper() if one["loc"] else "A setting"
            told.append(f"{name} {one['msg'].removeprefix('Value error, ')}.")
        raise Misconfigured("\n".join(told)) from None  # the cause would print the value, maybe a token


def require_slack(settings: Settings) -> None:
    """What `run` cannot do without; raises Misconfigured with a sentence for each thing that is missing."""
    if missing := list(missing_for_slack(settings)):
        raise Misconfigured("\n".join(missing))


def missing_for_slack(settings: Settings) -> Iterator[str]:
    """A sentence for each thing that is missing, with where to find it."""
    if settings.serves_many:
        yield from _missing_for_oauth(settings)
    elif settings.slack_bot_token is None:
        yield (
            "SLACK_BOT_TOKEN is not set. Create the app from manifest.yml, install it, and put its Bot User OAuth "
            "Token (xoxb-…) into the environment or .env; or try `make demo`, which needs no Slack."
        )
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        yield (
            "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set; one of them says how "
            "Slack reaches the bot. Socket Mode needs no public address."
        )


def _missing_for_oauth(settings: Settings) -> Iterator[str]:
    if settings.slack_bot_token is not None:
        yield (
            "Set SLACK_BOT_TOKEN for one workspace, or SLACK_CLIENT_ID for all that install the app; not both."
        )
    needed = {
        "SLACK_CLIENT_SECRET": (
            settings.slack_client_secret,
            "it stands beside the client id on Basic Information",
        ),
        "CORNERMAN_SECRET_KEY": (
            settings.secret_key,
            "it seals the workspaces' tokens; `cornerman keys new` prints one",
        ),
        "CORNERMAN_PUBLIC_URL": (
            settings.public_url,
            "it is where Slack sends browsers back to after an install",
        ),
    }
    for name, (value, why) in needed.items():
        if value is None:
            yield f"SLACK_CLIENT_ID is set and {name} is not: {why}."
    if settings.webhook_secrets is not None and not settings.webhook_secrets.is_dir():
        yield (
            "CORNERMAN_WEBHOOK_SECRETS has to name a folder when SLACK_CLIENT_ID is set, with a file for each "
            "workspace: T0123ABCD.toml, by its Slack team id."
        )


def _words(secret: SecretStr | None) -> list[str]:
    return secret.get_secret_value().replace(",", " ").split() if secret else []


def _begins(value: SecretStr | None, prefix: str, what: str) -> SecretStr | None:
    if value is not None and not value.get_secret_value().startswith(prefix):
        raise ValueError(f"does not begin with {prefix}; it is {what}")
    return value
