"""The index follows what is stored, in the same transaction: each save and deletion of an object, of its parts, and of
what its document takes something from."""

from functools import cache

from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_save
from django.dispatch import receiver

from newsletter.records.history import at_end, in_revision

from .engines import engine
from .index import CHUNK, put, searchable_models
from .models import Entry


def touched(model, pk):
    """Bring the entry of this object, and of what follows it, to what is stored: at the end of the present revision."""
    at_end(_follow, (model, pk))


def _follow(touched):
    pks = {}
    for model, pk in touched:
        for searchable, path in _followers(model):
            found = [pk] if path is None else searchable._base_manager.filter(**{path: pk}).values_list("pk", flat=True)
            pks.setdefault(searchable, {}).update(dict.fromkeys(found))
    for searchable, found in pks.items():
        found = list(found)
        for start in range(0, len(found), CHUNK):
            put(searchable, found[start : start + CHUNK])


@cache
def _followers(model):
    """`[(searchable model, path from it to this one)]`; the path is None for the model itself."""
    followers = [(model, None)] if model in searchable_models() else []
    for searchable in searchable_models():
        for path in searchable.SEARCH_FOLLOWS:
            end = searchable
            for name in path.split("__"):
                end = end._meta.get_field(name).related_model
            if end is model:
                followers.append((searchable, path))
    return followers


@cache
def _owners(model):
    """`{searchable model of which this one is a part: the column that names the owner}`."""
    owners = {}
    for searchable in searchable_models():
        for name in searchable.PARTS:
            relation = getattr(searchable, name).rel
            if relation.related_model is model:
                owners[searchable] = relation.field.attname
    return owners


@receiver(pre_save)
def note_owner_before(sender, instance, **kwargs):
    """A part can go over to another owner: then it is followed to both."""
    if _owners(sender):
        stored = sender._base_manager.filter(pk=instance.pk)
        instance.owners_before = [
            (searchable, pk)
            for searchable, column in _owners(sender).items()
            for pk in stored.values_list(column, flat=True)
        ]


@receiver([post_save, post_delete])
def follow_row(sender, instance, raw=False, **kwargs):
    # What a fixture is made of comes in any order: after `loaddata`, `rebuildsearch` is run.
    if raw and not in_revision():
        return
    if _followers(sender):
        touched(sender, instance.pk)
    owners = [(searchable, getattr(instance, column)) for searchable, column in _owners(sender).items()]
    for searchable, pk in dict.fromkeys([*owners, *getattr(instance, "owners_before", [])]):
        touched(searchable, pk)


@receiver(m2m_changed)
def follow_links(sender, instance, action, reverse, pk_set, **kwargs):
    if action in {"post_add", "post_remove", "post_clear"}:
        for searchable in _owners(sender):
            for pk in (pk_set or ()) if reverse else [instance.pk]:
                touched(searchable, pk)


@receiver(post_migrate)
def empty_with_the_tables(app_config, **kwargs):
    """`flush` empties the tables of models only, and then says that it has migrated."""
    if app_config.name == "newsletter.search" and not Entry.objects.exists():
        engine().clear()
