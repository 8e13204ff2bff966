from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsletter.records.fields import GatedFormField
from newsletter.records.text import clean_line

from .addresses import absolute
from .models import PreviewLink, TransitionRefused


class PreviewLinkForm(forms.Form):
    prefix = "preview"

    for_whom = GatedFormField(
        gate=clean_line,
        label=_("For whom"),
        max_length=60,
        help_text=_("Only staff read this, e.g. 受访者王老师. One link for each person: each can be revoked alone."),
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        choices=lambda: [(days, ngettext("%d day", "%d days", days) % days) for days in (1, 3, 7, 30)],
        initial=7,
    )


class PreviewLinksMixin:
    """Preview links of one publishable: a panel under its form, and a page by which they are made and revoked."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_previews"
        page = path("<path:object_id>/previews/", self.admin_site.admin_view(self.previews_view), name=name)
        return [page, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj.is_forthcoming() and self.has_change_permission(request, obj):
            context["previews"] = self._previews(obj, PreviewLinkForm())
        return super().render_change_form(request, context, add, change, form_url, obj)

    def previews_view(self, request, object_id):
        if not self.has_change_permission(request):
            raise PermissionDenied
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        form = PreviewLinkForm(request.POST or None)
        if request.method == "POST" and self._change_links(request, obj, form):
            return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "title": _("Preview links"),
            "previews": self._previews(obj, form),
        }
        return TemplateResponse(request, "admin/publishing/previews.html", context)

    def _change_links(self, request, obj, form):
        """Revoke or make the posted link; False where the form says what is wrong."""
        if "revoke" in request.POST:
            link = next((link for link in obj.preview_links.all() if str(link.pk) == request.POST["revoke"]), None)
            if link is None:
                raise Http404
            link.revoke(by=request.user)
            return True
        if form.is_valid():
            try:
                PreviewLink.make(obj, by=request.user, **form.cleaned_data)
            except TransitionRefused as refusal:
                form.add_error(None, refusal.args[0])
        return form.is_valid()

    def _previews(self, obj, form):
        """What the panel shows."""
        return {
            "url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_previews", args=[obj.pk]),
            "links": [
                {"link": link, "address": absolute(link.get_absolute_url()), "is_valid": link.is_valid()}
                for link in obj.preview_links.select_related("made_by", "revoked_by")
            ],
            "form": form,
            "may_make": obj.is_forthcoming(),
        }
