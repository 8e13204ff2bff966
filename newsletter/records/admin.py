from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from .models import EditConflict


class RecordForm(forms.ModelForm):
    """Carries the version that was on the screen, and refuses to save over a newer one."""

    read_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["read_version"] = self.instance.version

    def clean(self):
        cleaned = super().clean()
        read = self.cleaned_data.get("read_version")
        if self.instance.pk and read is not None and read != self.instance.version:
            raise forms.ValidationError(
                _(
                    "%(person)s saved this while you were writing, so nothing was saved now. Your text is kept on this "
                    "page: open the saved text in another window, bring the two together, then save there."
                ),
                params={"person": self.instance.modified_by or _("Somebody else")},
            )
        return cleaned


class QuietLinks:
    """Beside a link stand a sign to add and one to look; changing and deleting what is linked has its own page."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = field.widget.can_change_related = False
        return field


class TabularInline(QuietLinks, admin.TabularInline):
    extra = 0


class StackedInline(QuietLinks, admin.StackedInline):
    extra = 0


class RecordAdmin(QuietLinks, admin.ModelAdmin):
    """The base of all admin pages of records: who and when are kept, and nobody saves over another's text unseen."""

    form = RecordForm
    list_per_page = 50
    show_full_result_count = False
    save_on_top = True

    def get_fieldsets(self, request, obj=None):
        fieldsets = [*super().get_fieldsets(request, obj)]
        if obj is not None:
            fieldsets.append((None, {"fields": ["read_version"]}))
            fieldsets.append(
                (
                    _("Record"),
                    {
                        "classes": ["collapse"],
                        "fields": [("created_at", "created_by"), ("modified_at", "modified_by"), "version"],
                    },
                )
            )
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        return (
            *super().get_readonly_fields(request, obj),
            *("created_at", "created_by", "modified_at", "modified_by", "version"),
        )

    def save_model(self, request, obj, form, change):
        obj.save(by=request.user)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except EditConflict:
            # Somebody saved between the check of the form and the writing of the row.
            self.message_user(
                request, _("Somebody else saved this in the same moment. Please look and try again."), messages.ERROR
            )
            return HttpResponseRedirect(request.get_full_path())
