from django.db.models import Q
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .index import searchable_models
from .page import SearchPage
from .query import read_query
from .results import matching, visible


class SearchedAdmin:
    """For an admin of a searchable model: its search box asks the index, as the search of readers does."""

    # Django shows the box where this is not empty; the index decides what is looked at.
    search_fields = ("pk",)
    search_help_text = gettext_lazy("In all texts. Several words must all occur; “exact words”; -without.")

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=matching(self.model, read_query(search_term))), False


def urls_of(site):
    """The search over everything that this member of staff may see, as an address of the admin."""

    def search(request):
        rows = {}
        for model in searchable_models():
            model_admin = site._registry[model]
            if model_admin.has_view_permission(request):
                rows[model] = model_admin.get_queryset(request)
        # Nobody sees anything by a condition without conditions.
        condition = Q(pk__in=[])
        for model, queryset in rows.items():
            condition |= visible(model, queryset)
        page = SearchPage(request.GET, rows, condition, _change_page)
        return render(request, "admin/search.html", {**site.each_context(request), "title": _("Search"), "page": page})

    def _change_page(found):
        return reverse(f"admin:{found._meta.app_label}_{found._meta.model_name}_change", args=[found.pk])

    return [path("search/", site.admin_view(search), name="search")]
