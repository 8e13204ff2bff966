from django.contrib import admin

from .admin_lists import BoundedLists, PeriodFilter
from .audit import AuditEntry


class DayFilter(PeriodFilter):
    field = "at"


@admin.register(AuditEntry)
class AuditEntryAdmin(BoundedLists, admin.ModelAdmin):
    """To be read only: nobody adds, changes or deletes here, superusers included."""

    list_display = ("at", "person", "deed", "content_type", "subject", "detail")
    list_display_links = None
    list_filter = ("deed", DayFilter, "content_type")
    list_select_related = ("content_type",)
    list_per_page = 100
    search_fields = ("person", "subject", "detail")
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
