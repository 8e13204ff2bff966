"""Emptying the trash: rows, revisions and files go for good, one publishable in one transaction."""

from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Revision, Version

from newsletter.records.audit import AuditEntry, audit
from newsletter.records.history import parts_in, versions_of

from .languages import in_chinese
from .models import Publishable, Tombstone


def kinds():
    """The models of everything that can be published; what others hang on comes last."""
    found = [model for model in apps.get_models() if issubclass(model, Publishable)]
    # An edition holds its articles, an article the events and awards that it reports.
    order = ("edition", "article", "event", "award", "page")
    return sorted(found, key=lambda model: order.index(model._meta.model_name))


def due(model, before):
    return model.objects.trashed().filter(trashed_at__lt=before).order_by("pk")


def delete_for_good(publishable):
    """Delete one publishable that lies in the trash; return why not, in words, or None if it is gone."""
    model = type(publishable)
    with transaction.atomic():
        held = model.objects.trashed().select_for_update().filter(pk=publishable.pk).first()
        if held is None:
            return _("It was taken out of the trash.")
        files = _files(held)
        _leave_places(held)
        if held.was_public():
            Tombstone.objects.create(
                path=in_chinese(held.get_absolute_url()),
                uuid=held.uuid,
                withdrawn_at=held.withdrawn_at or held.trashed_at,
                withdrawal_kind=held.withdrawal_kind,
                withdrawal_reason=held.withdrawal_reason,
            )
        audit(AuditEntry.Deed.EMPTIED, obj=held)
        _forget_revisions(held)
        try:
            with transaction.atomic():
                held.delete()
        except (ProtectedError, RestrictedError) as error:
            holders = "、".join(str(row) for row in list(error.args[1])[:3])
            transaction.set_rollback(True)
            return _("Others still hold on to it: %(holders)s") % {"holders": holders}
        transaction.on_commit(lambda: [file.delete(save=False) for file in files])
    return None


def _leave_places(publishable):
    """Leave the editions in which it stands: a place protects what stands there."""
    if hasattr(publishable, "edition_items"):
        publishable.edition_items.all().delete()


def _files(publishable):
    """Its files and those of its parts, also of parts that only the history still holds."""
    rows = [publishable, *(part for name in publishable.PARTS for part in getattr(publishable, name).all())]
    rows += [part._object_version.object for version in versions_of(publishable) for _name, part in parts_in(version)]
    files = [
        getattr(row, field.name)
        for row in rows
        for field in row._meta.concrete_fields
        if isinstance(field, models.FileField)
    ]
    return [*{file.name: file for file in files if file}.values()]


def _forget_revisions(publishable):
    """The kept texts go too: what must be deleted is deleted everywhere."""
    gone = []
    for version in versions_of(publishable):
        gone += [version.pk, *(part.pk for _name, part in parts_in(version))]
    revisions = set(Version.objects.filter(pk__in=gone).values_list("revision", flat=True))
    Version.objects.filter(pk__in=gone).delete()
    Revision.objects.filter(pk__in=revisions, version__isnull=True).delete()


def empty(*, older_than, dry_run=False):
    """Yield `(publishable, why it stays or None)` for everything that lies longer in the trash than `older_than`."""
    before = timezone.now() - older_than
    for model in kinds():
        for publishable in due(model, before):
            yield publishable, None if dry_run else delete_for_good(publishable)
