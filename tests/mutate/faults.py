"""Faults that somebody could make, and the tests that must notice: caps, limits, pages, and whose row it is."""

from tests.mutate import in_delivery, in_rights, in_words

FAULTS = (*in_delivery.FAULTS, *in_rights.FAULTS, *in_words.FAULTS)
