"""Which Slack workspaces this process serves: that of a token in the settings, or all that installed the app."""

from bot.slack.tenancy.many import installations, of_installs
from bot.slack.tenancy.oauth import Installing, routes
from bot.slack.tenancy.tenants import Tenant, Tenants, of_token

__all__ = ["Installing", "Tenant", "Tenants", "installations", "of_installs", "of_token", "routes"]
