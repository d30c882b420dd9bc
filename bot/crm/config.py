"""The file that CORNERMAN_CRM names: which CRMs, how to enter them, and how to read what is there."""

import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.enums import ImportKind
from bot.core.errors import BadInput, Misconfigured
from bot.imports.services.run import Mapping, load

CRMS = ("hubspot", "salesforce")
PULLED = (ImportKind.DEALS, ImportKind.ACCOUNTS)


@dataclass(frozen=True, slots=True)
class CrmConfig:
    """`maps` says what is pulled; `team` is the Slack team it is for, blank where there is only one."""

    name: str
    credentials: Table[str, str] = field(repr=False)
    maps: Table[ImportKind, Mapping]
    team: str = ""


def configured(path: Path | None) -> list[CrmConfig]:
    """Raises Misconfigured with what to mend."""
    if path is None:
        return []
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Misconfigured(
            f"CORNERMAN_CRM names a file that cannot be opened: {path} ({error.strerror})."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"CORNERMAN_CRM names a file that is not TOML: {error}.") from error
    return [_crm(name, said, path.parent) for name, said in read.items()]


def _crm(name: str, said: object, folder: Path) -> CrmConfig:
    if name not in CRMS or not isinstance(said, dict):
        raise Misconfigured(f"CORNERMAN_CRM: [{name}] is no CRM that I know; there are {', '.join(CRMS)}.")
    if not all(isinstance(value, str) for value in said.values()):
        raise Misconfigured(f"CORNERMAN_CRM: everything in [{name}] must be text in quotes.")
    maps = {kind: _map(name, folder / said[kind]) for kind in PULLED if kind in said}
    if not maps:
        raise Misconfigured(
            f'CORNERMAN_CRM: [{name}] names no map; say deals = "deals.toml", accounts = "accounts.toml" or both.'
        )
    credentials = {key: value for key, value in said.items() if key not in (*PULLED, "team")}
    return CrmConfig(name, credentials, maps, said.get("team", ""))


def _map(name: str, path: Path) -> Mapping:
    try:
        found = load(path)
    except BadInput as error:
        raise Misconfigured(f"CORNERMAN_CRM, [{name}]: {error}") from error
    if not found.columns:
        raise Misconfigured(f"CORNERMAN_CRM, [{name}]: the map {path} names no [columns].")
    return found
