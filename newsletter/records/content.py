"""What a record says, in words: the passages that history, conflicts and reviews compare."""

import datetime
from pathlib import PurePath

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .fields import RichTextField
from .history import parts_in
from .text import readable


class Wording:
    """Puts stored values into words; remembers the names of linked rows while it lives."""

    def __init__(self):
        self._names = {}

    def of_value(self, field, value):
        """The words of a field's stored value; "" for an empty one."""
        if value is None or value == "":
            return ""
        if field.many_to_many:
            return "、".join(sorted(self._name(field.related_model, pk) for pk in value))
        if field.is_relation:
            return self._name(field.related_model, value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(field, RichTextField):
            return readable(value)
        if isinstance(field, models.FileField):
            return PurePath(str(value)).name
        if isinstance(value, datetime.datetime):
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
        return str(value)

    def _name(self, model, pk):
        pk = model._meta.pk.to_python(pk)
        if (model, pk) not in self._names:
            found = model._base_manager.filter(pk=pk).first()
            self._names[model, pk] = str(found) if found else _("(deleted)")
        return self._names[model, pk]

    def of_row(self, model, values, without=()):
        """A part as lines of `label: words`, empty fields left out."""
        lines = []
        for field in model._meta.concrete_fields:
            if field.editable and not field.primary_key and field.name not in without:
                if words := self.of_value(field, values[field.attname]):
                    lines.append(f"{capfirst(field.verbose_name)}：{words}")
        return "\n".join(lines)


def stored_values(obj):
    return {field.attname: field.value_from_object(obj) for field in obj._meta.concrete_fields}


def fields_in_words(obj_or_model):
    """The fields that people change, and of the others those that they should see change."""
    return [
        field
        for field in obj_or_model._meta.concrete_fields
        if (field.editable and not field.primary_key) or field.name in obj_or_model.SHOWN_IN_HISTORY
    ]


def _plain_links(model):
    """Links to many rows of which nothing else is kept; others are parts."""
    return [field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]


def passages_of(obj, wording=None):
    """`{key: (label, words)}` of a stored object: a passage for each field, and for each part by `(relation, pk)`."""
    parts = [(name, part.pk, stored_values(part)) for name in obj.PARTS for part in getattr(obj, name).all()]
    links = {field.attname: getattr(obj, field.name).values_list("pk", flat=True) for field in _plain_links(type(obj))}
    return _passages(type(obj), stored_values(obj) | links, parts, wording or Wording())


def passages_in(version, wording=None):
    """The same of a kept version."""
    parts = [
        (name, part._model._meta.pk.to_python(part.object_id), part.field_dict) for name, part in parts_in(version)
    ]
    return _passages(version._model, version.field_dict, parts, wording or Wording())


def _passages(model, values, parts, wording):
    passages = {
        field.name: (capfirst(field.verbose_name), wording.of_value(field, values[field.attname]))
        for field in [*fields_in_words(model), *_plain_links(model)]
    }
    for name, pk, part_values in parts:
        relation = getattr(model, name).rel
        part = relation.related_model
        words = wording.of_row(part, part_values, without={relation.field.name})
        passages[name, pk] = (capfirst(part._meta.verbose_name), words)
    return passages
