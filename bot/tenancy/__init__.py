"""Which Slack workspaces this process serves: that of a token in the settings, or all that installed the app."""

from bot.tenancy.many import installations, many
from bot.tenancy.oauth import Installing, routes
from bot.tenancy.one import one
from bot.tenancy.tenants import Tenant, Tenants

__all__ = ["Installing", "Tenant", "Tenants", "installations", "many", "one", "routes"]
