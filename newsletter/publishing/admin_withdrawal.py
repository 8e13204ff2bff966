"""Withdrawing in the admin asks first: why, in words for readers, and what replaces it."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from newsletter.records.fields import GatedFormField
from newsletter.records.text import clean_line

from .models import Publishable


class WithdrawalForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of reason"), choices=Publishable.Withdrawal, widget=forms.RadioSelect)
    reason = GatedFormField(
        gate=clean_line,
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Readers see it at the address, e.g. 活动信息有误，更正后重发."),
    )
    replaced_by = forms.ModelChoiceField(
        queryset=None,
        label=_("Replaced by"),
        required=False,
        help_text=_("What readers are led to instead. May stay empty."),
    )

    def __init__(self, model, chosen, admin_site, data=None):
        super().__init__(data)
        replacement = self.fields["replaced_by"]
        replacement.queryset = model.objects.published().exclude(pk__in=chosen)
        replacement.widget = AutocompleteSelect(model._meta.get_field("replaced_by"), admin_site)
        replacement.widget.choices = replacement.choices


def chosen_ids(request):
    """The ids in `?ids=17,18`. Raises BadRequest for anything else."""
    ids = [pk for pk in request.GET.get("ids", "").split(",") if pk]
    if not ids or not all(pk.isascii() and pk.isdigit() and len(pk) < 19 for pk in ids):
        raise BadRequest("Say which.")
    return [int(pk) for pk in ids]


class WithdrawalAdmin:
    """For the admin of a publishable."""

    def get_urls(self):
        withdraw = path("withdraw/", self.admin_site.admin_view(self.withdraw_view), name=f"{self._address}_withdraw")
        return [withdraw, *super().get_urls()]

    @admin.action(description=_("Withdraw …"), permissions=["publish"])
    def withdraw_selected(self, request, queryset):
        if self.are_too_many(request, queryset):
            return None
        ids = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
        return HttpResponseRedirect(f"{reverse(f'admin:{self._address}_withdraw')}?ids={ids}")

    def withdraw_view(self, request):
        if not self.has_publish_permission(request):
            raise PermissionDenied
        ids = chosen_ids(request)
        chosen = self.get_queryset(request).filter(pk__in=ids)
        form = WithdrawalForm(self.model, ids, self.admin_site, request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._each(
                request,
                chosen,
                lambda obj: self.has_publish_permission(request, obj),
                lambda obj: obj.withdraw(**form.cleaned_data, by=request.user),
                _("withdrawn"),
            )
            return HttpResponseRedirect(reverse(f"admin:{self._address}_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Withdraw"),
            "chosen": chosen,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/withdraw.html", context)
