"""Every save of a record is kept as a revision, with its parts: photos, organizations, tags. See decision 0008."""

from contextlib import contextmanager
from contextvars import ContextVar

import reversion
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _
from reversion.models import Version

# By these, packages above take part when an older text is brought back, in its transaction and with `obj`: when its own
# values are set and not checked yet, and, with `by`, when it is saved with its parts.
restoring, restored = Signal(), Signal()


class RestoreRefused(Exception):
    """The revision cannot be brought back; nothing was changed. `args[0]` says why."""


def register_records():
    """Tell django-reversion of all records and their parts. Called once, when all models are loaded."""
    for model in apps.get_models():
        if getattr(model, "KEEPS_HISTORY", False):
            reversion.register(model, follow=model.PARTS)
            for name in model.PARTS:
                part = getattr(model, name).rel.related_model
                if not reversion.is_registered(part):
                    reversion.register(part)


# What is to be done at the end of the outermost `one_revision`: `{function: {value: None}}`, in the order of asking.
_at_end = ContextVar("at_end", default=None)


@contextmanager
def one_revision(by=None):
    """Everything that is saved inside is one revision, by the user `by`, and one transaction.

    At the end of the outermost one the records that were saved are read again, with their parts: a revision holds
    what is stored, also where a step inside was taken back.
    """
    if in_revision():
        with transaction.atomic():
            _by(by)
            yield
        return
    token = _at_end.set({})
    try:
        with reversion.create_revision(manage_manually=True):
            _by(by)
            yield
            for function, values in _at_end.get().items():
                function(list(values))
    finally:
        _at_end.reset(token)


def in_revision():
    return _at_end.get() is not None


def at_end(function, value):
    """Call the function with the list of all its values at the end of the outermost `one_revision`, in its transaction.

    Outside of one it is called at once. It must not save records.
    """
    if in_revision():
        _at_end.get().setdefault(function, {})[value] = None
    else:
        function([value])


def _by(user):
    if user is not None:
        reversion.set_user(user)


def saved(obj):
    """Say inside of `one_revision` that the record was saved."""
    if reversion.is_registered(type(obj)):
        at_end(_keep, (type(obj), obj.pk))


def _keep(saved):
    for model, pk in saved:
        if stored := model._base_manager.filter(pk=pk).first():
            reversion.add_to_revision(stored)


def versions_of(obj):
    """The versions of the object, the newest first, with `revision` and its user."""
    return Version.objects.get_for_object(obj).select_related("revision__user").order_by("-pk")


def version_with(obj, number):
    """What the object was when its `version` was this number; None where that was not kept."""
    for found in versions_of(obj).iterator(chunk_size=20):
        if found.field_dict["version"] == number:
            return found
    return None


def keep_first(obj):
    """Keep what is stored, where nothing was kept yet: a row that was made without `save()`."""
    if reversion.is_registered(type(obj)) and not versions_of(obj).exists():
        with reversion.create_revision(manage_manually=True):
            reversion.add_to_revision(type(obj)._base_manager.get(pk=obj.pk))


def parts_in(version):
    """The versions of the object's parts in the same revision: `[(name of the relation, version), …]`."""
    model = version._model
    of_model = {}
    for other in version.revision.version_set.all():
        of_model.setdefault(other._model, []).append(other)
    found = []
    for name in model.PARTS:
        relation = getattr(model, name).rel
        found += [
            (name, other)
            for other in of_model.get(relation.related_model, [])
            if str(other.field_dict[relation.field.attname]) == version.object_id
        ]
    return found


@transaction.atomic
def restore(obj, version, *, by):
    """Bring back the text and parts of a version as a new save of `obj`. State and times of publishing stay.

    Raises RestoreRefused, or EditConflict where somebody saved in between.
    """
    for field in obj._meta.concrete_fields:
        if field.editable and not field.primary_key and field.name not in obj.NOT_RESTORED:
            setattr(obj, field.attname, version.field_dict[field.attname])
    parts = [part for _name, part in parts_in(version)]
    restoring.send(type(obj), obj=obj)
    try:
        obj.full_clean(validate_unique=True)
        with one_revision(by):
            # All at once: one part may stand where another one stood.
            for name in obj.PARTS:
                for row in getattr(obj, name).all():
                    row.delete()
            for part in parts:
                _refuse_missing(part)
                part.revert()
            obj.save(by=by)
            restored.send(type(obj), obj=obj, by=by)
    except ValidationError as error:
        raise RestoreRefused(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise RestoreRefused(
            _("Something of that revision clashes with what exists now: another row has its name or place.")
        ) from error


def _refuse_missing(part):
    """SQLite asks about missing rows only at the end of the transaction, when nobody can be told what is missing."""
    for field in part._model._meta.concrete_fields:
        target = part.field_dict[field.attname]
        if field.is_relation and target is not None:
            if not field.related_model._base_manager.filter(pk=target).exists():
                raise RestoreRefused(
                    _("“%(part)s” cannot come back: what it belongs to does not exist any more.")
                    % {"part": part.object_repr}
                )
