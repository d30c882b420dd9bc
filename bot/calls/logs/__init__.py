"""Call logs of the sources that keep one: what was not heard when it happened is read there, page by page."""

from bot.calls.logs.aircall import AircallLog
from bot.calls.logs.asking import CannotRead, Credentials
from bot.calls.logs.dialpad import DialpadLog
from bot.calls.logs.eight_by_eight import EightByEightLog
from bot.calls.logs.hubspot import HubSpotLog
from bot.calls.logs.log import CallLog, Page
from bot.calls.logs.ringcentral import RingCentralLog
from bot.calls.logs.twilio import TwilioLog
from bot.calls.logs.zoom import ZoomLog

LOGS: dict[str, type[CallLog]] = {
    log.source: log
    for log in (ZoomLog, AircallLog, DialpadLog, TwilioLog, RingCentralLog, HubSpotLog, EightByEightLog)
}
POLLED = (EightByEightLog.source,)
"""Those that send nothing: their log is all there is."""

__all__ = ["LOGS", "POLLED", "CallLog", "CannotRead", "Credentials", "Page"]
