"""CRMs that deals and account values are read from. Nothing is ever written there."""

from bot.crm.config import CrmConfig, configured
from bot.crm.reader import CannotPull, Crm, Record, reader

__all__ = ["CannotPull", "Crm", "CrmConfig", "Record", "configured", "reader"]
