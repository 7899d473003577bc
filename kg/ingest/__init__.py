"""Ingest: bulletins into the store, each in one transaction, validated and reasoned over."""

from kg.ingest.base import base_quads, ensure_base, renew_base
from kg.ingest.batch import store_batch
from kg.ingest.ingestion import InferenceReport, Ingestion, Outcome, compare_with_oracle
from kg.ingest.layers import asserted_quads, bulletin_keys, title_of
from kg.ingest.places import Place, first_place

__all__ = [
    "InferenceReport",
    "Ingestion",
    "Outcome",
    "Place",
    "asserted_quads",
    "base_quads",
    "bulletin_keys",
    "compare_with_oracle",
    "ensure_base",
    "first_place",
    "renew_base",
    "store_batch",
    "title_of",
]
