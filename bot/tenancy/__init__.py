"""Which Slack workspaces this process serves: that of a token in the settings, or all that installed the app."""

from bot.tenancy.many import installations, of_installs
from bot.tenancy.oauth import Installing, routes
from bot.tenancy.one import of_token
from bot.tenancy.tenants import Tenant, Tenants

__all__ = ["Installing", "Tenant", "Tenants", "installations", "of_installs", "of_token", "routes"]
