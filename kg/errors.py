"""What can go wrong, as one small tree. Every message is one line that names what and where."""

from __future__ import annotations


class RegpolError(Exception):
    """Base of all errors that a user can meet; ``str(error)`` is the whole message."""


class InputError(RegpolError):
    """A file, an argument or a document that cannot be read."""


class StoreError(RegpolError):
    """A store that cannot be opened, is busy, or is of another format."""


class QueryError(RegpolError):
    """A query that is malformed or asks for what is not allowed."""


class NotFoundError(RegpolError):
    """A name, an IRI or a key that nothing answers to."""


class ConformanceError(RegpolError):
    """Data that do not conform to the shapes, where conformance was demanded."""
