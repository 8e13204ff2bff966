from collections import Counter
from types import MappingProxyType

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.accounts.admin import UserAdmin
from newsletter.records.admin import PartsFormSet, RecordAdmin, TabularInline
from newsletter.records.spreadsheets.admin import SpreadsheetAdmin

from .admin_merging import MergingAdmin
from .models import NOT_MERGED, Organization, OrganizationName, name_key
from .resources import OrganizationResource


class OrganizationFilter(admin.SimpleListFilter):
    """For lists of what has `organizations`: those of the latest rows. The search box finds all of them by any name."""

    title = _("organization")
    parameter_name = "organization"
    LATEST = 300
    SHOWN = 20

    def lookups(self, request, model_admin):
        links = model_admin.model.organizations.through.objects.order_by("-pk")
        times = Counter(links.values_list("organization", "organization__name")[: self.LATEST])
        return [found for found, _times in times.most_common(self.SHOWN)]

    def queryset(self, request, queryset):
        if not self.value() or not self.value().isdecimal():
            return queryset
        return queryset.filter(organizations=self.value()).distinct()


class OrganizationNameFormSet(PartsFormSet):
    def clean(self):
        super().clean()
        full, seen = name_key(self.instance.name), set()
        for form in self.forms:
            if form in self.deleted_forms or not form.cleaned_data.get("name"):
                continue
            key = name_key(form.cleaned_data["name"])
            # A name that was there before may become the full one.
            if key in seen or (key == full and "name" in form.changed_data):
                form.add_error("name", _("This is a name of the organization already."))
            seen.add(key)


class OrganizationNameInline(TabularInline):
    model = OrganizationName
    formset = OrganizationNameFormSet
    verbose_name_plural = _("names under which texts and bylines know it")

    def get_queryset(self, request):
        # The full name is edited above.
        return super().get_queryset(request).exclude(kind=OrganizationName.Kind.FULL)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "kind":
            kwargs["choices"] = [choice for choice in OrganizationName.Kind.choices if choice[0] != "full"]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(Organization)
class OrganizationAdmin(MergingAdmin, SpreadsheetAdmin, RecordAdmin):
    resource_class = OrganizationResource
    list_display = ("name", "short_names", "kind", "region", "member", "listed", "status")
    list_filter = ("kind", "member", "listed", "status", "region")
    # Django shows the box where this is not empty.
    search_fields = ("name",)
    autocomplete_fields = ("supervisor", "parent", "correspondents")
    fieldsets = (
        (None, {"fields": ("name", ("kind", "region"), ("member", "listed"))}),
        (_("Profile"), {"fields": ("description", ("logo", "logo_ppoi"), ("website", "wechat"))}),
        (_("Contact"), {"fields": (("phone", "email"), "address")}),
        (
            _("Registration"),
            {
                "classes": ["collapse"],
                "fields": (("credit_code", "registered_on"), "grade", "supervisor", "parent"),
            },
        ),
        (_("Correspondents"), {"fields": ("correspondents",)}),
        (_("Address and status"), {"classes": ["collapse"], "fields": ("slug", "status")}),
    )
    inlines = (OrganizationNameInline,)
    formfield_overrides = MappingProxyType({models.URLField: {"assume_scheme": "https"}})

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.has_perm("accounts.view_user"):
            return fieldsets
        # Who may not see accounts cannot choose among them; administrators do it on the page of the account.
        return [fieldset for fieldset in fieldsets if "correspondents" not in fieldset[1]["fields"]]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("names")

    def get_search_results(self, request, queryset, search_term):
        return (queryset.found_by(search_term) if search_term.strip() else queryset), False

    def view_on_site(self, organization):
        return organization.get_absolute_url()

    @admin.display(description=_("other names"))
    def short_names(self, organization):
        return "、".join(organization.other_names)


class WritesForInline(TabularInline):
    """Which organizations a correspondent writes for, on the page of the account."""

    model = Organization.correspondents.through
    autocomplete_fields = ("organization",)
    verbose_name = _("organization")
    verbose_name_plural = _("writes drafts for")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        # The table of links is Django's own, and its columns are named in English.
        present = Organization.objects.filter(**NOT_MERGED)
        return super().formfield_for_foreignkey(
            db_field, request, label=_("organization"), **{"queryset": present, **kwargs}
        )

    def _may(self, request, obj=None):
        """Who manages accounts says for whom they write; for a table of links Django would ask about organizations."""
        return request.user.has_perm("accounts.change_user")

    has_view_permission = has_add_permission = has_change_permission = has_delete_permission = _may


UserAdmin.inlines = (*UserAdmin.inlines, WritesForInline)
