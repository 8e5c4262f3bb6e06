"""Names in the nominative, their parts and variants."""
