"""How people and their roles are called in what others read."""

from bot.blocks.kit import said
from bot.core.enums import Role
from bot.core.i18n import gettext as _

NAME_LIMIT = 40


def short_name(words: str) -> str:
    return said(words, limit=NAME_LIMIT)


def role_label(role: Role) -> str:
    return {Role.SDR: _("SDR"), Role.AE: _("AE"), Role.AM: _("AM"), Role.MANAGER: _("manager")}[role]


def roles_label(role: Role) -> str:
    return {Role.SDR: _("SDRs"), Role.AE: _("AEs"), Role.AM: _("AMs"), Role.MANAGER: _("managers")}[role]


def role_name(role: Role) -> str:
    return {
        Role.SDR: _("SDR (passes leads)"),
        Role.AE: _("AE (closes deals)"),
        Role.AM: _("AM (grows accounts)"),
        Role.MANAGER: _("Manager (leads the team)"),
    }[role]
