"""Two workspaces in one process."""

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from tests.support.office import Office


def staffed(office: Office) -> Member:
    """Both workspaces have an Ana of the same email address; her Slack id is the same in both, as it may be."""
    return office.hires("Ana", Role.SDR, office.team("East"))


def said_to(member: Member) -> str:
    return "\n".join(text_of(message) for message in member.dm)
