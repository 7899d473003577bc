"""A strict build's rehearsal: every bulletin is checked before the store is touched, so that a refusal leaves all as it was."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO

from kg.corrections import Corrections
from kg.ingest import Ingestion
from kg.model import Bulletin
from kg.store import memory_store


@contextmanager
def rehearsed(bulletins: Iterable[Bulletin], corrections: Corrections) -> Iterator[Iterator[Bulletin]]:
    """The same bulletins, once all of them are known to conform. They wait in a file of ours, not in memory.

    Raises ConformanceError at the first that does not.
    """
    with TemporaryFile() as file:
        for bulletin in bulletins:
            Ingestion(memory_store(), strict=True, corrections=corrections).load(bulletin)
            pickle.dump(bulletin, file)
        end = file.tell()
        file.seek(0)
        yield _kept(file, end)


def _kept(file: IO[bytes], end: int) -> Iterator[Bulletin]:
    while file.tell() < end:
        bulletin = pickle.load(file)
        assert isinstance(bulletin, Bulletin)
        yield bulletin
