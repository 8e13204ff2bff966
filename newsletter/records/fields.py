"""Model fields that pass everything through the text gate: form, spreadsheet, import, shell, `update()`."""

from functools import partial

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.safestring import mark_safe
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField

from .text import RICH_TEXT_RULES, clean_line, clean_lines, clean_rich


class GatedFormField(forms.CharField):
    """Cleans what was typed before anything measures or refuses it."""

    def __init__(self, *, gate, **kwargs):
        self.gate = gate
        super().__init__(**kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return self.gate(value) if isinstance(value, str) else value


class _Gated:
    gate = None

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": partial(GatedFormField, gate=self.gate), **kwargs})

    def to_python(self, value):
        value = super().to_python(value)
        return self.gate(value) if isinstance(value, str) else value

    def pre_save(self, instance, add):
        value = super().pre_save(instance, add)
        if isinstance(value, str):
            value = self.gate(value)
            setattr(instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(self.gate(value) if isinstance(value, str) else value, connection)


class LineField(_Gated, models.CharField):
    """One line of plain text."""

    gate = staticmethod(clean_line)


class LinesField(_Gated, models.TextField):
    """Plain text of several lines."""

    gate = staticmethod(clean_lines)

    def __init__(self, *args, rows=3, **kwargs):
        self.rows = rows
        super().__init__(*args, **kwargs)
        if self.max_length:
            # A text column has no length of its own.
            self.validators.append(MaxLengthValidator(self.max_length))

    def formfield(self, **kwargs):
        field = super().formfield(**kwargs)
        # On the widget, because the admin brings its own.
        field.widget.attrs["rows"] = self.rows
        return field


class RichTextFormField(GatedFormField, ProseEditorFormField):
    pass


class RichTextField(_Gated, ProseEditorField):
    """HTML under the allow-list of `records.text`; beside it stands a `RichTextRulesField`."""

    gate = staticmethod(clean_rich)

    def __init__(self, *args, **kwargs):
        switched_on = "Bold Italic Underline Strike Subscript Superscript BulletList OrderedList ListItem Blockquote"
        switched_on += " HorizontalRule HardBreak Table TableRow TableHeader TableCell"
        kwargs["sanitize"] = clean_rich
        kwargs["extensions"] = {
            **dict.fromkeys(switched_on.split(), True),
            "Heading": {"levels": [2, 3]},
            "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
        }
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return ProseEditorField.formfield(self, **{"form_class": partial(RichTextFormField, gate=self.gate), **kwargs})


class RichTextRulesField(models.PositiveSmallIntegerField):
    """The number of the allow-list under which the row's rich text was cleaned; `safe_html` reads both."""

    def __init__(self, *args, text_field="body", **kwargs):
        self.text_field = text_field
        super().__init__(*args, **{"editable": False, "default": 0, **kwargs})

    def pre_save(self, instance, add):
        # A row that was read without its text is saved without it: nobody has cleaned it then.
        if self.text_field not in instance.get_deferred_fields():
            setattr(instance, self.attname, RICH_TEXT_RULES)
        return super().pre_save(instance, add)


def safe_html(markup, rules):
    """Stored rich text for a template, cleaned again where it was cleaned under an older list."""
    return mark_safe(markup if rules == RICH_TEXT_RULES else clean_rich(markup))
