"""What the desk shows: the publishables of every kind that need somebody now."""

from django.contrib.admin.sites import AdminSite
from django.db.models import Q, Value
from django.urls import reverse

from newsletter.editions.models import Edition
from newsletter.intake.models import PageImport
from newsletter.publishing.admin import PublishableAdmin

from .coming import coming

SHOWN = 15


def desk_of(site: AdminSite, request):
    """`to_review`, `sent_back`, `waiting`, `scheduled` and `drafts`: lists of `{object, kind, url}`.

    `to_review` is what this person may pass next, `waiting` what waits for somebody else. `editions` and
    `page_imports` are those in work.
    """
    kinds = _kinds(site, request)
    news = [model_admin for model_admin in kinds if model_admin.model is not Edition]
    user = request.user

    def waiting(rows):
        return rows.awaiting_review().exclude(pk__in=rows.waiting_for(user).values("pk")).order_by("modified_at")

    return {
        "to_review": _rows(request, kinds, lambda rows: rows.waiting_for(user).order_by("modified_at")),
        "sent_back": _rows(request, kinds, lambda rows: rows.sent_back_to(user).order_by("modified_at")),
        "waiting": _rows(request, news, waiting),
        "scheduled": coming(request, kinds),
        "drafts": _rows(request, news, lambda rows: _own(rows.drafts(), user).order_by("-modified_at")),
        "editions": _editions(request, kinds),
        "page_imports": _page_imports(user),
    }


def number_to_review(site: AdminSite, request):
    """How many publishables wait for a review by this person; None for those who review nothing."""
    reviewed = [
        model_admin
        for model_admin in _kinds(site, request)
        if model_admin.has_review_permission(request) or model_admin.has_publish_permission(request)
    ]
    if not reviewed:
        return None
    # One query: every page of the admin shows the number.
    first, *others = (
        model_admin.get_queryset(request)
        .waiting_for(request.user)
        .order_by()
        .annotate(kind=Value(number))
        .values("kind", "pk")
        for number, model_admin in enumerate(reviewed)
    )
    return first.union(*others, all=True).count()


def _kinds(site, request):
    return [
        model_admin
        for model_admin in site._registry.values()
        if isinstance(model_admin, PublishableAdmin) and model_admin.has_view_permission(request)
    ]


def _page_imports(user):
    if not user.has_perm("intake.view_pageimport"):
        return []
    return PageImport.objects.filter(state=PageImport.State.OPEN).defer("result", "review")[:SHOWN]


def _own(rows, user):
    return rows.filter(Q(created_by=user) | Q(modified_by=user))


def _rows(request, kinds, chosen):
    rows = []
    for model_admin in kinds:
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
    in_work = Edition.objects.filter(state__in=[Edition.State.DRAFT, Edition.State.REVIEW])
    return [
        {
            "object": edition,
            "url": reverse("admin:editions_edition_change", args=[edition.pk]),
            "items": list(edition.items.select_related("article").defer("article__body")),
        }
        for edition in in_work.order_by("-date")[:3]
    ]
