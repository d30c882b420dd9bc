"""The page in the browser on which people live a day with the bot."""
