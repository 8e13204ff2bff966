from django.contrib import admin

from newsletter.publishing.admin import PublishableAdmin

from .models import Page


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    list_display = ("title", "state_label", "slug", "position")
    search_fields = ("title",)
    fieldsets = ((None, {"fields": ("title", "slug", "body", "position")}),)
