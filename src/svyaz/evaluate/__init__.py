"""Measuring the extractor against hand-labelled articles: readers of corpora, measures, reports."""
