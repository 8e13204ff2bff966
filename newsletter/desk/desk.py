"""What the desk shows: the publishables of every kind that need somebody now."""

from django.contrib.admin.sites import AdminSite
from django.db.models import Q
from django.urls import reverse

from newsletter.editions.models import Edition
from newsletter.intake.models import PageImport
from newsletter.publishing.admin import PublishableAdmin

from .coming import coming

SHOWN = 15


def desk_of(site: AdminSite, request):
    """`waiting`, `scheduled` and `drafts`: lists of `{object, kind, url}`; `editions` and `page_imports` in work."""
    kinds = [
        model_admin
        for model_admin in site._registry.values()
        if isinstance(model_admin, PublishableAdmin) and model_admin.has_view_permission(request)
    ]
    return {
        "waiting": _rows(request, kinds, lambda rows: rows.awaiting_review().order_by("modified_at")),
        "scheduled": coming(request, kinds),
        "drafts": _rows(request, kinds, lambda rows: _own(rows.drafts(), request.user).order_by("-modified_at")),
        "editions": _editions(request, kinds),
        "page_imports": _page_imports(request.user),
    }


def _page_imports(user):
    if not user.has_perm("intake.view_pageimport"):
        return []
    return PageImport.objects.filter(state=PageImport.State.OPEN).defer("result", "review")[:SHOWN]


def _own(rows, user):
    return rows.filter(Q(created_by=user) | Q(modified_by=user))


def _rows(request, kinds, chosen):
    rows = []
    for model_admin in kinds:
        if model_admin.model is Edition:
            continue
        rows += [
            {
                "object": obj,
                "kind": model_admin.opts.verbose_name,
                "url": reverse(
                    f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_change", args=[obj.pk]
                ),
            }
            for obj in chosen(model_admin.get_queryset(request).select_related("modified_by"))[:SHOWN]
        ]
    return rows


def _editions(request, kinds):
    if not any(model_admin.model is Edition for model_admin in kinds):
        return []
    in_work = Edition.objects.exclude(state__in=[Edition.State.PUBLISHED, Edition.State.WITHDRAWN])
    return [
        {
            "object": edition,
            "url": reverse("admin:editions_edition_change", args=[edition.pk]),
            "items": list(edition.items.select_related("article").defer("article__body")),
        }
        for edition in in_work.order_by("-date")[:3]
    ]
