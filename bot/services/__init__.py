"""Session and queries in, domain values out. A service never commits, and never knows Slack."""
