"""Kept pages as files, which all workers of a machine share; each worker holds those in memory that it read last."""

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from threading import get_ident

# The size of all is looked at after so many new ones of a worker; then as much is taken away as leaves room for more.
_LOOK_EVERY = 64
_ROOM = 0.9
# What a worker holds of all: an eighth, which is every page that many ask for.
_HELD = 1 / 8


@dataclass(slots=True)
class Entry:
    """A page as it is sent: its headers, and its body in an encoding. `expires` is a Unix time."""

    expires: float
    headers: list
    body: bytes = b""


class _Held:
    """Entries of one generation. Threads may count a byte too few; what is held is given up as a whole."""

    def __init__(self, generation):
        self.generation, self.entries, self.bytes = generation, {}, 0


class Store:
    """`get` and `put` entries of a generation. Those of another are never given, and are removed at the next `put`."""

    def __init__(self, folder: Path, limit: int):
        self.folder, self.limit = folder, limit
        self._puts = 0
        self._held = _Held(None)

    def get(self, generation, key):
        held = self._held
        if held.generation != generation:
            held = self._held = _Held(generation)
        if entry := held.entries.get(key):
            return entry
        try:
            with open(self._path(generation, key), "rb", buffering=0) as file:
                content = file.read()
        except OSError:
            return None
        head, _newline, body = content.partition(b"\n")
        entry = Entry(**json.loads(head), body=body)
        held.bytes += len(content)
        if held.bytes > self.limit * _HELD:
            self._held = _Held(generation)
        else:
            held.entries[key] = entry
        return entry

    def put(self, generation, key, entry):
        """Keep an entry; where the disk refuses it, nothing is kept and nothing is said: the page was made anyway."""
        path = Path(self._path(generation, key))
        written = path.with_suffix(f".{os.getpid()}-{get_ident()}")
        head = {"expires": entry.expires, "headers": entry.headers}
        try:
            if not path.parent.is_dir():
                self._forget_others(generation)
                path.parent.mkdir(parents=True, exist_ok=True)
            written.write_bytes(json.dumps(head).encode() + b"\n" + entry.body)
            written.replace(path)
            if self._puts % _LOOK_EVERY == 0:
                self._make_room(path.parent)
            self._puts += 1
        except OSError:
            with suppress(OSError):
                written.unlink()

    def _path(self, generation, key):
        return f"{self.folder}/{generation}/{blake2b(key.encode(), digest_size=16).hexdigest()}"

    def _forget_others(self, generation):
        for other in self.folder.glob("*") if self.folder.is_dir() else ():
            if other.name != str(generation):
                shutil.rmtree(other, ignore_errors=True)

    def _make_room(self, folder):
        """Take the oldest away, down to less than the limit, where all of them together are above it."""
        files = sorted((entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(folder))
        total = sum(size for _time, size, _path in files)
        if total <= self.limit:
            return
        for _time, size, path in files:
            os.unlink(path)
            total -= size
            if total <= self.limit * _ROOM:
                return
