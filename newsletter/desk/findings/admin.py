from django.contrib import admin

from newsletter.records.admin import RecordAdmin

from .models import PersonalDataConfirmation, WatchedWord


@admin.register(WatchedWord)
class WatchedWordAdmin(RecordAdmin):
    list_display = ("word", "replacement", "severity", "note")
    list_filter = ("severity",)
    search_fields = ("word", "replacement", "note")
    fields = ("word", "replacement", "note", "severity")


@admin.register(PersonalDataConfirmation)
class PersonalDataConfirmationAdmin(admin.ModelAdmin):
    """On record for ever: nobody adds, changes or deletes one here."""

    list_display = ("masked", "kind", "title", "step", "by", "at", "reason")
    list_filter = ("kind", "step")
    list_select_related = ("by",)
    date_hierarchy = "at"
    search_fields = ("title", "masked", "reason")
    fields = ("masked", "kind", "content_type", "title", "step", "by", "at", "reason")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
