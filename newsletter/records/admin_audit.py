from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .admin_lists import BoundedLists, PeriodFilter
from .audit import AuditEntry


class DayFilter(PeriodFilter):
    field = "at"


class KindFilter(admin.SimpleListFilter):
    """The kinds of records, by name; without asking which of them stand in the log, which grows for ever."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        records = [model for model in apps.get_models() if getattr(model, "KEEPS_HISTORY", False)]
        return sorted((model._meta.label_lower, capfirst(model._meta.verbose_name)) for model in records)

    def queryset(self, request, queryset):
        known = {label for label, _name in self.lookup_choices}
        if self.value() not in known:
            return queryset
        return queryset.filter(content_type=ContentType.objects.get_for_model(apps.get_model(self.value())))


@admin.register(AuditEntry)
class AuditEntryAdmin(BoundedLists, admin.ModelAdmin):
    """To be read only: nobody adds, changes or deletes here, superusers included."""

    list_display = ("at", "person", "deed", "content_type", "subject", "detail")
    list_display_links = None
    list_filter = ("deed", DayFilter, KindFilter)
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
