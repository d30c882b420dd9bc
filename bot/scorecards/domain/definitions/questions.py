"""Three questions that a coach may ask, by what a metric is about."""

ABOUT_DEALS = (
    "Which deal of yours slipped last, and at which sentence did you notice?",
    "Who signs, and when did you last speak to them?",
    "What would you ask in the first five minutes if you began anew?",
)
ABOUT_LEADS = (
    "What made the last lead come back, in the words of who rejected it?",
    "Which one question would have told you so on the call?",
    "What do you hear when a lead is good?",
)
ABOUT_ACCOUNTS = (
    "Which account went quiet, and what was the last thing that worked there?",
    "Who else in the account gains from what they have?",
    "What will they want to show their own boss in a quarter?",
)
ABOUT_TALKS = (
    "Which call of this week would you like to have again, and from where on?",
    "What did the other side want that you did not ask about?",
    "What will you say first on the next call?",
)
