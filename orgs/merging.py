"""Merging a duplicate into another organization, and undoing it.

Every row that names the duplicate is moved, or dropped where the other organization stands in its place already; the
`Merger` keeps what each of them was. The duplicate stays as a row without names: its address leads to the other one.
"""

from collections import defaultdict
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial

from django.apps import apps
from django.db import IntegrityError, transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from newsletter.records.audit import AuditEntry, audit
from newsletter.records.history import keep_first, one_revision, restored, restoring
from newsletter.records.models import Record

from .models import NOT_ITSELF, Merger, MovedRow, NameTaken, Organization, OrganizationName
from .signals import merging

# What the other organization takes over where it says nothing itself.
_TAKEN_OVER = (
    *("description", "region", "website", "wechat", "phone", "email", "address"),
    *("registered_on", "grade", "supervisor_id", "parent_id", "credit_code", "member", "listed"),
)


class MergeRefused(Exception):
    """The two cannot be merged, or a merger cannot be undone; nothing was changed. `args[0]` says why."""


@dataclass
class Undone:
    """`left` are the labels of what has changed since the merger, and was left as it is now."""

    left: list


class Moves:
    """The changes of one merger of `duplicate` into `into`: all that changes a row goes through it.

    `rows` are `MovedRow`s, not saved yet. With `is_trial` they say what would change, and nothing is changed.
    """

    def __init__(self, duplicate, into, *, by, is_trial=False):
        self.duplicate, self.into, self.by, self.is_trial, self.rows = duplicate, into, by, is_trial, []

    def change(self, row, *, owner=None, **values):
        """Save the row with these values, by the names of its columns (`organization_id`)."""
        was = {name: getattr(row, name) for name in values}
        self._note(row, owner, was, values)
        if not self.is_trial:
            _set(row, values, by=self.by)

    def drop(self, row, *, owner=None):
        was = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        self._note(row, owner, was, None)
        if not self.is_trial:
            row.delete()

    def links(self, model, owner, *, roles, also=()):
        """Move rows that give organizations a role in what stands in the field `owner`; `roles` from the strongest.

        Where both stand in one, the side with the stronger role keeps its rows, the other's are dropped; of the names
        in `also`, what a dropped row has (that it is the primary one) goes over to the strongest that stays.
        """
        of_owner = defaultdict(list)
        rows = model._base_manager.filter(organization__in=[self.duplicate, self.into]).order_by("pk")
        for row in rows.select_related(owner):
            of_owner[getattr(row, owner)].append(row)
        for record, rows in of_owner.items():
            rows.sort(key=lambda row: roles.index(row.role))
            ours = [row for row in rows if row.organization_id == self.into.pk]
            theirs = [row for row in rows if row.organization_id == self.duplicate.pk]
            if theirs:
                with self._changed(record):
                    self._bring_together(record, ours, theirs, roles, also)

    def _bring_together(self, record, ours, theirs, roles, also):
        theirs_stay = not ours or roles.index(theirs[0].role) < roles.index(ours[0].role)
        staying, dropped = (theirs, ours) if theirs_stay else (ours, theirs)
        handed_on = {name: True for name in also if any(getattr(row, name) for row in dropped)}
        for row in dropped:
            self.drop(row, owner=record)
        if theirs_stay:
            for row in theirs:
                self.change(row, owner=record, organization_id=self.into.pk)
        if handed_on:
            self.change(staying[0], owner=record, **handed_on)

    def owned(self, model, owner, same):
        """Move rows without a role; one is dropped where the other has a row with the same value of `same`."""
        of_owner = defaultdict(list)
        for row in model._base_manager.filter(organization=self.duplicate).select_related(owner):
            of_owner[getattr(row, owner)].append(row)
        for record, rows in of_owner.items():
            there = model._base_manager.filter(organization=self.into, **{owner: record}).values_list(same, flat=True)
            with self._changed(record):
                for row in rows:
                    if getattr(row, same) in there:
                        self.drop(row, owner=record)
                    else:
                        self.change(row, owner=record, organization_id=self.into.pk)

    def named(self, queryset, field):
        """Let records name the other organization in `field`."""
        for record in queryset.filter(**{field: self.duplicate}):
            with self._answering(record):
                self.change(record, **{f"{field}_id": self.into.pk})

    def _note(self, row, owner, was, became):
        self.rows.append(
            MovedRow(
                model=row._meta.label_lower,
                object_id=row.pk,
                owner_model=owner._meta.label_lower if owner else "",
                owner_id=owner and owner.pk,
                was=was,
                became=became,
                label=Truncator(f"{owner} · {row}" if owner else str(row)).chars(300),
            )
        )

    def _changed(self, record):
        return nullcontext() if self.is_trial else _changed(record, self.by)

    def _answering(self, record):
        return nullcontext() if self.is_trial else _answering(record, self.by)


class _MovesWithin(Moves):
    """Of rows that came back with a record, whose saving has a version, a revision and an answer of its own."""

    def _changed(self, record):
        return nullcontext()

    _answering = _changed


def merge(duplicate, into, *, by):
    """Merge `duplicate` into `into` and return the `Merger`. Raises MergeRefused, or EditConflict."""
    with transaction.atomic(), one_revision(by):
        duplicate, into = _locked(duplicate, into)
        moves = Moves(duplicate, into, by=by)
        keep_first(duplicate)
        keep_first(into)
        _move(moves)
        merger = Merger.objects.create(duplicate=duplicate, into=into, by=by, status_before=duplicate.status)
        for row in moves.rows:
            row.merger = merger
        MovedRow.objects.bulk_create(moves.rows, batch_size=500)
        duplicate.status, duplicate.merged_into = Organization.Status.MERGED, into
        duplicate.save(by=by)
        into.save(by=by)
        audit(AuditEntry.Deed.MERGED, by=by, obj=duplicate, detail=f"→ {into}")
        return merger


def preview(duplicate, into):
    """`(moved, dropped)`: rows as a merger would note them. Raises MergeRefused where there can be none."""
    moves = Moves(duplicate, into, by=None, is_trial=True)
    _move(moves)
    return [row for row in moves.rows if not row.was_dropped], [row for row in moves.rows if row.was_dropped]


def unmerge(merger, *, by):
    """Put every row back that is still as the merger left it. Raises MergeRefused, or EditConflict."""
    left = []
    with transaction.atomic(), one_revision(by):
        merger = Merger.objects.select_for_update(no_key=True).get(pk=merger.pk)
        duplicate, into = _locked(merger.duplicate, merger.into)
        if not merger.may_be_undone():
            raise MergeRefused(_("A merger can be undone once, and for 30 days."))
        if into.status == Organization.Status.MERGED:
            raise MergeRefused(_("%(name)s has been merged itself since: undo that first.") % {"name": into})
        duplicate.status, duplicate.merged_into = merger.status_before, None
        # Without its names, which come back below.
        duplicate.save(by=by, keep_name=False)
        of_owner = defaultdict(list)
        for row in merger.rows.order_by("-pk"):
            of_owner[row.owner_model, row.owner_id].append(row)
        for (model, pk), rows in of_owner.items():
            owner = apps.get_model(model)._base_manager.filter(pk=pk).first() if model else None
            if owner:
                with _changed(owner, by):
                    left += [row.label for row in rows if not _put_back(row, by)]
            else:
                left += [row.label for row in rows if not _put_back(row, by)]
        try:
            OrganizationName.keep_full_name(duplicate)
        except NameTaken as taken:
            raise MergeRefused(taken.messages[0]) from taken
        duplicate.refresh_sort_keys()
        merger.undone_at, merger.undone_by = timezone.now(), by
        merger.save()
        audit(AuditEntry.Deed.UNMERGED, by=by, obj=duplicate, detail=f"← {into}")
    return Undone(left)


@receiver(restoring)
def name_those_of_now(obj, **kwargs):
    """An older text that names what has been merged since names the organization that took its place."""
    for field in _naming(type(obj)):
        named = getattr(obj, field.name)
        while named and named.status == Organization.Status.MERGED:
            named = named.merged_into
        setattr(obj, field.name, named)


@receiver(restored)
def move_what_came_back(obj, by, **kwargs):
    """The rows of an older text that name what has been merged since are moved as in the merger."""
    parts = [getattr(obj, name) for name in obj.PARTS]
    while came_back := [
        named
        for rows in parts
        for field in _naming(rows.model)
        for named in Organization.objects.filter(pk__in=rows.values(field.name), status=Organization.Status.MERGED)
    ]:
        duplicate = came_back[0]
        merging.send(Organization, moves=_MovesWithin(duplicate, duplicate.merged_into, by=by))


def _naming(model):
    """The fields in which rows of the model name an organization, but for that into which one was merged."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.related_model is Organization and field.name != "merged_into"
    ]


def _locked(*organizations):
    """The organizations as they are now, in the order of the arguments; nobody else merges them meanwhile.

    Writers of links need no more than the key, so nobody waits for a merger who then keeps it waiting.
    """
    rows = Organization.objects.select_for_update(no_key=True).filter(pk__in=[o.pk for o in organizations])
    found = {organization.pk: organization for organization in rows.order_by("pk")}
    return [found[organization.pk] for organization in organizations]


def _move(moves):
    if moves.duplicate == moves.into:
        raise MergeRefused(NOT_ITSELF)
    for organization in (moves.duplicate, moves.into):
        if organization.status == Organization.Status.MERGED:
            raise MergeRefused(_("%(name)s has been merged already.") % {"name": organization})
    _move_own(moves)
    merging.send(Organization, moves=moves)


def _move_own(moves):
    """What organizations keep themselves: names, correspondents, each other, and what the page says of them."""
    duplicate, into = moves.duplicate, moves.into
    write_for_it = Organization.correspondents.through.objects
    known = {*write_for_it.filter(organization=into).values_list("user", flat=True)}
    for link in write_for_it.filter(organization=duplicate):
        if link.user_id in known:
            moves.drop(link)
        else:
            moves.change(link, organization_id=into.pk)
    for field in ("supervisor", "parent"):
        moves.named(Organization.objects.exclude(pk=into.pk), field)
        if getattr(into, f"{field}_id") == duplicate.pk:
            moves.change(into, **{f"{field}_id": None})
    taken_over = {
        name: getattr(duplicate, name)
        for name in _TAKEN_OVER
        # Not itself as its own parent; a truth is equal to the number 1, too.
        if getattr(duplicate, name)
        and not getattr(into, name)
        and not (name.endswith("_id") and getattr(duplicate, name) == into.pk)
    }
    if "credit_code" in taken_over:
        moves.change(duplicate, credit_code=None)
    if taken_over:
        moves.change(into, **taken_over)
    # At last, so that an undoing gives the names back before anything asks for them.
    for name in duplicate.names.all():
        kind = name.kind if name.kind == OrganizationName.Kind.FORMER else OrganizationName.Kind.ALIAS
        moves.change(name, organization_id=into.pk, kind=kind)


def _set(row, values, *, by):
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, Record):
        row.save(by=by)
    else:
        row.save()


def _answering(record, by):
    """What has passed a review answers for the change. Who may merge organizations may publish: it stays public."""
    return record.changing(by=by, may_publish=True)


class _changed:
    """Around a change of a record's parts: it gets a version and a revision of its own, and answers for the change."""

    def __init__(self, record, by):
        self.record, self.by = record, by

    def __enter__(self):
        keep_first(self.record)
        self.around = _answering(self.record, self.by)
        self.around.__enter__()

    def __exit__(self, *error):
        if error[0] is None:
            self.record.save(by=self.by)
        return self.around.__exit__(*error)


def _put_back(row, by):
    """Whether the row is again what it was before the merger; False where somebody has changed it since."""
    model = apps.get_model(row.model)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    read = partial(_read, fields)
    if any(not _exists(fields[name], value) for name, value in row.was.items()):
        return False
    now = model._base_manager.filter(pk=row.object_id).first()
    try:
        with transaction.atomic():
            if row.was_dropped:
                if now is not None:
                    return False
                model(**read(row.was)).save(force_insert=True)
            else:
                if now is None or any(getattr(now, name) != value for name, value in read(row.became).items()):
                    return False
                with _answering(now, by) if isinstance(now, Record) else transaction.atomic():
                    _set(now, read(row.was), by=by)
    except IntegrityError:
        return False
    return True


def _read(fields, values):
    return {name: fields[name].to_python(value) for name, value in values.items()}


def _exists(field, value):
    """SQLite asks about missing rows only at the end of the transaction."""
    if not field.is_relation or value is None:
        return True
    return field.related_model._base_manager.filter(pk=value).exists()
