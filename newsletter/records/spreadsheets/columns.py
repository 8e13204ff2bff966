"""The kinds of columns: how a value of a record stands in a cell, and what a cell may say."""

import re

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from import_export.fields import Field

from newsletter.records.text import clean_line

from .cells import day_of, joined, separated, time_of, whole_number_of

NOT_HERE = _("This cannot be changed by a spreadsheet. Leave the cell as it was exported.")


class Column(Field):
    """An attribute of a record under a fixed Chinese head, whatever language the person has chosen.

    A kind of column says how a `value` of a record is shown in a cell (`show`), read from one (`parse`, which raises
    `ValidationError`) and put into the record (`assign`).
    """

    # The resource to which the column belongs; it sets this.
    resource = None

    def __init__(self, head, attribute, *, example="", fixed=False):
        super().__init__(attribute=attribute, column_name=head)
        self.example, self.fixed = example, fixed

    def value(self, instance):
        return getattr(instance, self.attribute)

    def show(self, value):
        return "" if value is None else str(value)

    def parse(self, cell):
        raise NotImplementedError

    def assign(self, instance, value):
        setattr(instance, self.attribute, value)

    def accepted(self):
        """For the explanations: what may stand in the cell, beside what the field itself says."""
        return ""

    def explanation(self):
        if self.fixed:
            return str(_("Only for reading: a spreadsheet does not change it."))
        said = getattr(self.model_field, "help_text", "")
        return " ".join(str(part) for part in (said, self.accepted()) if part)

    def export(self, instance, **kwargs):
        return self.show(self.value(instance))

    def save(self, instance, row, is_m2m=False, **kwargs):
        """Take the row's cell over into the record. What stands there as it was exported is never touched."""
        cell, present = row[self.column_name], self.export(instance)
        if cell == present or (instance._state.adding and not cell.strip()):
            return
        if self.fixed:
            if cell.strip():
                raise ValidationError(NOT_HERE)
            return
        value = self.parse(cell)
        if self.show(value) != present:
            self.assign(instance, value)

    @cached_property
    def model_field(self):
        fields = {field.name: field for field in self.resource._meta.model._meta.get_fields()}
        return fields.get(self.attribute)

    def is_emptied(self, cell):
        """Whether the cell is empty. Raises `ValidationError` where it may not be."""
        if cell.strip():
            return False
        if not self.model_field.blank:
            raise ValidationError(self.model_field.error_messages["blank"])
        return True


class Key(Column):
    """The number that names the record: it is looked up, never written."""

    def save(self, instance, row, is_m2m=False, **kwargs):
        pass

    def explanation(self):
        return str(
            _("Says which row of the newsletter this is. Leave it as it was exported; leave it empty for what is new.")
        )


class Text(Column):
    def parse(self, cell):
        value = self.model_field.to_python(cell)
        # Addresses and codes have no gate of their own.
        value = value if hasattr(self.model_field, "gate") else clean_line(value)
        return None if value == "" and self.model_field.null else value


class Code(Text):
    """Digits and letters that a spreadsheet program likes to take for a number: codes and telephone numbers."""

    def parse(self, cell):
        return super().parse(re.sub(r"^(\d+)\.0+$", r"\1", cell.strip()))


class Number(Column):
    def parse(self, cell):
        if self.is_emptied(cell):
            return None
        try:
            return whole_number_of(cell)
        except ValueError:
            raise ValidationError(_("“%(cell)s” is no whole number."), params={"cell": cell}) from None

    def accepted(self):
        return _("A whole number.")


class Day(Column):
    def parse(self, cell):
        if self.is_emptied(cell):
            return None
        try:
            return day_of(cell)
        except ValueError:
            raise ValidationError(_("“%(cell)s” is no day; write 2019-06-04."), params={"cell": cell}) from None

    def accepted(self):
        return _("A day, e.g. 2019-06-04.")


class Time(Column):
    def show(self, value):
        return "" if value is None else value.strftime("%H:%M:%S" if value.second else "%H:%M")

    def parse(self, cell):
        if self.is_emptied(cell):
            return None
        try:
            return time_of(cell)
        except ValueError:
            raise ValidationError(_("“%(cell)s” is no time of day; write 14:30."), params={"cell": cell}) from None

    def accepted(self):
        return _("A time of day, e.g. 14:30.")


class Words(Column):
    """A value that stands in the cell as one of some words; a subclass says `words`: `{value: word}`."""

    words = {}

    def show(self, value):
        return self.words.get(value, "")

    def parse(self, cell):
        if self.is_emptied(cell):
            return None if self.model_field.null else ""
        found = [value for value, word in self.words.items() if word == clean_line(cell)]
        if not found:
            words = [*self.words.values()]
            raise ValidationError(
                _("“%(cell)s” is not one of: %(words)s."),
                params={"cell": cell, "words": "、".join(words[:12]) + (" …" if len(words) > 12 else "")},
            )
        return found[0]

    def accepted(self):
        return _("One of: %(words)s.") % {"words": "、".join([*self.words.values()][:60])}


class Choice(Words):
    @cached_property
    def words(self):
        with override("zh-hans"):
            return {value: str(label) for value, label in self.model_field.choices if value not in {None, ""}}


class YesNo(Words):
    words = {True: "是", False: "否"}

    def is_emptied(self, cell):
        if not cell.strip():
            raise ValidationError(_("Write 是 or 否."))
        return False


class Named(Words):
    """A link to one of a few rows that staff keep: a section, a type of event. New ones are made in their own list."""

    @cached_property
    def words(self):
        return dict(self.model_field.related_model.objects.values_list("pk", "name"))

    def value(self, instance):
        return getattr(instance, self.model_field.attname)

    def assign(self, instance, value):
        setattr(instance, self.model_field.attname, value)


class Listed(Column):
    """Several things in one cell, kept as rows that belong to the record: `stored` and `write` say how.

    A value is a tuple. It waits at the record until that is saved. The order of a cell changes nothing.
    """

    def stored(self, instance):
        raise NotImplementedError

    def write(self, instance, value):
        raise NotImplementedError

    def value(self, instance):
        waiting = instance.__dict__.get("_listed", {})
        if self.attribute in waiting:
            return waiting[self.attribute]
        return () if instance._state.adding else tuple(self.stored(instance))

    def show(self, value):
        return joined(value)

    def parse(self, cell):
        return separated(cell)

    def save(self, instance, row, is_m2m=False, **kwargs):
        cell = row[self.column_name]
        if cell == self.export(instance):
            return
        value = self.parse(cell)
        if set(value) != set(self.value(instance)):
            self.assign(instance, value)

    def assign(self, instance, value):
        instance.__dict__.setdefault("_listed", {})[self.attribute] = value

    def write_waiting(self, instance):
        waiting = instance.__dict__.get("_listed", {})
        if self.attribute in waiting:
            self.write(instance, waiting[self.attribute])

    def accepted(self):
        return _("Several stand one after the other, with 、 between them.")
