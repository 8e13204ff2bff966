"""Merging organizations in the admin: choose the other one, see what would move, confirm; and undo it."""

from collections import Counter

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsletter.records.admin import SAVED_IN_THE_SAME_MOMENT
from newsletter.records.admin_lists import BoundedLists
from newsletter.records.models import EditConflict

from .merging import MergeRefused, merge, preview, unmerge
from .models import Merger, Organization

# Rows shown on a page; those of a large organization are counted beyond.
SHOWN = 200


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(queryset=None, label=_("Stays"), help_text=_("The organization that stays."))

    def __init__(self, duplicate, admin_site, data=None):
        super().__init__(data)
        into = self.fields["into"]
        into.queryset = Organization.objects.exclude(status=Organization.Status.MERGED).exclude(pk=duplicate.pk)
        into.widget = AutocompleteSelect(Organization._meta.get_field("merged_into"), admin_site)
        into.widget.choices = into.choices


def counted(rows):
    """`[(kind, number)]`: how many rows of each kind, or how many records they belong to."""
    records = {(row.owner_model or row.model, row.owner_id or row.object_id): row.kind for row in rows}
    return [*Counter(records.values()).items()]


class MergingAdmin:
    """For the admin of organizations. What has been merged is for reading only: the merger can be undone."""

    def has_merge_permission(self, request):
        return request.user.has_perm("orgs.merge_organization")

    def has_change_permission(self, request, obj=None):
        is_merged = obj is not None and obj.status == Organization.Status.MERGED
        return not is_merged and super().has_change_permission(request, obj)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "status":
            kwargs["choices"] = [c for c in Organization.Status.choices if c[0] != Organization.Status.MERGED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<path:object_id>/merge/", view, name="orgs_organization_merge"), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None and obj.status == Organization.Status.MERGED:
            context["merger"] = obj.mergers.filter(undone_at=None).first()
        elif obj is not None and self.has_merge_permission(request):
            context["merge_url"] = reverse("admin:orgs_organization_merge", args=[obj.pk])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def merge_view(self, request, object_id):
        """Without `into` a form; with it what would change; a POST of it merges."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        duplicate = self.get_object(request, object_id)
        if duplicate is None:
            raise Http404
        if duplicate.status == Organization.Status.MERGED:
            return HttpResponseRedirect(reverse("admin:orgs_organization_change", args=[duplicate.pk]))
        data = request.POST if request.method == "POST" else request.GET if "into" in request.GET else None
        form = MergeForm(duplicate, self.admin_site, data)
        context = {}
        if form.is_valid():
            into = form.cleaned_data["into"]
            try:
                if request.method == "POST":
                    return self._merged(request, merge(duplicate, into, by=request.user))
                moved, dropped = preview(duplicate, into)
                context = {"into": into, "moved": counted(moved), "dropped": dropped}
            except MergeRefused as refused:
                form.add_error("into", refused.args[0])
            except EditConflict:
                form.add_error("into", SAVED_IN_THE_SAME_MOMENT)
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Merge “%(name)s” into another organization") % {"name": duplicate},
            "duplicate": duplicate,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/orgs/merge.html", context)

    def _merged(self, request, merger):
        text = _("“%(duplicate)s” was merged into “%(into)s”. This is what moved; for 30 days it can be undone.")
        self.message_user(request, text % {"duplicate": merger.duplicate, "into": merger.into}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:orgs_merger_change", args=[merger.pk]))


@admin.register(Merger)
class MergerAdmin(BoundedLists, admin.ModelAdmin):
    """The record of mergers: to be read, and undone. Nobody adds, changes or deletes here."""

    list_display = ("duplicate", "into", "at", "by", "undone_at")
    list_select_related = ("duplicate", "into", "by")
    list_per_page = 50
    search_fields = ("duplicate__name", "into__name")
    actions = None
    fields = ("duplicate", "into", "at", "by", "undone_at")
    change_form_template = "admin/orgs/merger.html"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<path:object_id>/undo/", view, name="orgs_merger_undo"), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        rows = obj.rows.all()
        context |= {
            "rows": rows[:SHOWN],
            "left_out": max(0, rows.count() - SHOWN),
            "may_undo": obj.may_be_undone() and request.user.has_perm("orgs.merge_organization"),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def undo_view(self, request, object_id):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        merger = self.get_object(request, object_id)
        if not request.user.has_perm("orgs.merge_organization"):
            raise PermissionDenied
        if merger is None:
            raise Http404
        try:
            left = unmerge(merger, by=request.user).left
        except MergeRefused as refused:
            self.message_user(request, refused.args[0], messages.ERROR)
        except EditConflict:
            self.message_user(request, SAVED_IN_THE_SAME_MOMENT, messages.ERROR)
        else:
            self._say_undone(request, merger, left)
        return HttpResponseRedirect(reverse("admin:orgs_merger_change", args=[merger.pk]))

    def _say_undone(self, request, merger, left):
        self.message_user(request, _("“%(name)s” is itself again.") % {"name": merger.duplicate}, messages.SUCCESS)
        if left:
            text = ngettext(
                "%(count)d row has been changed since and stays as it is: %(rows)s",
                "%(count)d rows have been changed since and stay as they are: %(rows)s",
                len(left),
            )
            rows = "、".join(left[:10]) + ("……" if len(left) > 10 else "")
            self.message_user(request, text % {"count": len(left), "rows": rows}, messages.WARNING)
