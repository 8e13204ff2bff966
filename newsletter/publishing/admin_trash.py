"""The trash in the admin: “delete” puts a publishable there, and a page of its own lists what lies in it."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from .models import TransitionRefused
from .models.trash import KEPT


class TrashAdmin:
    """For the admin of a publishable. Nothing is deleted here: `manage.py emptytrash` does that, after 30 days."""

    delete_confirmation_template = "admin/trash_confirmation.html"

    def get_urls(self):
        trash = path("trash/", self.admin_site.admin_view(self.trash_view), name=f"{self._address}_trash")
        return [trash, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        if self.has_delete_permission(request):
            extra_context = {**(extra_context or {}), "trash_url": reverse(f"admin:{self._address}_trash")}
        return super().changelist_view(request, extra_context)

    def get_queryset(self, request):
        return super().get_queryset(request).kept()

    def has_delete_permission(self, request, obj=None):
        if obj is not None and obj.state == obj.State.PUBLISHED:
            return False  # It is withdrawn first, or made a draft again.
        if obj is not None and obj.was_public() and not self.has_publish_permission(request, obj):
            return False
        return super().has_delete_permission(request, obj)

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description=_("Put in the trash"), permissions=["delete"])
    def trash_selected(self, request, queryset):
        self._each(
            request,
            queryset,
            lambda obj: obj.state == obj.State.PUBLISHED or self.has_delete_permission(request, obj),
            lambda obj: obj.trash(by=request.user),
            _("put in the trash"),
        )

    # Deleting one, by its own page.

    def get_deleted_objects(self, objs, request):
        """Only the thing itself: what belongs to it stays with it, and what is linked to it stays."""
        return [str(obj) for obj in objs], {}, set(), []

    def delete_model(self, request, obj):
        obj.trash(by=request.user)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, {"days": KEPT.days, **(extra_context or {})})
        except TransitionRefused as refusal:
            self.message_user(request, refusal.args[0], messages.ERROR)
            return HttpResponseRedirect(reverse(f"admin:{self._address}_change", args=[unquote(object_id)]))

    def response_delete(self, request, obj_display, obj_id):
        words = _("“%(name)s” is in the trash, for %(days)d days.") % {"name": obj_display, "days": KEPT.days}
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:{self._address}_changelist"))

    # What lies in the trash.

    def trash_view(self, request):
        if not self.has_delete_permission(request):
            raise PermissionDenied
        trashed = self.model.objects.trashed().select_related("trashed_by").order_by("-trashed_at", "-pk")
        if request.method == "POST":
            ids = [pk for pk in request.POST.getlist("ids") if pk.isascii() and pk.isdigit() and len(pk) < 19]
            self._each(
                request,
                trashed.filter(pk__in=ids),
                lambda obj: self.has_delete_permission(request, obj),
                lambda obj: obj.restore(by=request.user),
                _("taken out of the trash"),
            )
            return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Trash"),
            "page": Paginator(trashed, self.list_per_page).get_page(request.GET.get("p")),
            "days": KEPT.days,
        }
        return TemplateResponse(request, "admin/trash.html", context)
