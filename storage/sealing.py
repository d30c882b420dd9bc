"""Secrets at rest: sealed with the first key, opened with any, so that keys can be changed without a gap."""

from collections.abc import Sequence

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Keyring:
    """Fernet keys (32 bytes in URL-safe base64), the one in use first; raises ValueError for what is none."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """None where no key opens it."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None


class Sealed(TypeDecorator[str]):
    """Text that only the ring's keys can read; what none of them opens reads as NULL."""

    impl = sa.String
    cache_ok = True

    def __init__(self, ring: Keyring) -> None:
        super().__init__()
        self.ring = ring

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.ring.seal(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.ring.open(value)
