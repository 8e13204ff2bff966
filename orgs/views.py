from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, TemplateView

from newsletter.records.files import stored_file_response

from .models import Organization

PAGE_SIZE = 60


class OrganizationListView(TemplateView):
    """The directory: by kind, region and initial."""

    template_name = "orgs/organization_list.html"

    def get_context_data(self, **kwargs):
        asked = {name: self.request.GET.get(name, "") for name in ("kind", "region", "initial")}
        if asked["kind"] and asked["kind"] not in Organization.Kind.values:
            raise Http404
        if len(asked["initial"]) > 1:
            raise BadRequest(_("An initial is one letter."))
        if asked["region"] and not Organization.objects.public().filter(region=asked["region"]).exists():
            raise Http404
        kinds = dict(_choices(asked, "kind"))
        return super().get_context_data(
            page=self._page(_narrowed(asked).prefetch_related("names")),
            asked=asked,
            kinds=[(*choice, kinds[choice[0]]) for choice in Organization.Kind.choices if choice[0] in kinds],
            regions=_choices(asked, "region"),
            initials=_choices(asked, "initial"),
            **kwargs,
        )

    def _page(self, organizations):
        try:
            return Paginator(organizations, PAGE_SIZE).page(self.request.GET.get("page") or 1)
        except PageNotAnInteger:
            raise BadRequest(_("A page is a number.")) from None
        except EmptyPage:
            raise Http404 from None


def _narrowed(asked, without=None):
    """The public organizations that fit every choice but that of the name `without`."""
    return Organization.objects.public().filter(
        **{name: value for name, value in asked.items() if value and name != without}
    )


def _choices(asked, name):
    """`[(value, how many organizations it would leave)]`, and the one that is taken whatever it leaves."""
    rows = _narrowed(asked, without=name).exclude(**{name: ""}).order_by(name).values_list(name)
    counts = dict(rows.annotate(count=Count("pk")))
    if asked[name]:
        counts.setdefault(asked[name], 0)
    return sorted(counts.items())


def public_organization(slug, organizations=Organization.objects):
    """The public organization to which the address leads, also an old one or that of a merged one; 404 for others."""
    public = organizations.public()
    if found := public.filter(slug=slug).first():
        return found
    present = Organization.objects.at_address(slug)
    return get_object_or_404(public, pk=present and present.pk)


def asked_again(response):
    """The redirect of an old address, for which a browser asks each time: a merger can be undone."""
    patch_cache_control(response, no_cache=True)
    return response


class OrganizationDetailView(DetailView):
    """A public organization. An old address, and that of one merged into another, redirect for ever."""

    def get(self, request, slug):
        whole = Organization.objects.select_related("parent", "supervisor").prefetch_related("names")
        self.object = public_organization(slug, whole)
        if self.object.slug != slug:
            return asked_again(redirect(self.object, permanent=True))
        return self.render_to_response(self.get_context_data())


@require_safe
def logo(request, slug):
    organization = get_object_or_404(Organization.objects.public(), slug=slug)
    if not organization.logo:
        raise Http404
    small = organization.logo.field.formats["small"]
    name = organization.logo.rendition_name(small)
    response = stored_file_response(request, name, lambda: organization.logo.opened(small))
    response["Cache-Control"] = "max-age=60"
    return response
