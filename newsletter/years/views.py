from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from newsletter.events.views import FIRST_YEAR, LAST_YEAR
from orgs.views import asked_again, public_organization

from .history import History


@require_safe
def year(request, year):
    """What happened in a year of which something is public; 404 for others."""
    return _review(request, History(), year)


@require_safe
def organization_year(request, slug, year):
    """The same of one organization."""
    organization = public_organization(slug)
    if organization.slug != slug:
        return asked_again(redirect("organization_year", organization.slug, year, permanent=True))
    return _review(request, History(organization), year)


def _review(request, history, year):
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    review = history.review(year)
    if not review["charts"]:
        raise Http404
    return render(request, "years/year.html", {"organization": history.organization, **review})
