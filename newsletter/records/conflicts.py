"""The second of two who save one record: what the first one saved and what the second typed are brought together.

The text from which the second started is known by its version, so three texts are compared. What only one of the two
changed is taken from that one; what both changed is shown side by side, and the second decides.
"""

import re
from dataclasses import dataclass, field

from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import QuerySet
from django.forms import CheckboxInput, FileInput, MultiWidget
from django.utils.text import capfirst

from .content import Wording, passages_in, passages_of, stored_values
from .differences import side_by_side
from .history import version_with

DECISION = "_decide-"


@dataclass
class Difference:
    """What both changed: `key` is a field's name or a row's prefix in the form; the texts are safe HTML."""

    key: str
    label: str
    saved: str
    typed: str


@dataclass
class Conflict:
    """Somebody saved since the form was opened. `taken` are labels of what only they changed."""

    person: object
    differences: list[Difference] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)


def is_stale(request, obj):
    """Whether the posted form was opened before the row's last save, or does not say of which one it is."""
    return request.POST.get("read_version") != str(obj.version)


def bring_together(model_admin, request, obj):
    """The `Conflict` of a stale form. `request.POST` becomes the merged form, based on what is stored now."""
    merge = _Merge(model_admin, request, obj)
    merge.fields()
    for formset in merge.formsets:
        merge.rows(formset)
    merge.data["read_version"] = str(obj.version)
    _replace(request, merge.data, merge.files)
    return merge.conflict


def take_saved(model_admin, request, obj):
    """Put what is stored into the posted form wherever the person decided for it."""
    decided = [name.removeprefix(DECISION) for name, value in request.POST.items() if name.startswith(DECISION)]
    saved = [key for key in decided if request.POST[DECISION + key] == "saved"]
    if not saved:
        return
    merge = _Merge(model_admin, request, obj)
    for key in saved:
        if key in merge.stored_form.fields:
            merge.put(_posted(merge.stored_form, [key]))
        else:
            merge.take_row(key)
    _replace(request, merge.data, merge.files)


def _replace(request, data, files):
    request.POST = data
    request._files = files


class _Merge:
    def __init__(self, model_admin, request, obj):
        self.obj, self.wording = obj, Wording()
        self.data, self.files = request.POST.copy(), request.FILES.copy()
        self.conflict = Conflict(obj.modified_by)
        form_class = model_admin.get_form(
            request, obj, change=True, fields=flatten_fieldsets(model_admin.get_fieldsets(request, obj))
        )
        self.stored_form = form_class(instance=_again(obj))
        self.typed_form = form_class(request.POST, request.FILES, instance=_again(obj))
        self.typed_form.is_valid()
        self.formsets, _inlines = model_admin._create_formsets(request, _again(obj), change=True)
        for formset in self.formsets:
            formset.is_valid()
        read = request.POST.get("read_version", "")
        base = version_with(obj, int(read)) if obj.KEEPS_HISTORY and re.fullmatch(r"[0-9]{1,9}", read) else None
        self.base = passages_in(base, self.wording) if base else None
        self.saved = passages_of(obj, self.wording)

    # The fields of the record itself.

    def fields(self):
        for name in self.typed_form.fields:
            if name == "read_version":
                continue
            saved, typed = (self._words(form, name) for form in (self.stored_form, self.typed_form))
            before = self.base[name][1] if self.base and name in self.base else None
            if typed == saved or saved == before:
                continue
            label = str(capfirst(self.typed_form.fields[name].label or name))
            if typed == before:
                self.put(_posted(self.stored_form, [name]))
                self.conflict.taken.append(label)
            else:
                self._ask(name, label, saved, typed)

    def _words(self, form, name):
        model_field = next((f for f in self.obj._meta.concrete_fields if f.name == name), None)
        if form.is_bound and name not in form.cleaned_data:
            return str(form[name].data)
        if model_field:
            return self.wording.of_value(model_field, model_field.value_from_object(form.instance))
        value = form.cleaned_data[name] if form.is_bound else form.get_initial_for_field(form.fields[name], name)
        if isinstance(value, list | tuple | set | QuerySet):
            return "、".join(sorted(str(one) for one in value))
        return str(value or "")

    def put(self, values):
        for name, texts in values.items():
            if texts is None:
                self.data.pop(name, None)
            else:
                self.data.setlist(name, texts)

    def _ask(self, key, label, saved, typed):
        self.conflict.differences.append(Difference(key, label, *side_by_side(saved, typed)))

    # The rows of an inline, each a unit.

    def rows(self, formset):
        """Lay the posted rows over the stored ones, and write them into the form anew."""
        relation = formset.fk.remote_field.get_accessor_name()
        stored_forms = {form.instance.pk: form for form in self._stored_formset(formset).initial_forms}
        stored = {pk: form.instance for pk, form in stored_forms.items()}
        first, further, seen = [], [], set()
        asked = []
        for form in formset.forms:
            pk = self._pk(formset, form)
            typed = "" if self._is_deleted(form) else self._row_words(formset, form.instance)
            if pk is None:
                further.append(self._take_out(form))
                continue
            seen.add(pk)
            saved = self._row_words(formset, stored[pk]) if pk in stored else ""
            before = self._before(relation, pk, saved)
            row = self._take_out(form)
            if typed == saved or saved == before:
                # Unchanged by the other one: as typed. A row that both took away is gone.
                if pk in stored:
                    first.append(row)
            elif typed == before:
                self.conflict.taken.append(self._row_label(formset))
                if pk in stored:
                    first.append(_named_alike(stored_forms[pk]))
            elif pk in stored:
                asked.append((first, len(first), saved, typed))
                first.append(row)
            else:
                row[0].pop(formset.model._meta.pk.name, None)
                asked.append((further, len(further), saved, typed))
                further.append(row)
        for pk, form in stored_forms.items():
            if pk not in seen:
                self.conflict.taken.append(self._row_label(formset))
                first.append(_named_alike(form))
        self._write(formset, first, further)
        for rows, place, saved, typed in asked:
            number = place if rows is first else len(first) + place
            self._ask(formset.add_prefix(number), self._row_label(formset), saved, typed)

    def take_row(self, key):
        """Make the row with this prefix what is stored, or away where it is no more."""
        for formset in self.formsets:
            for form in formset.forms:
                if form.prefix == key:
                    stored = {row.instance.pk: row for row in self._stored_formset(formset).initial_forms}
                    found = stored.get(self._pk(formset, form))
                    self._take_out(form)
                    if found is None:
                        self.data[f"{key}-DELETE"] = "on"
                    else:
                        for suffix, texts in _named_alike(found)[0].items():
                            self.data.setlist(f"{key}-{suffix}", texts)

    def _stored_formset(self, formset):
        return type(formset)(instance=_again(self.obj), prefix=formset.prefix, queryset=formset.queryset.all())

    def _pk(self, formset, form):
        value = self.data.get(form.add_prefix(formset.model._meta.pk.name))
        return int(value) if value and value.isdecimal() else None

    @staticmethod
    def _is_deleted(form):
        return bool(form.data.get(form.add_prefix("DELETE")))

    def _row_words(self, formset, row):
        return self.wording.of_row(formset.model, stored_values(row), without={formset.fk.name})

    def _before(self, relation, pk, saved):
        if self.base is None or relation not in self.obj.PARTS:
            return None
        return self.base.get((relation, pk), ("", ""))[1]

    @staticmethod
    def _row_label(formset):
        return str(capfirst(formset.model._meta.verbose_name))

    def _take_out(self, form):
        """Remove the row from the form; return its values and files by their names inside the row."""
        prefix = f"{form.prefix}-"
        taken = []
        for values in (self.data, self.files):
            names = [name for name in values if name.startswith(prefix)]
            taken.append({name.removeprefix(prefix): values.pop(name) for name in names})
        return tuple(taken)

    def _write(self, formset, first, further):
        for number, (values, files) in enumerate([*first, *further]):
            prefix = formset.add_prefix(number)
            for name, texts in values.items():
                self.data.setlist(f"{prefix}-{name}", texts)
            for name, uploads in files.items():
                self.files.setlist(f"{prefix}-{name}", uploads)
        self.data[f"{formset.prefix}-INITIAL_FORMS"] = str(len(first))
        self.data[f"{formset.prefix}-TOTAL_FORMS"] = str(len(first) + len(further))


def _again(obj):
    """The stored row as an object of its own, which a form may fill."""
    return type(obj)._base_manager.get(pk=obj.pk)


def _named_alike(form):
    """A stored row as values by their names inside the row, and no files."""
    prefix = f"{form.prefix}-"
    values = _posted(form, form.fields)
    return {name.removeprefix(prefix): texts for name, texts in values.items() if texts is not None}, {}


def _posted(form, names):
    """`{name: [texts]}` that a browser would post for fields of an unbound form; None for what it would leave out."""
    values = {}
    for name in names:
        bound = form[name]
        widget = getattr(bound.field.widget, "widget", bound.field.widget)
        value = bound.value()
        if isinstance(widget, FileInput):
            continue
        if isinstance(widget, MultiWidget):
            for suffix, part, inner in zip(widget.widgets_names, widget.decompress(value), widget.widgets, strict=True):
                values[bound.html_name + suffix] = _texts(inner, part)
        else:
            values[bound.html_name] = _texts(widget, bound.field.prepare_value(value))
    return values


def _texts(widget, value):
    if isinstance(widget, CheckboxInput):
        return ["on"] if value else None
    shown = widget.format_value(value)
    if isinstance(shown, list | tuple):
        return [str(one) for one in shown]
    return ["" if shown is None else str(shown)]
