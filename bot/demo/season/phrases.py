"""What the invented team writes and whom it talks to; every company and contact here is made up."""

COMPANIES = tuple(
    f"{first} {second}"
    for first in (
        "Brightfold",
        "Kestrel",
        "Nordhavn",
        "Palomar",
        "Quillbrook",
        "Sablewood",
        "Tamarack",
        "Umbra",
        "Vantage",
        "Willowgate",
        "Zephyr",
    )
    for second in ("Logistics", "Foods", "Robotics", "Health", "Textiles", "Energy")
)

CONTACTS = (
    "Dana Whitfield",
    "Omar Haddad",
    "Yuki Tanaka",
    "Priya Raman",
    "Lukas Brandt",
    "Sofia Castellano",
    "Nnamdi Eze",
    "Freja Holm",
    "Mateus Rocha",
    "Chen Yilin",
    "Aoife Brennan",
    "Ravi Menon",
    "Helena Costa",
    "Piotr Mazur",
    "Noa Shapira",
    "Samuel Adeyemi",
    "Linh Tran",
    "Isabelle Moreau",
    "Viktor Hansen",
    "Farah Siddiqui",
)

ACCEPTED = (
    "{contact} owns the budget at {company} and named {month} as the start.",
    "{company} has a contract that ends in {month}; {contact} asked for numbers, so the need is real.",
    "Good that you asked {contact} who else decides: we have both names at {company} now.",
    "{contact} told us what the old tool at {company} cannot do. Ask for that each time.",
    "{company} fits our size and {contact} had a date in mind. The note on the next step saved me a call.",
)
ACCEPTED_BUT_THIN = (
    "I took it, but {contact} cannot sign at {company}; please ask who does before you pass it on.",
    "{company} is interested without a date. Ask {contact} next time what happens if they wait.",
)
REJECTED = (
    "{company} has twelve people and we start at fifty: look at the headcount before you call.",
    "{contact} is curious, but the budget at {company} is frozen until {month}. Ask for money sooner.",
    "{company} signed with a rival last quarter; {contact} said so at once. Ask what they use today.",
    "{contact} left the buying group at {company}. Ask for the role and how long they have had it.",
    "Nobody at {company} had asked for this. Ask {contact} which problem it would solve, then pass it.",
)
THIN = ("ok", "not a fit", "no budget", "too early", "took it")
MONTHS = ("January", "February", "March", "April")

WENT_WELL = (
    "Asked one question and then kept quiet.",
    "Opened with what changed for them since last time.",
    "They named the cost of doing nothing.",
    "Summed up in their own words before the next step.",
    "Got the second name for the next meeting.",
    "Price came up late, after the value was clear.",
)
IMPROVE = {
    "timeline": ("Ask what has to be true by when.", "Asked for the date before the demo"),
    "authority": ("Find out who signs before showing anything.", "Asked who else decides in the first call"),
    "discovery": ("Stay longer with the problem.", "Three questions before the first slide"),
    "listening": ("Talked over them twice.", "They speak more than I do"),
    "pricing": ("Named a price too early.", "The price comes after the cost of waiting"),
    "objection": ("Argued instead of asking.", "Repeated the objection before I answered it"),
    "next_step": ("Ended without a date.", "The next meeting is in the calendar before we hang up"),
}
LOST = (
    "Their budget moved to next year.",
    "They stay with what they have.",
    "A rival was cheaper and they had decided.",
    "The project was stopped.",
)
NEXT_STEPS = ("Send the summary", "Call with the head of operations", "Demo for the team", "Send the offer")
COMMITMENTS = (
    "Ask who signs in the first five minutes",
    "Agree on a date before the demo",
    "Write down the problem in their words",
    "Let three seconds pass after each answer",
)
