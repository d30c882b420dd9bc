"""The double of each call log, and what it is asked with."""

from tests.support.doubles.call_logs import (
    aircall,
    dialpad,
    eight_by_eight,
    hubspot,
    ringcentral,
    twilio,
    zoom,
)

DOUBLES = {
    "aircall": aircall,
    "dialpad": dialpad,
    "twilio": twilio,
    "ringcentral": ringcentral,
    "zoom": zoom,
    "hubspot": hubspot,
    "8x8": eight_by_eight,
}
CREDENTIALS = {
    "aircall": {"api_id": "i", "api_token": "t"},
    "dialpad": {"api_key": "k"},
    "twilio": {"account_sid": "AC1", "secret": "s"},
    "ringcentral": {"client_id": "c", "client_secret": "s", "jwt": "j"},
    "zoom": {"account_id": "acct", "client_id": "c", "client_secret": "s"},
    "hubspot": {"access_token": "t", "portal_id": "62515"},
    "8x8": {"secret": "k", "username": "u", "password": "p"},
}
