"""Domain values in, typed Block Kit out. No view queries, decides or speaks to Slack."""
