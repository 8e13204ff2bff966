from django.contrib import admin

from .audit import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    """To be read only: nobody adds, changes or deletes here, superusers included."""

    list_display = ("at", "person", "deed", "content_type", "subject", "detail")
    list_display_links = None
    list_filter = ("deed", "content_type")
    list_select_related = ("content_type",)
    list_per_page = 100
    date_hierarchy = "at"
    show_full_result_count = False
    search_fields = ("person", "subject", "detail")
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
