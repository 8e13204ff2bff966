from django.apps import apps
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from .index import searchable_models
from .page import SearchPage
from .query import read_query
from .results import Search, public

# Of each kind.
SUGGESTED = 5


@require_safe
def search(request):
    """What readers look for, among all that is public."""
    now = timezone.now()
    rows = {model: model.objects.public(now) for model in searchable_models()}
    page = SearchPage(request.GET, rows, public(now), lambda found: found.get_absolute_url())
    return render(request, "search/search.html", {"page": page})


@require_safe
def suggest(request):
    """JSON for the search box while somebody types: `{"suggestions": [{"kind", "label", "url"}]}`.

    Models whose manager has `suggested(typed)`, such as organizations and tags, then headlines.
    """
    query = read_query(request.GET.get("q", ""))
    suggestions = []
    if query:
        for model in apps.get_models():
            if suggested := getattr(model._default_manager, "suggested", None):
                suggestions += [_suggestion(row) for row in suggested(query.typed)[:SUGGESTED]]
        suggestions += _headlines(query)
    response = JsonResponse({"suggestions": suggestions}, json_dumps_params={"ensure_ascii": False})
    patch_cache_control(response, public=True, max_age=60)
    return response


def _headlines(query):
    now, found = timezone.now(), []
    for entry in Search(query, public(now)).headlines(SUGGESTED):
        model = entry.kind.model_class()
        # Organizations are suggested already, by any part of any name.
        if not hasattr(model.objects, "suggested") and (
            row := model.objects.public(now).filter(pk=entry.object_id).first()
        ):
            found.append(_suggestion(row, entry.text.title))
    return found


def _suggestion(row, label=None):
    return {"kind": capfirst(row._meta.verbose_name), "label": label or str(row), "url": row.get_absolute_url()}
