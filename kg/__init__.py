"""Regpol: a knowledge graph of regional policy with the exact sentence behind every fact."""

__version__ = "0.1.0"
