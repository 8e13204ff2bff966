from functools import partial

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from newsletter.publishing.admin import PublishableAdmin
from newsletter.records.admin import SAVED_IN_THE_SAME_MOMENT
from newsletter.records.models import EditConflict

from .collect import findings_of
from .gate import STEPS, confirm
from .page import FindingsPage


def urls_of(site):
    """An address `…/<pk>/findings/` for each kind of publishable."""
    return [
        path(
            f"{model._meta.app_label}/{model._meta.model_name}/<path:object_id>/findings/",
            site.admin_view(partial(findings_view, model_admin=model_admin)),
            name=f"{model._meta.app_label}_{model._meta.model_name}_findings",
        )
        for model, model_admin in site._registry.items()
        if isinstance(model_admin, PublishableAdmin)
    ]


@transaction.atomic
def findings_view(request, object_id, model_admin):
    """What was found in a publishable; with `?step=` also the button that takes the step all the same."""
    obj = model_admin.get_object(request, unquote(object_id))
    if obj is None:
        raise Http404
    if not model_admin.has_view_permission(request, obj):
        raise PermissionDenied
    step = request.GET.get("step")
    if step not in STEPS or step not in model_admin.steps_of(request, obj):
        step = None
    page = FindingsPage(obj, findings_of(obj), request.user, step, request.POST)
    if request.method == "POST":
        if step is None:
            raise PermissionDenied
        if _is_taken(model_admin, request, page):
            return HttpResponseRedirect(reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_changelist"))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Before it goes out"),
        "page": page,
        "note": request.POST.get("_note", model_admin.waiting_note(request, obj)),
        "may_change": model_admin.has_change_permission(request, obj),
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/findings.html", context)


class _NotTakenError(Exception):
    pass


def _is_taken(model_admin, request, page):
    """Confirm what was ticked and take the step, both or neither; tell why where it was neither."""
    if page.is_stale():
        words = _("Somebody saved it since this page was opened: this is what was found in the text of now.")
        model_admin.message_user(request, words, messages.ERROR)
        return False
    if any(number.lacks_reason for number in page.numbers):
        return False
    # An object of its own: a refused step leaves its values in it.
    obj = model_admin.get_object(request, str(page.publishable.pk))
    try:
        with transaction.atomic():
            for number in page.numbers:
                if number.is_ticked:
                    confirm(number.finding, by=request.user, reason=number.reason, step=page.step)
            if not model_admin.take_step(request, obj, page.step):
                raise _NotTakenError
    except _NotTakenError:
        return False
    except EditConflict:
        model_admin.message_user(request, SAVED_IN_THE_SAME_MOMENT, messages.ERROR)
        return False
    return True
