"""The store on disk: a folder with the format's number, the quads (RocksDB) and the log of what was done when."""

from __future__ import annotations

import glob
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Quad
from pyoxigraph import Store as Oxigraph

from kg.errors import StoreError
from kg.store.base import OxigraphStore, Transaction

FORMAT: Final = 1
DEFAULT_PATH: Final = Path("regpol-store")
_FORMAT_FILE, _DATA, _LOG, _VERSION_FILE = "format", "data", "log.jsonl", "version"


class DiskStore(OxigraphStore):
    """A store in a folder."""

    def __init__(self, path: Path, oxigraph: Oxigraph) -> None:
        super().__init__(oxigraph)
        self.path = path

    def apply(self, transaction: Transaction) -> int:
        """Apply a transaction whole, then note it in the log. The version file tells readers to look again."""
        version = super().apply(transaction)
        self._note(version, transaction.note)
        return version

    def reconcile(self) -> None:
        """Note the last transaction where its writer was killed between committing and noting."""
        if self.version and str(self.version) != written_version(self.path):
            self._note(self.version, {"action": "noted after an interruption"})

    def _note(self, version: int, note: dict[str, Any]) -> None:
        entry = {"version": version, "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **note}
        beside = self.path / f"{_VERSION_FILE}.{os.getpid()}"
        try:
            with (self.path / _LOG).open("a", encoding="utf-8") as log:
                log.write(json.dumps(entry, ensure_ascii=False) + "\n")
            beside.write_text(str(version), encoding="ascii")
            beside.replace(self.path / _VERSION_FILE)
        except OSError as error:
            raise StoreError(
                f"{self.path}: version {version} is saved, but its log cannot be written ({error.strerror})"
            ) from None

    def log(self) -> list[dict[str, Any]]:
        """What was done when, oldest first."""
        path = self.path / _LOG
        return (
            [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
            if path.exists()
            else []
        )


def exists(path: Path) -> bool:
    """Whether a store is there."""
    return (path / _FORMAT_FILE).is_file()


def written_version(path: Path) -> str:
    """The version that the last writer left; it changes with every transaction. Empty before the first."""
    file = path / _VERSION_FILE
    return file.read_text("ascii") if file.exists() else ""


def create_store(path: Path, quads: Callable[[], Iterable[Quad]]) -> bool:
    """Make a store that holds the quads: filled beside its place, then renamed there. False where one is already.

    Raises StoreError where the folder cannot be made or holds something else.
    """
    path = path.resolve()
    if exists(path):
        return False
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StoreError(f"{path}: is no store, and not empty: nothing was written")
    beside = path.with_name(f"{path.name}.new-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        beside.mkdir()
        filled = Oxigraph(str(beside / _DATA))
        filled.bulk_extend(quads())
        filled.flush()
        del filled
        (beside / _FORMAT_FILE).write_text(f"{FORMAT}\n", encoding="ascii")
        beside.rename(path)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise StoreError(f"{path}: the store cannot be made ({error.strerror or error})") from None
    return True


def _sweep(path: Path) -> None:
    """Remove what builds that were killed left beside the store."""
    for left in path.parent.glob(f"{glob.escape(path.name)}.new-*"):
        pid = left.name.rsplit("-", 1)[1]
        if pid.isdigit() and not _is_alive(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)  # signal 0 asks only
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def open_store(path: Path, *, write: bool = False) -> Iterator[DiskStore]:
    """The store of a folder. Readers see the state at their opening; there is one writer at a time.

    Raises StoreError where there is none, where it is busy, or where its format is not ours.
    """
    _check_format(path)
    try:
        oxigraph = Oxigraph(str(path / _DATA)) if write else Oxigraph.read_only(str(path / _DATA))
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            raise StoreError(f"{path}: the store is in use by another process") from None
        raise StoreError(f"{path}: the store cannot be opened ({str(error).splitlines()[0]})") from None
    store = DiskStore(path, oxigraph)
    del oxigraph
    try:
        if write:
            store.reconcile()
        yield store
    finally:
        store.close()


def _check_format(path: Path) -> None:
    try:
        written = (path / _FORMAT_FILE).read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(f"{path}: no store is there; make one with: kg build --store {path} FILE…") from None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: the store cannot be read ({error})") from None
    if not written.isdigit():
        raise StoreError(f"{path}: the store's format file is damaged ({written[:20]!r})")
    if int(written) > FORMAT:
        raise StoreError(
            f"{path}: the store has format {written}, this kg knows up to {FORMAT}: install a newer kg"
        )
