from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import model_ngettext
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsletter.records.admin import RecordAdmin
from newsletter.records.fields import GatedFormField
from newsletter.records.models import EditConflict
from newsletter.records.text import clean_line

from .admin_asking import AskingAdmin
from .models import Publication, Publishable, TransitionRefused


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*Publishable.State.choices, ("scheduled", _("Scheduled"))]

    def queryset(self, request, queryset):
        if self.value() == "scheduled":
            return queryset.scheduled()
        if self.value() == Publishable.State.PUBLISHED:
            return queryset.published()
        if self.value() in Publishable.State.values:
            return queryset.filter(state=self.value())
        return queryset


class WithdrawalForm(forms.Form):
    reason = GatedFormField(
        gate=clean_line,
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Readers see it at the address, e.g. 活动信息有误，更正后重发."),
    )


class PublishableAdmin(AskingAdmin):
    """The base of the admin pages of everything that is published: state, steps, and a view on site for drafts."""

    actions = ("submit_selected", "send_back_selected", "publish_selected", "withdraw_selected")
    change_form_template = "admin/publishable_change_form.html"
    state_fieldset = (
        _("Publishing"),
        {"fields": ("state_line", "publish_at"), "description": _("Steps are the buttons at the end of the page.")},
    )

    # Which step needs which permission, and what its success is called.
    STEPS = {
        "submit": ("change", _("submitted for review")),
        "send_back": ("change", _("sent back to draft")),
        "publish": ("publish", _("published")),
        "unschedule": ("publish", _("made a draft again")),
    }

    # What it looks like.

    def get_list_filter(self, request):
        return (StateFilter, *super().get_list_filter(request))

    def get_fieldsets(self, request, obj=None):
        *own, version, record = (
            super().get_fieldsets(request, obj) if obj else (*super().get_fieldsets(request), (), ())
        )
        return [*own, self.state_fieldset, *filter(None, (version, record))]

    def get_readonly_fields(self, request, obj=None):
        fields = (*super().get_readonly_fields(request, obj), "state_line")
        return fields if self.has_publish_permission(request) else (*fields, "publish_at")

    @admin.display(description=_("state"), ordering="state")
    def state_label(self, obj):
        kind = "scheduled" if obj.is_scheduled() else obj.state
        words = _("Scheduled") if kind == "scheduled" else obj.get_state_display()
        return format_html('<span class="state state-{}">{}</span>', kind, words)

    @admin.display(description=_("state"))
    def state_line(self, obj):
        if obj.pk is None:
            return _("New: not saved yet.")
        if obj.is_scheduled():
            moment = timezone.localtime(obj.publish_at)
            return format_html("{} · {}", self.state_label(obj), moment.strftime("%Y-%m-%d %H:%M"))
        if obj.state == obj.State.WITHDRAWN:
            return format_html("{} · {}", self.state_label(obj), obj.withdrawal_reason)
        return self.state_label(obj)

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    # What may be done. Whatever was public stays: it is withdrawn, not deleted.

    def has_publish_permission(self, request, obj=None):
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def has_delete_permission(self, request, obj=None):
        if obj is not None and obj.first_public_at is not None:
            return False
        return super().has_delete_permission(request, obj)

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def may_step(self, request, obj, step):
        permission, _words = self.STEPS[step]
        check = self.has_publish_permission if permission == "publish" else self.has_change_permission
        return check(request, obj)

    def steps_of(self, request, obj):
        """The names of the steps that this person may take from the state in which the object is."""
        state = obj.State
        possible = {
            state.DRAFT: ["submit", "publish"],
            state.REVIEW: ["publish", "send_back"],
            state.PUBLISHED: ["unschedule"] if obj.is_scheduled() else [],
            state.WITHDRAWN: ["publish"],
        }[state(obj.state)]
        return [step for step in possible if self.may_step(request, obj, step)]

    # Steps from the form. The view holds one transaction: what was typed and the step are saved together or not at all.

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        subject = obj or self.model()
        may_save = self.has_change_permission(request, obj) if change else self.has_add_permission(request)
        may_withdraw = change and subject.is_published() and self.has_publish_permission(request, obj)
        context |= {
            "steps": self.steps_of(request, subject) if may_save else [],
            "withdraw_url": f"{reverse(f'admin:{self._address}_withdraw')}?ids={obj.pk}" if may_withdraw else None,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        return self._step_from_form(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._step_from_form(request, obj) or super().response_change(request, obj)

    def _step_from_form(self, request, obj):
        """Take the step whose button was pressed; a response where something is asked first."""
        step = request.POST.get("_step")
        if step is None:
            return None
        if step not in self.STEPS:
            raise BadRequest("Unknown step.")
        if not self.may_step(request, obj, step):
            raise PermissionDenied
        asked = self.asked_first(request, obj, step)
        if asked is None:
            self.take_step(request, obj, step)
        return asked

    def take_step(self, request, obj, step):
        """Take a step that this person may take, and tell how it went. Whether it was taken."""
        try:
            with transaction.atomic():
                getattr(obj, step)(by=request.user)
        except TransitionRefused as refusal:
            self.message_user(request, refusal.args[0], messages.ERROR)
            return False
        self.message_user(request, _("“%(name)s” was %(step)s.") % {"name": obj, "step": self.STEPS[step][1]})
        return True

    # Steps of the list.

    @admin.action(description=_("Submit for review"), permissions=["change"])
    def submit_selected(self, request, queryset):
        self._step_each(request, queryset, "submit")

    @admin.action(description=_("Send back to draft"), permissions=["change"])
    def send_back_selected(self, request, queryset):
        self._step_each(request, queryset, "send_back")

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        self._step_each(request, queryset, "publish")

    @admin.action(description=_("Withdraw …"), permissions=["publish"])
    def withdraw_selected(self, request, queryset):
        ids = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
        return HttpResponseRedirect(f"{reverse(f'admin:{self._address}_withdraw')}?ids={ids}")

    def _step_each(self, request, queryset, step):
        self._each(
            request,
            queryset,
            lambda obj: self.may_step(request, obj, step),
            lambda obj: getattr(obj, step)(by=request.user),
            self.STEPS[step][1],
        )

    def _each(self, request, queryset, may, take, words):
        """Take a step with each object in one transaction, and report which were refused and why."""
        done, refused = 0, []
        ids = list(queryset.values_list("pk", flat=True))
        with transaction.atomic():
            # Asked anew: PostgreSQL locks no rows of a list's query, which counts and joins.
            for obj in self.model.objects.filter(pk__in=ids).order_by("pk").select_for_update():
                if not may(obj):
                    refused.append((obj, _("you may not do this")))
                    continue
                try:
                    with transaction.atomic():
                        take(obj)
                    done += 1
                except TransitionRefused as refusal:
                    refused.append((obj, refusal.args[0]))
                except EditConflict:
                    refused.append((obj, _("somebody else saved it in the same moment")))
        if done:
            report = ngettext("%(count)d %(name)s was %(step)s.", "%(count)d %(name)s were %(step)s.", done)
            report %= {"count": done, "name": model_ngettext(self.opts, done), "step": words}
            self.message_user(request, report, messages.SUCCESS)
        for obj, reason in refused:
            self.message_user(request, f"{obj}：{reason}", messages.WARNING)

    # Withdrawing asks for the reason first.

    @property
    def _address(self):
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def get_urls(self):
        withdraw = path("withdraw/", self.admin_site.admin_view(self.withdraw_view), name=f"{self._address}_withdraw")
        return [withdraw, *super().get_urls()]

    def withdraw_view(self, request):
        if not self.has_publish_permission(request):
            raise PermissionDenied
        ids = [pk for pk in request.GET.get("ids", "").split(",") if pk]
        if not ids or not all(pk.isascii() and pk.isdigit() and len(pk) < 19 for pk in ids):
            raise BadRequest("Say which.")
        chosen = self.get_queryset(request).filter(pk__in=ids)
        form = WithdrawalForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._each(
                request,
                chosen,
                lambda obj: self.has_publish_permission(request, obj),
                lambda obj: obj.withdraw(reason=form.cleaned_data["reason"], by=request.user),
                _("withdrawn"),
            )
            return HttpResponseRedirect(reverse(f"admin:{self._address}_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Withdraw"),
            "chosen": chosen,
            "form": form,
        }
        return TemplateResponse(request, "admin/withdraw.html", context)


@admin.register(Publication)
class PublicationAdmin(RecordAdmin):
    fieldsets = (
        (None, {"fields": ("masthead", "tagline", "description", "locality")}),
        (_("Publisher and contact"), {"fields": ("publisher", "address", "phone", "email")}),
        (_("Filings and footer"), {"fields": ("icp_number", "police_number", "note")}),
    )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        Publication.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:publishing_publication_change", args=[1]))
