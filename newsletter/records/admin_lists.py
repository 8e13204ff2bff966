"""What keeps a list of the admin as fast with a million rows as with a hundred: nothing counts or sorts all of them."""

import re

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Max, Min
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

# So many pages beyond the one that is looked at are offered; the last of them leads on.
PAGES_BEYOND = 20


class BoundedPaginator(Paginator):
    """Counts no further than `bound` rows. `is_bounded` says that there may be more."""

    def __init__(self, *args, bound, **kwargs):
        super().__init__(*args, **kwargs)
        self.bound = bound

    @cached_property
    def count(self):
        return self.object_list.order_by()[: self.bound].count()

    @property
    def is_bounded(self):
        return self.count >= self.bound


class BoundedLists:
    """For an admin: a list says “more than 1,000” rather than to count them, and offers no button for all of those."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_paginator(self, request, queryset, per_page, orphans=0, allow_empty_first_page=True):
        page = request.GET.get("p", "")
        page = int(page) if re.fullmatch(r"[0-9]{1,6}", page) else 1
        bound = (page + PAGES_BEYOND) * per_page
        return BoundedPaginator(queryset, per_page, orphans, allow_empty_first_page, bound=bound)

    def get_changelist_instance(self, request):
        changes = super().get_changelist_instance(request)
        if changes.paginator.is_bounded:
            # Beside the search box no number is shown then: it would be ours, not that of the results.
            changes.full_result_count = changes.result_count
        return changes


class PeriodFilter(admin.SimpleListFilter):
    """The years from the first to the last, and the months of the one that is chosen; `field` is what they are of.

    Unlike `date_hierarchy`, it reads the two ends of an index and no more.
    """

    title = _("year and month")
    parameter_name = "period"
    field = "date"

    def lookups(self, request, model_admin):
        years = self._years(model_admin.model._base_manager)
        chosen = (request.GET.get(self.parameter_name) or "")[:4]
        found = []
        for year in years:
            found.append((str(year), str(year)))
            if str(year) == chosen:
                found += [(f"{year}-{month:02}", f"　{year}-{month:02}") for month in range(12, 0, -1)]
        return found

    def _years(self, rows):
        # Two questions, as SQLite answers each of them from the end of the index, but not both in one.
        last = rows.aggregate(found=Max(self.field))["found"]
        if last is None:
            return ()
        return range(last.year, rows.aggregate(found=Min(self.field))["found"].year - 1, -1)

    def queryset(self, request, queryset):
        found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", self.value() or "", re.ASCII)
        if not found or not "1000" <= found[1] <= "9998":
            return queryset
        queryset = queryset.filter(**{f"{self.field}__year": int(found[1])})
        return queryset.filter(**{f"{self.field}__month": int(found[2])}) if found[2] else queryset
