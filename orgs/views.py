from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, TemplateView

from .models import Organization

PAGE_SIZE = 60


class OrganizationListView(TemplateView):
    """The directory: by kind, region and initial."""

    template_name = "orgs/organization_list.html"

    def get_context_data(self, **kwargs):
        public = Organization.objects.public()
        asked = {name: self.request.GET.get(name, "") for name in ("kind", "region", "initial")}
        regions = list(public.exclude(region="").values_list("region", flat=True).distinct().order_by("region"))
        initials = list(public.values_list("initial", flat=True).distinct().order_by("initial"))
        if asked["kind"] and asked["kind"] not in Organization.Kind.values:
            raise Http404
        if asked["region"] and asked["region"] not in regions:
            raise Http404
        if len(asked["initial"]) > 1:
            raise BadRequest(_("An initial is one letter."))
        found = public.filter(**{name: value for name, value in asked.items() if value}).prefetch_related("names")
        return super().get_context_data(
            page=self._page(found),
            asked=asked,
            kinds=Organization.Kind.choices,
            regions=regions,
            initials=initials,
            **kwargs,
        )

    def _page(self, organizations):
        try:
            return Paginator(organizations, PAGE_SIZE).page(self.request.GET.get("page") or 1)
        except PageNotAnInteger:
            raise BadRequest(_("A page is a number.")) from None
        except EmptyPage:
            raise Http404 from None


def public_organization(slug):
    """The public organization to which the address leads, also an old one or that of a merged one; 404 for others."""
    if public := Organization.objects.public().filter(slug=slug).first():
        return public
    present = Organization.objects.at_address(slug)
    return get_object_or_404(Organization.objects.public(), pk=present and present.pk)


def asked_again(response):
    """The redirect of an old address, for which a browser asks each time: a merger can be undone."""
    patch_cache_control(response, no_cache=True)
    return response


class OrganizationDetailView(DetailView):
    """A public organization. An old address, and that of one merged into another, redirect for ever."""

    def get_queryset(self):
        return Organization.objects.public().select_related("parent", "supervisor").prefetch_related("names")

    def get(self, request, slug):
        present = Organization.objects.at_address(slug)
        if present and present.slug != slug:
            return asked_again(redirect(present, permanent=True))
        return super().get(request, slug=slug)


@require_safe
def logo(request, slug):
    organization = get_object_or_404(Organization.objects.public(), slug=slug)
    if not organization.logo:
        raise Http404
    try:
        return FileResponse(organization.logo.storage.open(organization.logo.process("small")))
    except FileNotFoundError:
        raise Http404 from None
