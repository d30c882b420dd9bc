"""A file with one deal in it, as our own columns are called."""

DEALS = "deal_id,ae_email,status,opened_at,amount\nd1,ben@acme.io,open,2026-10-05,1200\n"
