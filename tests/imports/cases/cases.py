"""Small exports of every make that once went in wrong."""

import csv
from pathlib import Path
from typing import Any

from bot.imports.domain import ImportReport
from bot.tabular.mapping import Mapping, parse
from storage.tables import Deal
from tests.support.importing import Importer
from tests.tree import DATA

FOLDER = DATA / "cases"
CREATE: dict[str, Any] = {"create": {"reps": {"role": "AE", "team": "Imported"}}}
CLOSED: dict[str, Any] = {"Closed Won": "won", "Closed Lost": "lost", "*": "open"}

CASES = {
    "calls-in-minutes.csv": (
        "agent,started,call_duration_in_minutes\n"
        "Ana Sample,2026-10-05 09:00,70.0\nAna Sample,2026-10-05 11:00,5.38\n"
    ),
    "calls-durations.csv": (
        "call_id,agent,started,duration\n"
        "1,Ana Sample,2026-10-05 09:00,00:05:23\n2,Ana Sample,2026-10-05 10:00,5:23\n"
        "3,Ana Sample,2026-10-05 11:00,5m 23s\n4,Ana Sample,2026-10-05 12:00,PT5M23S\n"
        "5,Ana Sample,2026-10-05 13:00,323 s\n6,Ana Sample,2026-10-05 14:00,1:02:03\n"
    ),
    "calls-by-extension.csv": (
        "call_id,extension,started,seconds\n1,101,2026-10-05 09:00,300\n2,+1 202-555-0102,2026-10-05 10:00,120\n"
    ),
    "deals-two-date-formats.csv": (
        "Opportunity ID,Owner,Stage,CreatedDate,CloseDate,Amount,LastModifiedDate\n"
        "O1,Ada Sample,Closed Won,01/12/26,02/26/26,1200,02/27/26 08:55 PM\n"
        "O2,Ada Sample,Prospecting,01/15/26,03/30/26,800,02/23/26 09:10 AM\n"
    ),
    "deals-instants-with-zone-names.csv": (
        "Id,Owner,Stage,CreatedDate,CloseDate,Amount\n"
        "O1,Ada Sample,Closed Won,2026-01-12 15:15:00.000000 UTC,2026-02-26,1200\n"
        "O2,Ada Sample,Closed Lost,2026-01-13T15:15:00+0700,2026-02-27,0\n"
        "O3,Ada Sample,Open,1768230900000,,500\nO4,Ada Sample,Open,46034.5,,500\n"
    ),
    "deals-many-stages.csv": (
        "ID,Responsible,Stage,Begin,Closed,Income\n1,Ada Sample,New,2026-01-05,,100\n"
        "2,Ada Sample,Qualifying,2026-01-06,,100\n3,Ada Sample,Measuring,2026-01-07,2026-01-07,100\n"
        "4,Ada Sample,Contract,2026-01-08,2026-01-02,100\n5,Ada Sample,Deal won,2026-01-09,2026-02-01,100\n"
        "6,Ada Sample,Deal lost,2026-01-09,2026-02-03,100\n7,Ada Sample,A stage added last week,2026-01-10,,100\n"
    ),
    "deals-same-key-twice.csv": (
        "deal_id,ae_name,status,opened_at,closed_at,amount\n"
        "1.23457E+12,Ada Sample,won,2026-01-05,2026-02-01,100\n"
        "1.23457E+12,Ada Sample,lost,2026-01-06,2026-02-02,0\n"
    ),
    "deals-no-key.csv": (
        "Deal Name,Owner,Status,Tentative Close Date,Close Date,Value\n"
        "Northwind,Ada Sample,Won,2026-02-01,,100\nNorthwind,Ada Sample,Open,2026-03-01,,250\n"
        "Fabrikam,Bo Sample,Won,,2026-02-11,300\n"
        "Deal Name,Owner,Status,Tentative Close Date,Close Date,Value\n,,,,,\nTotal,,,,,650\n"
    ),
    "deals-sep-line.csv": (
        "sep=;\ndeal_id;ae_name;status;opened_at;closed_at;amount\n"
        "1;Ada Sample;won;2026-01-05;2026-02-01;1.234,50\n"
    ),
    "deals-other-currency.csv": (
        "deal_id,ae_name,status,opened_at,closed_at,amount,currency\n"
        "1,Ada Sample,won,2026-01-05,2026-02-01,£1000,USD\n"
        '2,Ada Sample,won,2026-01-05,2026-02-01,"1.234,50 €",USD\n'
        "3,Ada Sample,won,2026-01-05,2026-02-01,USD 1234,USD\n"
        "4,Ada Sample,won,2026-01-05,2026-02-01,(500.00),USD\n"
        "5,Ada Sample,won,2026-01-05,2026-02-01,12k,USD\n"
        '6,Ada Sample,won,2026-01-05,2026-02-01,"1,00,000.00",USD\n'
    ),
    "deals-title-rows.csv": (
        'Deals report,,,\nMade on 2026-03-01,,,\n,,,\nDeal ID,Owner Name,Stage,Create Date\n'
        '1,"Sample, Ada",Open,3/14/2026\n2,Ada Sample,Open,"Mar 14, 2026 3:05 PM"\n'
        "3,ADA SAMPLE,Open,14.03.2026\n"
    ),
    "handoffs-two-roles.csv": (
        "lead,sdr,seller,won_date,segment\n"
        "L1,sdr-01,ae-01,2026-01-05 10:00:00,home\nL2,sdr-02,ae-01,2026-01-06 10:00:00,pet\n"
    ),
    "reps-own-words.csv": (
        "Name,E-Mail,Title,Team\n"
        "Cleo Sample,CLEO@EXAMPLE.COM ,Customer Success Manager,Onboarding\n"
        "Dee Sample,dee@example.com,BDR,Outbound\nEli Sample,eli@example.com,Solutions Engineer,Outbound\n"
    ),
}  # fmt: skip


class Cases:
    """Takes a case in, as it stands here or as it was found."""

    def __init__(self, acme: Importer, folder: Path | None) -> None:
        self.acme, self.folder = acme, folder

    def take(self, name: str, mapping: dict[str, Any] | None = None, *, yes: bool = False) -> ImportReport:
        given = parse(mapping) if mapping is not None else Mapping()
        content = (self.folder / name).read_bytes() if self.folder else CASES[name].encode()
        return self.acme.take(name.partition("-")[0], content, mapping=given, name=name, yes=yes)

    def deals(self) -> dict[str, Deal]:
        return {deal.deal_key: deal for deal in self.acme.all(Deal)}

    def refused(self, name: str) -> dict[int, str]:
        path = self.acme.folder / f"{name}.rejected.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return {int(row["line"]): row["reason"] for row in csv.DictReader(file)}
