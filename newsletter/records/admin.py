from contextlib import contextmanager
from types import MappingProxyType

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, OperationalError, connection
from django.db.models import UniqueConstraint
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from imagefield.fields import PPOIField

from . import admin_audit  # noqa: F401 (registers the audit log)
from .admin_history import HistoryAdmin
from .admin_lists import BoundedLists
from .admin_presence import PresenceAdmin
from .audit import AuditEntry, audit
from .conflicts import bring_together, is_stale, take_saved
from .form_keys import SavedOnce
from .history import keep_first, one_revision
from .models import EditConflict, whole_field
from .uploads import KeepsUploads

SAVED_IN_THE_SAME_MOMENT = _("Somebody else saved this in the same moment. Please look and try again.")


class RecordForm(forms.ModelForm):
    """Carries the version that was on the screen, and refuses to save over a newer one."""

    read_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # Set where somebody else saved since the form was opened: it is then shown anew, with both texts.
    conflict = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["read_version"] = self.instance.version

    def clean(self):
        cleaned = super().clean()
        if self.conflict or (self.instance.pk and self.cleaned_data.get("read_version") != self.instance.version):
            raise forms.ValidationError(
                _("%(person)s saved this while you were writing, so nothing was saved now."),
                params={"person": self.instance.modified_by or _("Somebody else")},
            )
        return cleaned


class RecordRowForm(RecordForm):
    """A row of a list that is edited in place: only a row that this person changed can be in conflict."""

    def has_changed(self):
        return bool({*self.changed_data} - {"read_version"})

    def clean(self):
        return super().clean() if self.has_changed() else self.cleaned_data


class QuietLinks:
    """Beside a link stand a sign to add and one to look; changing and deleting what is linked has its own page."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, PPOIField) and field:
            field.label = _("focal point")
        if field and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = field.widget.can_change_related = False
        return field


class PartForm(forms.ModelForm):
    """A row of an inline. What must be unique among the rows is asked of the whole form, not of the stored rows."""

    parent_field = None

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {self.parent_field}


class PartsFormSet(forms.BaseInlineFormSet):
    """The rows of an inline, checked and saved together: two of them can change places in one save."""

    # Values that take a stored row out of the way before the others are saved; a function gets its number.
    vacated = MappingProxyType({})

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.parent_field = self.fk.name
        return form

    def clean(self):
        super().clean()
        rows = [form.instance for form in self.forms if form not in self.deleted_forms and self._is_filled(form)]
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and self.fk.name in constraint.fields:
                self._refuse_doubles(constraint, rows)

    @staticmethod
    def _is_filled(form):
        return form.instance.pk is not None or form.has_changed()

    def _refuse_doubles(self, constraint, rows):
        seen = set()
        names = [name for name in constraint.fields if name != self.fk.name]
        for row in rows:
            if constraint.condition and not self._applies(constraint.condition, row):
                continue
            key = tuple(getattr(row, self.model._meta.get_field(name).attname) for name in names)
            if None in key:
                continue
            if key in seen:
                raise forms.ValidationError(constraint.get_violation_error_message())
            seen.add(key)

    def _applies(self, condition, row):
        return condition.check({field.name: getattr(row, field.attname) for field in self.model._meta.concrete_fields})

    def save(self, commit=True):
        if commit and self.vacated:
            leaving = [form for form in self.initial_forms if form.has_changed() or form in self.deleted_forms]
            for number, form in enumerate(leaving):
                values = {name: value(number) if callable(value) else value for name, value in self.vacated.items()}
                self.model._base_manager.filter(pk=form.instance.pk).update(**values)
        return super().save(commit)


class TabularInline(QuietLinks, admin.TabularInline):
    extra = 0
    form = PartForm
    formset = PartsFormSet


class StackedInline(QuietLinks, admin.StackedInline):
    extra = 0
    form = PartForm
    formset = PartsFormSet


class RecordAdmin(HistoryAdmin, PresenceAdmin, QuietLinks, SavedOnce, KeepsUploads, BoundedLists, admin.ModelAdmin):
    """The base of all admin pages of records: who and when are kept, and nobody saves over another's text unseen."""

    form = RecordForm
    list_per_page = 50
    save_on_top = True

    def get_fieldsets(self, request, obj=None):
        return [*super().get_fieldsets(request, obj), *self.record_fieldsets(obj)]

    def record_fieldsets(self, obj):
        if obj is None:
            return []
        record = [("created_at", "created_by"), ("modified_at", "modified_by"), "version"]
        return [
            (None, {"fields": ["read_version"]}),
            (_("Record"), {"classes": ["collapse"], "fields": record}),
        ]

    def get_readonly_fields(self, request, obj=None):
        return (
            *super().get_readonly_fields(request, obj),
            *("created_at", "created_by", "modified_at", "modified_by", "version"),
        )

    def get_object(self, request, object_id, from_field=None):
        """The row, held until the end of a save: the form's check of the version and the writing see the same one."""
        obj = super().get_object(request, object_id, from_field)
        if obj is not None and request.method == "POST" and connection.in_atomic_block:
            self.model._base_manager.select_for_update().filter(pk=obj.pk).first()
            obj = super().get_object(request, object_id, from_field)
        return obj

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.conflict = getattr(request, "conflict", None)
        return form

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **{"form": RecordRowForm, **kwargs})

    def delete_model(self, request, obj):
        audit(AuditEntry.Deed.DELETED, by=request.user, obj=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            audit(AuditEntry.Deed.DELETED, by=request.user, obj=obj)
        super().delete_queryset(request, queryset)

    def save_model(self, request, obj, form, change):
        """Nothing: the row is saved with its parts, as one revision. Django calls `save_related` next."""

    def save_related(self, request, form, formsets, change):
        """The row, its parts, and the other records whose parts some of these are, too: all as one revision."""
        others = _other_owners(formsets)
        for known in [form.instance, *others] if change else others:
            keep_first(known)
        with self.changing(request, [form.instance, *others]):
            form.instance.save(by=request.user)
            self.save_parts(request, form, formsets, change)
            for other in others:
                other.save(by=request.user)
        request.saved_object = form.instance

    @contextmanager
    def changing(self, request, records):
        """Around the writing of a form that concerns these records."""
        with one_revision(request.user):
            yield

    def save_parts(self, request, form, formsets, change):
        """Save what belongs to the row; a subclass adds what follows from it."""
        super().save_related(request, form, formsets, change)

    def _changeform_view(self, request, object_id, form_url, extra_context):
        # Inside of the transaction, with the row held: see get_object.
        obj = self.get_object(request, unquote(object_id)) if request.method == "POST" and object_id else None
        if obj is not None and self.has_change_permission(request, obj):
            if is_stale(request, obj):
                request.conflict = bring_together(self, request, obj)
                extra_context = {**(extra_context or {}), "conflict": request.conflict}
            else:
                take_saved(self, request, obj)
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return self._changeform_once_more(request, object_id, form_url, extra_context)
        except EditConflict:
            return self._saved_in_the_same_moment(request)

    def _changeform_once_more(self, *args):
        try:
            return super().changeform_view(*args)
        except (IntegrityError, OperationalError):
            # Somebody took the same name between the check of the form and the writing: now the check sees it. Or two
            # savers waited for each other's rows, and the database refused one of them.
            for upload in args[0].FILES.values():
                upload.seek(0)
            return super().changeform_view(*args)

    def changelist_view(self, request, extra_context=None):
        try:
            return super().changelist_view(request, extra_context)
        except EditConflict:
            return self._saved_in_the_same_moment(request)

    def _saved_in_the_same_moment(self, request):
        """Somebody saved between the check of the form and the writing of the row."""
        self.message_user(request, SAVED_IN_THE_SAME_MOMENT, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())


def _other_owners(formsets):
    """The records, held, that a changed row of these formsets belongs to beside the form's own one.

    Such are the edition of an article, on the article's page, or the organizations of a correspondent.
    """
    pks = {}
    for formset in formsets:
        for field in formset.model._meta.concrete_fields:
            if field == formset.fk or not _is_part_by(field):
                continue
            for row in formset.forms:
                if row.has_changed():
                    chosen = [row.initial.get(field.name), getattr(row.cleaned_data.get(field.name), "pk", None)]
                    pks.setdefault(field.related_model, set()).update(filter(None, chosen))
    return [
        owner
        for model, chosen in pks.items()
        for owner in model._base_manager.select_for_update().filter(pk__in=chosen).order_by("pk")
    ]


def _is_part_by(field):
    """Whether by this field the row is a part of a record, or a link that the record's own form has, too."""
    return field == whole_field(field.model) or (
        field.related_model is not None and field.related_model is field.model._meta.auto_created
    )
