"""What waits between a preview and its confirmation: the rows as they were read, for the person who brought them.

They lie outside of what the web serves, under a name that nobody chooses or guesses, and are swept after a day.
"""

import json
import os
import re
import secrets
import time

from django.conf import settings

from .files import Table

_SECONDS = 24 * 60 * 60


def _folder():
    folder = settings.VAR_DIR / "spreadsheets"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def keep(table, digest, *, by, label):
    """Keep the table with the digest of what the person was shown; the answer is the name under which it waits."""
    sweep()
    name = secrets.token_hex(16)
    kept = {"by": by.pk, "label": label, "digest": digest, "heads": table.heads, "rows": table.rows}
    file = os.open(_folder() / f"{name}.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as file:
        json.dump(kept, file, ensure_ascii=False)
    return name


def taken_up(name, *, by, label):
    """`(table, digest)` of what waits under this name for this person and kind of record, or None."""
    if not re.fullmatch(r"[0-9a-f]{32}", name):
        return None
    try:
        kept = json.loads((_folder() / f"{name}.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    if (kept["by"], kept["label"]) != (by.pk, label):
        return None
    return Table(kept["heads"], kept["rows"]), kept["digest"]


def drop(name):
    """Forget what `taken_up` has found."""
    (_folder() / f"{name}.json").unlink(missing_ok=True)


def sweep():
    for file in _folder().glob("*.json"):
        if file.stat().st_mtime < time.time() - _SECONDS:
            file.unlink(missing_ok=True)
