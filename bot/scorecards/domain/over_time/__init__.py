"""Figures week by week: of one rep, and of a team."""
