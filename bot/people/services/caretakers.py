"""Who looks after a team: those who hear of what it needs."""

from bot.people.services import members
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.people import members as queries


def of_team(books: Books, team_id: int) -> list[Member]:
    """The team's managers who are in Slack; where there is none (left, or never named), the workspace's admins."""
    managers = members.managers_of(books, team_id)
    if reached := [manager for manager in managers if manager.slack_user_id]:
        return reached
    return admins(books)


def admins(books: Books) -> list[Member]:
    """Those who are in Slack."""
    return [members.member(books, admin.id) for admin in queries.admins(books)]
