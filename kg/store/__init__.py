"""The store: named graphs on disk or in memory, changed by whole transactions only."""

from kg.store.base import Store, Transaction, View
from kg.store.disk import DEFAULT_PATH, create_store, open_store
from kg.store.memory import memory_store

__all__ = ["DEFAULT_PATH", "Store", "Transaction", "View", "create_store", "memory_store", "open_store"]
