"""`make demo`: the whole bot in a stand-in Slack, with an invented sales team and a clock that can be moved."""
