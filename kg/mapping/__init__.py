"""Mapping: the only code that turns facts, articles and authorities into triples."""
