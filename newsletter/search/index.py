"""What stands in the index: made from `search_document()` of each searchable object.

A model is searchable if it has `search_document()`. It returns a dict, or None for an object that is not to be found:

- `title`: what results are headed by, a string;
- `head`: headline group or names, a list of strings; matches in these come first. Default: the title.
- `body`: everything else in the order in which it is read, a list of strings;
- `date`: the day by which results are sorted, or None; `when`: how it is said, where it is not a day of the calendar;
- `public_from`: the moment from which readers may find it, or None;
- `facets`: `{name of a filter: primary keys}`, see `results`.

Its manager has `public(at=None)`, what readers may see, and `for_search()`, with all that `search_document()` reads.
`SEARCH_FOLLOWS` names the relations from which the document takes something, such as `("type",)`. With
`PUBLIC_IS_ASKED` an object becomes public by what happens to others, so that `public()` is asked with each search.
"""

import math
from functools import cache
from itertools import chain

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import translation

from .engines import engine
from .models import Entry, EntryFacet, EntryText
from .text import READING

# Entries that are written at once, in one transaction.
CHUNK = 500
# A longer text is found by its beginning: a `tsvector` holds 1 MB.
LONGEST_TEXT = 100_000
_ATTEMPTS = 3


@cache
def searchable_models():
    return [model for model in apps.get_models() if hasattr(model, "search_document")]


def kind_of(model):
    return ContentType.objects.get_for_model(model)


def pks_of(model):
    """The primary keys of all objects and of all entries of the model, in lists of at most `CHUNK`."""
    known = Entry.objects.of(model).values_list("object_id", flat=True)
    pks = sorted({*model._base_manager.values_list("pk", flat=True), *known})
    return [pks[start : start + CHUNK] for start in range(0, len(pks), CHUNK)]


def put(model, pks, *, anew=False):
    """Bring the entries of these objects (at most `CHUNK`) to what is stored; those of objects that are gone, go.

    With `anew` also those are written that are right.
    """
    for _again in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                return _put(model, pks, anew)
        except IntegrityError:
            # Another one took the same id in the meantime.
            continue
    with transaction.atomic():
        _put(model, pks, anew)


def _put(model, pks, anew):
    # Whoever changes one of them has it locked until that is committed: what is read now is the last that was saved.
    list(model._base_manager.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    stored, wanted = _stored(model, pks), _wanted(model, pks)
    wrong = [entry for pk, entry in stored.items() if anew or pk not in wanted or not wanted[pk].is_as(entry)]
    _remove(wrong)
    right = stored.keys() - {entry.object_id for entry in wrong}
    _add([made for pk, made in wanted.items() if pk not in right])


def drop_leftovers(models):
    """Take out the entries of all models but these."""
    entries = Entry.objects.exclude(kind__in=[kind_of(model) for model in models])
    while found := list(entries.select_related("text")[:CHUNK]):
        with transaction.atomic():
            _remove(found)


def differing(model, pks):
    """The primary keys of those objects that the index does not have as they are."""
    stored, wanted = _stored(model, pks), _wanted(model, pks)
    return sorted(
        pk for pk in {*stored, *wanted} if pk not in stored or pk not in wanted or not wanted[pk].is_as(stored[pk])
    )


_COMPARED = ("date", "facet_key", "public_from", "reading")


class _Wanted:
    """The rows of an entry as they should be."""

    def __init__(self, kind, object_id, document):
        date = document["date"]
        self.facets = {(name, pk) for name, pks in document["facets"].items() for pk in pks}
        self.entry = Entry(
            kind=kind,
            object_id=object_id,
            date=date,
            year=date and date.year,
            facet_key=" ".join(f"{name}:{pk}" for name, pk in sorted(self.facets)),
            public_from=document["public_from"],
            reading=READING,
        )
        self.text = EntryText(
            title=document["title"],
            when=document.get("when") or (date.isoformat() if date else ""),
            head=_lines(document.get("head") or [document["title"]]),
            body=_lines(document["body"]),
        )

    def is_as(self, entry):
        return all(getattr(entry, name) == getattr(self.entry, name) for name in _COMPARED) and all(
            getattr(entry.text, name) == getattr(self.text, name) for name in ("title", "when", "head", "body")
        )


def _lines(texts):
    return "\n".join(filter(None, texts))[:LONGEST_TEXT]


def _stored(model, pks):
    entries = Entry.objects.filter(kind=kind_of(model), object_id__in=list(pks))
    return {entry.object_id: entry for entry in entries.select_related("text")}


def _wanted(model, pks):
    # Not in the language of who happens to save.
    with translation.override(settings.LANGUAGE_CODE):
        documents = {obj.pk: obj.search_document() for obj in model.objects.for_search().filter(pk__in=list(pks))}
    return {pk: _Wanted(kind_of(model), pk, document) for pk, document in documents.items() if document}


def _remove(entries):
    if not entries:
        return
    engine().remove([entry.text for entry in entries])
    # Without asking what hangs on them, which `delete()` would do row by row.
    pks = [entry.pk for entry in entries]
    for rows in (EntryFacet.objects.filter(entry__in=pks), EntryText.objects.filter(entry__in=pks)):
        rows._raw_delete(rows.db)
    entries = Entry.objects.filter(pk__in=pks)
    entries._raw_delete(entries.db)


def _add(wanted):
    if not wanted:
        return
    _give_ids([made.entry for made in wanted])
    for made in wanted:
        # Only now there is something that it can belong to.
        made.text.entry = made.entry
    Entry.objects.bulk_create(made.entry for made in wanted)
    EntryText.objects.bulk_create(made.text for made in wanted)
    EntryFacet.objects.bulk_create(
        EntryFacet(entry=made.entry, name=name, value=pk) for made in wanted for name, pk in sorted(made.facets)
    )
    engine().add([made.text for made in wanted])


def _give_ids(entries):
    given = set()
    taken = {*Entry.objects.filter(pk__in=[entry.first_id for entry in entries]).values_list("pk", flat=True)}
    for entry in entries:
        entry.pk = entry.first_id
        if entry.pk in taken or entry.pk in given:
            entry.pk = _free_id(entry.pk, given)
        given.add(entry.pk)


def _free_id(pk, given):
    """The first id from this one on that neither an entry has nor one of `given`."""
    taken = Entry.objects.filter(pk__gte=pk).order_by("pk").values_list("pk", flat=True)
    for next_taken in chain(taken.iterator(chunk_size=CHUNK), [math.inf]):
        while pk < next_taken:
            if pk not in given:
                return pk
            pk += 1
        pk += 1
