from types import MappingProxyType

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as UnusedTag

from newsletter.publishing.admin import PublishableAdmin
from newsletter.publishing.models import PublishableQuerySet
from newsletter.publishing.spreadsheets import PublishableSpreadsheetAdmin
from newsletter.records.admin import PartsFormSet, RecordAdmin, StackedInline, TabularInline
from newsletter.records.admin_lists import PeriodFilter
from newsletter.search.admin import SearchedAdmin
from orgs.admin import OrganizationFilter
from orgs.models import Organization, name_key

from .models import (
    Article,
    ArticleAward,
    ArticleEvent,
    ArticleOrganization,
    Attachment,
    Figure,
    Photo,
    Section,
    Tag,
    Unit,
)
from .resources import ArticleResource

# Articles have tags of their own (models.Tag); those of taggit would be a second, empty list.
admin.site.unregister(UnusedTag)


class PhotoInline(StackedInline):
    model = Photo
    fields = (("picture", "picture_ppoi"), ("caption", "credit"), ("alt_text", "decorative"), "position")


class ArticleOrganizationFormSet(PartsFormSet):
    vacated = MappingProxyType({"is_primary": False})


class ArticleOrganizationInline(TabularInline):
    model = ArticleOrganization
    formset = ArticleOrganizationFormSet
    autocomplete_fields = ("organization",)
    verbose_name_plural = _("organizations: who contributed it, whom it is about, who is mentioned")


class LinksWhatIsSeen:
    """Events and awards can be linked that this person may see, and stay linked where a colleague linked others."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        linkable = db_field.related_model._default_manager
        if isinstance(linkable.all(), PublishableQuerySet):
            article = request.resolver_match.kwargs.get("object_id")
            linked = self.model._default_manager.filter(article=article).values(db_field.name)
            seen = linkable.seen_by(request.user)
            kwargs["queryset"] = linkable.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=linked))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ArticleEventInline(LinksWhatIsSeen, TabularInline):
    model = ArticleEvent
    autocomplete_fields = ("event",)
    verbose_name_plural = _("events that it reports")


class ArticleAwardInline(LinksWhatIsSeen, TabularInline):
    model = ArticleAward
    autocomplete_fields = ("award",)
    verbose_name_plural = _("awards that it reports")


class FigureInline(LinksWhatIsSeen, StackedInline):
    model = Figure
    autocomplete_fields = ("event",)
    fields = (("text", "value", "unit", "approximate"), ("measure", "what", "year"), "event")
    verbose_name_plural = _("figures that it tells")


class AttachmentInline(TabularInline):
    model = Attachment


@admin.register(Article)
class ArticleAdmin(SearchedAdmin, PublishableSpreadsheetAdmin, PublishableAdmin):
    resource_class = ArticleResource
    list_display = ("headline", "state_label", "date", "section", "form", "organization_names", "byline")
    list_filter = ("form", "section", PeriodFilter, OrganizationFilter)
    list_select_related = ("section",)
    ordering = ("-pk",)
    autocomplete_fields = ("section",)
    fieldsets = (
        (_("Headline"), {"fields": (("form", "section"), "kicker", "title", "subtitle")}),
        (_("Text"), {"fields": ("body", "summary")}),
        (_("Who wrote it"), {"fields": ("byline", "contributor_person")}),
        (_("Where it is listed"), {"fields": ("date", "tags")}),
        (_("Note for colleagues"), {"classes": ["collapse"], "fields": ("staff_note",)}),
    )
    # Packages above add theirs: see newsletter.editions.admin.
    inlines = [
        PhotoInline,
        ArticleOrganizationInline,
        ArticleEventInline,
        FigureInline,
        ArticleAwardInline,
        AttachmentInline,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("organization_links__organization__names")

    def _may_edit(self, request, obj):
        """A correspondent works on drafts only: what the editors have taken over is theirs."""
        return obj is None or request.user.has_perm("articles.edit_every_article") or obj.state == Article.State.DRAFT

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_edit(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_edit(request, obj)

    def has_spreadsheet_permission(self, request):
        return super().has_spreadsheet_permission(request) and request.user.has_perm("articles.edit_every_article")

    def get_search_results(self, request, queryset, search_term):
        """Also the news of organizations in whose names the words stand."""
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if key := name_key(search_term):
            found |= queryset.for_organizations(Organization.objects.filter(names__key__contains=key))
        return found, may_have_duplicates

    def save_parts(self, request, form, formsets, change):
        super().save_parts(request, form, formsets, change)
        article = form.instance
        article.belong_to(request.user)
        for figure in article.figures.filter(event__isnull=False):
            article.event_links.get_or_create(event=figure.event)

    @admin.display(description=_("headline"), ordering="title")
    def headline(self, article):
        return article.headline

    @admin.display(description=_("organizations"))
    def organization_names(self, article):
        names = dict.fromkeys(
            link.organization.short_name
            for link in article.organization_links.all()
            if link.role != ArticleOrganization.Role.MENTIONED
        )
        return "、".join([*names][:3]) + ("…" if len(names) > 3 else "")


@admin.register(Section)
class SectionAdmin(RecordAdmin):
    list_display = ("name", "slug", "position")
    list_editable = ("position",)
    search_fields = ("name",)


@admin.register(Tag)
class TagAdmin(RecordAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")


@admin.register(Unit)
class UnitAdmin(RecordAdmin):
    list_display = ("name", "code")
