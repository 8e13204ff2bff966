from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from newsletter.publishing.admin import PublishableAdmin
from newsletter.publishing.spreadsheets import PublishableSpreadsheetAdmin
from newsletter.records.admin import TabularInline
from newsletter.search.admin import SearchedAdmin

from .models import Award, Recipient
from .resources import AwardResource


class RecipientInline(TabularInline):
    model = Recipient
    autocomplete_fields = ("organization",)


@admin.register(Award)
class AwardAdmin(SearchedAdmin, PublishableSpreadsheetAdmin, PublishableAdmin):
    resource_class = AwardResource
    list_display = ("name", "state_label", "year", "level", "issuer", "recipient_names")
    list_filter = ("level", "year")
    list_select_related = ("issuer",)
    ordering = ("-pk",)
    autocomplete_fields = ("issuer",)
    fieldsets = (
        (None, {"fields": ("name", ("year", "level"), "issuer")}),
        (_("How it was announced"), {"fields": ("date", "document")}),
    )
    inlines = (RecipientInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("recipients__organization")

    @admin.display(description=_("recipients"))
    def recipient_names(self, award):
        return "、".join(str(recipient) for recipient in award.recipients.all())
