"""Recognisers: one kind of fact a module, each a pure function of a reading."""
