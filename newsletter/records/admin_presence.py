"""On the form of a record stands who else has it open."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, JsonResponse
from django.urls import path, reverse

from .presence import Presence


class PresenceAdmin:
    """For a ModelAdmin of a record."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_editing"
        address = path("<path:object_id>/editing/", self.admin_site.admin_view(self.editing_view), name=name)
        return [address, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk and self.has_change_permission(request, obj):
            context["others_editing"] = Presence.objects.note(obj, request.user)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_editing"
            context["editing_url"] = reverse(name, args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def editing_view(self, request, object_id):
        """Said by an open form; the answer names the others: `{"others": "陈编辑、李总编"}`."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        return JsonResponse({"others": "、".join(str(person) for person in Presence.objects.note(obj, request.user))})
