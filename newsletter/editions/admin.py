from types import MappingProxyType

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from newsletter.articles.admin import ArticleAdmin
from newsletter.publishing.admin import PublishableAdmin
from newsletter.records.admin import PartsFormSet, TabularInline
from newsletter.search.admin import SearchedAdmin

from .models import Edition, EditionItem, EditionPage


class EditionItemFormSet(PartsFormSet):
    # No page has that many stories: a row waits there while another takes its place.
    vacated = MappingProxyType({"is_lead": False, "position": lambda number: 30_000 + number})


class EditionItemInline(TabularInline):
    model = EditionItem
    formset = EditionItemFormSet
    autocomplete_fields = ("article",)
    ordering = ("page", "position")


class EditionPageInline(TabularInline):
    model = EditionPage
    fields = ("number", "title", "file", "picture")


@admin.register(Edition)
class EditionAdmin(SearchedAdmin, PublishableAdmin):
    list_display = ("title", "number", "date", "state_label", "story_count")
    date_hierarchy = "date"
    ordering = ("-date", "-pk")
    fieldsets = ((None, {"fields": (("title", "number"), ("date", "date_is_assumed"), "locality")}),)
    inlines = (EditionItemInline, EditionPageInline)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(story_count=Count("items"))

    def recorded_with(self, request, edition):
        if not request.user.has_perm("articles.view_article"):
            return []
        return [item.article for item in edition.items.select_related("article")]

    @admin.display(description=_("number of stories"), ordering="story_count")
    def story_count(self, edition):
        return edition.story_count


class PlaceInline(TabularInline):
    """The edition of an article, on the article's own page."""

    model = EditionItem
    autocomplete_fields = ("edition",)
    fields = ("edition", "page", "position", "is_lead")
    verbose_name = _("place in an edition")
    verbose_name_plural = _("edition and page")


ArticleAdmin.inlines.append(PlaceInline)
