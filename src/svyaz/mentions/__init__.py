"""Finding mentions: names, offices, organisations by their nouns, dates, pronouns."""
