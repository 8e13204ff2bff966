"""What waits between a preview and its confirmation: the rows as they were read, for the person who brought them.

They lie outside of what the web serves, under a name that nobody chooses or guesses, and are swept after a day. Beside
the kept uploads, so that another machine of the site may take the confirmation.
"""

import json
import re
import secrets
import time

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from .files import Table

_SECONDS = 24 * 60 * 60
_FOLDER = "spreadsheets"


def _kept():
    return storages["kept"]


def _place(name):
    return f"{_FOLDER}/{name}.json"


def keep(table, digest, *, by, label):
    """Keep the table with the digest of what the person was shown; the answer is the name under which it waits."""
    sweep()
    # The time is in the name: a store far away is slow to tell it of each.
    name = f"{int(time.time())}-{secrets.token_hex(16)}"
    kept = {"by": by.pk, "label": label, "digest": digest, "heads": table.heads, "rows": table.rows}
    _kept().save(_place(name), ContentFile(json.dumps(kept, ensure_ascii=False).encode()))
    return name


def taken_up(name, *, by, label):
    """`(table, digest)` of what waits under this name for this person and kind of record, or None."""
    if not re.fullmatch(r"[0-9]{10}-[0-9a-f]{32}", name, re.ASCII):
        return None
    try:
        with _kept().open(_place(name)) as file:
            kept = json.loads(file.read())
    except FileNotFoundError:
        return None
    if (kept["by"], kept["label"]) != (by.pk, label):
        return None
    return Table(kept["heads"], kept["rows"]), kept["digest"]


def drop(name):
    """Forget what `taken_up` has found."""
    _kept().delete(_place(name))


def sweep():
    try:
        _folders, files = _kept().listdir(_FOLDER)
    except FileNotFoundError:
        return
    for file in files:
        if int(file.partition("-")[0]) < time.time() - _SECONDS:
            _kept().delete(f"{_FOLDER}/{file}")
