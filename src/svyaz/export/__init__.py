"""Writing results: each module turns an iterable of results into pieces of text, one or more a result."""
