"""The call logs of Aircall, Dialpad, Twilio, RingCentral, Zoom and HubSpot: two pages each, one call a page.

The first call is one that was heard when it happened, the second one was missed.
"""

from datetime import datetime
from typing import Any

from tests.support.doubles.http import Answer, Answers, Asked

HEARD, MISSED = "heard", "missed"


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def aircall(at: datetime) -> Answers:
    def call(key: str) -> dict[str, Any]:
        began = int(at.timestamp())
        return {
            "id": key,
            "direction": "outbound",
            "started_at": began,
            "answered_at": began + 5,
            "ended_at": began + 605,
            "duration": 600,
            "raw_digits": "+1 555 010 0199",
            "user": {"id": 7, "email": "ana@example.com", "name": "Ana"},
        }

    def answers(asked: Asked) -> Answer:
        if int(asked.query.get("from", 0)) > at.timestamp() or int(asked.query["to"]) < at.timestamp():
            return Answer({"meta": {"next_page_link": None}, "calls": []})
        if asked.query.get("page") == "2":
            return Answer({"meta": {"next_page_link": None}, "calls": [call(MISSED)]})
        following = f"http://{asked.headers['host']}/v1/calls?page=2&from={asked.query['from']}&to={asked.query['to']}"
        return Answer({"meta": {"next_page_link": following}, "calls": [call(HEARD)]})

    return answers


def eight_by_eight(at: datetime) -> Answers:
    """As 8x8 documents it, whose pages have 50 records: those that fill a page are calls among extensions."""

    def call(key: str, direction: str = "Outgoing") -> dict[str, Any]:
        began = int(at.timestamp() * 1000)
        return {
            "callId": key,
            "pbxId": "acmecorppbx",
            "startTimeUTC": began,
            "connectTimeUTC": began + 5_000,
            "disconnectedTimeUTC": began + 605_000,
            "talkTimeMS": 600_000,
            "direction": direction,
            "caller": "70",
            "callerName": "Ana",
            "callee": "+15550100199",
            "calleeName": "+15550100199",
            "lastLegDisposition": "Connected",
        }

    def answers(asked: Asked) -> Answer:
        if asked.path.endswith("/oauth/token"):
            return Answer({"access_token": "t", "token_type": "bearer", "expires_in": 1800})
        if not asked.query["startTime"] <= f"{at:%Y-%m-%d %H:%M:%S}" < asked.query["endTime"]:
            return Answer({"meta": {"totalRecordCount": 0, "scrollId": "No Data"}, "data": []})
        if asked.query.get("scrollId") == "more":
            return Answer({"meta": {"scrollId": "further"}, "data": [call(MISSED)]})
        among_us = [call(f"i{n}", "Internal") for n in range(49)]
        return Answer({"meta": {"scrollId": "more"}, "data": [call(HEARD), *among_us]})

    return answers


def dialpad(at: datetime) -> Answers:
    def call(key: str) -> dict[str, Any]:
        began = int(at.timestamp() * 1000)
        return {
            "call_id": key,
            "date_started": began,
            "date_connected": began + 5_000,
            "date_ended": began + 605_000,
            "duration": 600_000,
            "direction": "inbound",
            "external_number": "+15550100199",
            "target": {"type": "user", "id": "7", "email": "ana@example.com", "name": "Ana"},
        }

    def answers(asked: Asked) -> Answer:
        if asked.query.get("cursor") == "more":
            return Answer({"items": [call(MISSED)]})
        return Answer({"items": [call(HEARD)], "cursor": "more"})

    return answers


def twilio(at: datetime) -> Answers:
    def call(key: str) -> dict[str, Any]:
        ended = datetime.fromtimestamp(at.timestamp() + 600, at.tzinfo)
        return {
            "sid": key,
            "account_sid": "AC1",
            "status": "completed",
            "from": "+15550100199",
            "to": "client:ana@example.com",
            "duration": "600",
            "direction": "outbound-dial",
            "start_time": at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
            "end_time": ended.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        }

    def answers(asked: Asked) -> Answer:
        if asked.query.get("Page") == "1":
            return Answer({"calls": [call(MISSED)], "next_page_uri": None})
        return Answer({"calls": [call(HEARD)], "next_page_uri": f"{asked.path}?Page=1&PageToken=x"})

    return answers


def ringcentral(at: datetime) -> Answers:
    def record(key: str) -> dict[str, Any]:
        leg = {
            "startTime": _iso(at),
            "duration": 600,
            "direction": "Inbound",
            "result": "Accepted",
            "from": {"phoneNumber": "+15550100199", "name": "Dana"},
            "to": {"extensionId": "7", "name": "Ana"},
            "extension": {"id": 7},
        }
        menu = leg | {"result": "IVR", "extension": {}, "duration": 620}
        return {
            "uri": "https://platform.ringcentral.com/restapi/v1.0/account/37439510/call-log/x?view=Detailed",
            "telephonySessionId": key,
            "startTime": _iso(at),
            "duration": 620,
            "direction": "Inbound",
            "result": "Accepted",
            "legs": [menu, leg],
        }

    def answers(asked: Asked) -> Answer:
        if asked.path == "/restapi/oauth/token":
            return Answer({"access_token": "an hour's", "expires_in": 3600})
        if asked.headers["authorization"] != "Bearer an hour's":
            return Answer(status=401)
        if asked.query.get("page") == "2":
            return Answer({"records": [record(MISSED)], "navigation": {}})
        following = f"http://{asked.headers['host']}{asked.path}?page=2"
        return Answer({"records": [record(HEARD)], "navigation": {"nextPage": {"uri": following}}})

    return answers


def _listed(key: str, at: datetime) -> dict[str, Any]:
    return {"call_history_uuid": f"h/{key}", "call_id": key, "start_time": _iso(at)}


def _element(key: str, at: datetime) -> dict[str, Any]:
    ended = datetime.fromtimestamp(at.timestamp() + 605, at.tzinfo)
    return {
        "call_element_id": f"e-{key}",
        "call_id": key,
        "connect_type": "external",
        "direction": "outbound",
        "caller_email": "ana@example.com",
        "caller_ext_number": "7",
        "caller_ext_type": "user",
        "caller_name": "Ana",
        "callee_did_number": "+15550100199",
        "start_time": _iso(at),
        "end_time": _iso(ended),
        "talk_time": 600,
        "result": "answered",
    }


def zoom(at: datetime) -> Answers:
    def answers(asked: Asked) -> Answer:
        if asked.path == "/oauth/token":
            return Answer({"access_token": "an hour's", "expires_in": 3600})
        if asked.headers["authorization"] != "Bearer an hour's":
            return Answer(status=401)
        if asked.path.startswith("/v2/phone/call_history/"):
            return Answer({"call_elements": [_element(asked.path.rpartition("%2F")[2], at)]})
        return history(asked)

    def history(asked: Asked) -> Answer:
        if asked.query["from"] > f"{at:%Y-%m-%d}" or asked.query["to"] < f"{at:%Y-%m-%d}":
            return Answer({"call_history": [], "next_page_token": ""})
        if asked.query.get("next_page_token") == "more":
            return Answer({"call_history": [_listed(MISSED, at)], "next_page_token": ""})
        return Answer({"call_history": [_listed(HEARD, at)], "next_page_token": "more"})

    return answers


def hubspot(at: datetime) -> Answers:
    milliseconds = int(at.timestamp() * 1000)
    times = {"createdAt": _iso(at), "updatedAt": _iso(at), "archived": False}

    def call(key: str) -> dict[str, Any]:
        about = {
            "hs_timestamp": _iso(at),
            "hs_call_duration": "600000",
            "hs_call_direction": "OUTBOUND",
            "hs_call_status": "COMPLETED",
            "hubspot_owner_id": "7",
        }
        return {"id": key, "properties": about, **times}

    def answers(asked: Asked) -> Answer:
        if asked.path.startswith("/crm/v3/owners/"):
            owner = {"id": "7", "email": "ana@example.com", "firstName": "Ana", "lastName": "", "userId": 1}
            return Answer({**owner, "type": "PERSON", **times})
        if asked.path.startswith("/crm/v4/associations/"):
            return Answer(
                {"status": "COMPLETE", "results": [], "startedAt": _iso(at), "completedAt": _iso(at)}
            )
        if asked.path.endswith("/batch/read"):
            found = [call(one["id"]) for one in asked.json["inputs"]]
            span = {"startedAt": _iso(at), "completedAt": _iso(at)}
            return Answer({"status": "COMPLETE", "results": found, **span})
        between = asked.json["filterGroups"][0]["filters"][0]
        if not between["value"] <= milliseconds <= between["highValue"]:
            return Answer({"total": 0, "results": []})
        if asked.json.get("after") == "100":
            return Answer({"total": 2, "results": [{"id": MISSED}]})
        return Answer({"total": 2, "results": [{"id": HEARD}], "paging": {"next": {"after": "100"}}})

    return answers
