"""A person as others read of them."""

from dataclasses import dataclass

from bot.core.enums import Role


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the roster. `named`: may be named in public."""

    id: int
    name: str
    email: str | None
    named: bool = True
    slack_user_id: str | None = None
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class Teammate:
    """Somebody's role in a team on a day."""

    person_id: int
    name: str
    role: Role
