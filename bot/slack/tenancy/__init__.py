"""Which Slack workspaces this process serves: that of a token in the settings, or all that installed the app."""

from bot.slack.tenancy.many import installations, of_installs
from bot.slack.tenancy.oauth import Installing, routes
from bot.slack.tenancy.tenants import ONE_WORKSPACE, Tenant, Tenants, for_an_organization, of_token

__all__ = [
    "ONE_WORKSPACE",
    "Installing",
    "Tenant",
    "Tenants",
    "for_an_organization",
    "installations",
    "of_installs",
    "of_token",
    "routes",
]
