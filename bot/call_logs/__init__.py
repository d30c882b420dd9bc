"""Call logs of the sources that keep one: what was not heard when it happened is read there, page by page."""

from bot.call_logs.aircall import AircallLog
from bot.call_logs.asking import CannotRead, Credentials
from bot.call_logs.dialpad import DialpadLog
from bot.call_logs.hubspot import HubSpotLog
from bot.call_logs.log import CallLog, Page
from bot.call_logs.ringcentral import RingCentralLog
from bot.call_logs.twilio import TwilioLog
from bot.call_logs.zoom import ZoomLog

LOGS: dict[str, type[CallLog]] = {
    log.source: log for log in (ZoomLog, AircallLog, DialpadLog, TwilioLog, RingCentralLog, HubSpotLog)
}

__all__ = ["LOGS", "CallLog", "CannotRead", "Credentials", "Page"]
