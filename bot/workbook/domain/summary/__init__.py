"""The first page, table by table."""
