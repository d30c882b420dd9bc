"""Goals in money, and what is still to come."""
