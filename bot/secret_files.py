"""What no log and no error may show: secrets in files that settings name, and passwords in addresses."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

NO_SECRET = frozenset({"url", "domain", "instance_url", "team", "deals", "accounts", "account", "account_id"})
"""What stands in these files and everybody may read."""

_PASSWORDS = (
    r"//[^:/@]*:([^@]+)@",
    r"//[^:/@]*:([^?#]+)@",  # one that holds an @ as it is, which readers end differently
    r"[?&](?:ssl)?password=([^&#]+)",
)


def in_file(path: Path | None) -> Iterator[str]:
    """Every value of a TOML file, or of all in a folder, but for `NO_SECRET`; none where it cannot be read."""
    if path is None:
        return
    for file in sorted(path.glob("*.toml")) if path.is_dir() else [path]:
        try:
            yield from _values(tomllib.loads(file.read_text(encoding="utf-8-sig")))
        except (OSError, ValueError):
            continue  # whoever needs the file says what is wrong with it


def in_address(url: str) -> Iterator[str]:
    """The password, as it stands in the address and as it is meant."""
    for password in (found for pattern in _PASSWORDS for found in re.findall(pattern, url)):
        yield password
        yield unquote(password)


def _values(said: Mapping[str, object]) -> Iterator[str]:
    for name, value in said.items():
        if isinstance(value, dict):
            yield from _values(value)
        elif isinstance(value, str) and name not in NO_SECRET:
            yield value
