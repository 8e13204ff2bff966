"""The history of a record in the admin: what each save changed, and a button that brings an older text back."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .content import Wording, passages_in
from .differences import changed_passages
from .history import RestoreRefused, restore, versions_of
from .models import EditConflict


class HistoryAdmin:
    """For a ModelAdmin of a record that keeps its history."""

    REVISIONS_PER_PAGE = 20

    def get_urls(self):
        if not self.model.KEEPS_HISTORY:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        address = "<path:object_id>/history/<id:version_id>/restore/"
        return [path(address, self.admin_site.admin_view(self.restore_view), name=name), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        if not self.model.KEEPS_HISTORY:
            return super().history_view(request, object_id, extra_context)
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        versions = versions_of(obj).prefetch_related("revision__version_set")
        page = Paginator(versions, self.REVISIONS_PER_PAGE).get_page(request.GET.get("p"))
        first = (page.number - 1) * self.REVISIONS_PER_PAGE
        # Each is compared with the one before it, which may stand on the next page.
        shown = versions[first : first + self.REVISIONS_PER_PAGE + 1]
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "opts": self.opts,
            "object": obj,
            "page": page,
            "revisions": _revisions(list(shown), len(page.object_list)),
            "may_restore": self.has_change_permission(request, obj),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/history.html", context)

    @transaction.atomic
    def restore_view(self, request, object_id, version_id):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        version = versions_of(obj).filter(pk=version_id).first()
        if version is None:
            raise Http404
        try:
            if request.POST.get("read_version") != str(obj.version):
                raise EditConflict
            with transaction.atomic():
                restore(obj, version, by=request.user)
                self.after_restore(request, obj)
        except EditConflict:
            words = _("Somebody saved this since you opened its history. Please look and try again.")
            self.message_user(request, words, messages.ERROR)
        except RestoreRefused as refusal:
            self.message_user(request, refusal.args[0], messages.ERROR)
        else:
            words = _("The text of %(when)s is back. What it replaced is kept in the history.")
            when = f"{localtime(version.revision.date_created):%Y-%m-%d %H:%M}"
            self.log_change(request, obj, words % {"when": when})
            self.message_user(request, words % {"when": when}, messages.SUCCESS)
        address = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return HttpResponseRedirect(reverse(address, args=[object_id]))

    def after_restore(self, request, obj):
        """What follows from a changed text, in the same transaction."""


def _revisions(versions, count):
    """`[{version, changes}, …]` of the first `count` versions, each compared with the next older one."""
    wording = Wording()
    contents = [passages_in(version, wording) for version in versions]
    return [
        {
            "version": version,
            "changes": changed_passages(contents[number + 1] if number + 1 < len(contents) else {}, contents[number]),
            "is_first": number + 1 == len(contents),
        }
        for number, version in enumerate(versions[:count])
    ]
