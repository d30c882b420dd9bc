"""A file of each kind, as it might be exported."""

CALLS = """\
source,call_id,rep_email,started_at,ended_at,duration_s,disposition
zoom,c1,ana@acme.io,2026-10-05T09:00:00Z,,300,connected
zoom,c2,ana@acme.io,2026-10-05T10:00:00Z,2026-10-05T10:02:00Z,,
zoom,c3,ben@acme.io,2026-10-05T11:00:00Z,,,No answer
"""
HANDOFFS = """\
handoff_id,sdr_email,ae_email,company,passed_at,decision,reason,decided_at,criteria_met
h1,ana@acme.io,ben@acme.io,Globex,2026-10-05,accepted,They have a budget and a date in mind,2026-10-05T15:00:00Z,yes
h2,ana@acme.io,ben@acme.io,Initech,2026-10-06,rejected,they have a budget and a date in mind!,2026-10-07,
h3,ana@acme.io,ben@acme.io,Hooli,2026-10-07,,,,
"""
DEALS = """\
deal_id,ae_email,status,opened_at,closed_at,amount,company,handoff_id,expected_close,timeline_confirmed
d1,ben@acme.io,won,2026-10-01,2026-10-21,1200.50,Globex,,2026-10-20,yes
d2,ben@acme.io,open,,,,Initech,,2026-12-01,no
d3,ben@acme.io,lost,2026-10-02,2026-10-02,0,Hooli,,,
"""
