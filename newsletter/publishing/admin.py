from django.contrib import admin, messages
from django.contrib.admin.utils import model_ngettext
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import UniqueConstraint
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsletter.records.admin import RecordAdmin, RecordForm
from newsletter.records.dates import shanghai_words
from newsletter.records.models import EditConflict

from .admin_asking import AskingAdmin
from .admin_previews import PreviewLinksMixin
from .admin_review import ReviewedAdmin
from .admin_scheduling import SchedulingMixin
from .admin_trash import TrashAdmin
from .admin_withdrawal import WithdrawalAdmin
from .models import Publication, Publishable, TransitionRefused

# Of what is asked about before a step.
AT_ONCE = 200


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        kept = [choice for choice in Publishable.State.choices if choice[0] != Publishable.State.TRASHED]
        return [*kept, ("scheduled", _("Scheduled"))]

    def queryset(self, request, queryset):
        if self.value() == "scheduled":
            return queryset.scheduled()
        if self.value() == Publishable.State.PUBLISHED:
            return queryset.published()
        if self.value() in Publishable.State.values:
            return queryset.filter(state=self.value())
        return queryset


class PublishableForm(RecordForm):
    def _post_clean(self):
        super()._post_clean()
        for constraint in self.instance._meta.constraints:
            # What is unique outside the trash depends on the state, which is no field of the form.
            if isinstance(constraint, UniqueConstraint) and constraint.condition:
                try:
                    constraint.validate(type(self.instance), self.instance)
                except ValidationError as error:
                    self.add_error(None, error)


class PublishableAdmin(AskingAdmin, PreviewLinksMixin, SchedulingMixin, WithdrawalAdmin, TrashAdmin, ReviewedAdmin):
    """The base of the admin pages of everything that is published: state, steps, and a view on site for drafts."""

    actions = ("submit_selected", "approve_selected", "publish_selected", "withdraw_selected", "trash_selected")
    form = PublishableForm
    change_form_template = "admin/publishable_change_form.html"
    state_fieldset = (
        _("Publishing"),
        {"fields": ("state_line", "publish_at"), "description": _("Steps are the buttons at the end of the page.")},
    )

    # Which step needs which permission, and what its success is called.
    STEPS = {
        "submit": ("change", _("submitted for review")),
        "approve": ("pass", _("passed")),
        "send_back": ("review", _("sent back to be mended")),
        "publish": ("publish", _("published")),
        "unschedule": ("publish", _("made a draft again")),
    }
    # Those that take a note for the record.
    NOTED = ("submit", "approve", "send_back", "publish")

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        # Who may look at none is refused by each view; by an empty list they would be told that it is not there.
        return rows.seen_by(request.user) if self.has_view_permission(request) else rows

    # What it looks like.

    def get_list_filter(self, request):
        return (StateFilter, *super().get_list_filter(request))

    def get_fieldsets(self, request, obj=None):
        *own, version, record = (
            super().get_fieldsets(request, obj) if obj else (*super().get_fieldsets(request), (), ())
        )
        title, options = self.state_fieldset
        if obj is not None and obj.was_public():
            options = {**options, "fields": (*options["fields"], "correction")}
        return [*own, (title, options), *filter(None, (version, record))]

    def get_readonly_fields(self, request, obj=None):
        fields = (*super().get_readonly_fields(request, obj), "state_line")
        return fields if self.has_publish_permission(request) else (*fields, "publish_at", "correction")

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
            return format_html("{} · {}", self.state_label(obj), shanghai_words(obj.publish_at))
        if obj.state == obj.State.WITHDRAWN:
            return format_html("{} · {}", self.state_label(obj), obj.withdrawal_reason)
        return self.state_label(obj)

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    # What may be done.

    @property
    def _address(self):
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def has_publish_permission(self, request, obj=None):
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def may_step(self, request, obj, step):
        permission, _words = self.STEPS[step]
        check = {
            "change": self.has_change_permission,
            "review": self.has_review_permission,
            "pass": self.may_pass,
            "publish": self.has_publish_permission,
        }[permission]
        return check(request, obj)

    def steps_of(self, request, obj):
        """The names of the steps that this person may take from the state in which the object is."""
        possible = self.review_steps_of(request, obj)
        if possible is None:
            possible = ["unschedule"] if obj.is_scheduled() else []
        return [step for step in possible if self.may_step(request, obj, step)]

    # Steps from the form. The view holds one transaction: what was typed and the step are saved together or not at all.

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        subject = obj or self.model()
        may_save = self.has_change_permission(request, obj) if change else self.has_add_permission(request)
        may_withdraw = change and subject.is_published() and self.has_publish_permission(request, obj)
        steps = self.steps_of(request, subject) if may_save else []
        context |= {
            "steps": steps,
            "takes_note": any(step in self.NOTED for step in steps),
            "step_note": request.POST.get("_note", ""),
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
            self._give_note_back(request, self.note_of(request))
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
        """Take a step that this person may take, with the note beside its button, and tell how it went.

        Returns whether it was taken.
        """
        note = self.note_of(request)
        try:
            with transaction.atomic():
                getattr(obj, step)(by=request.user, **({"note": note} if step in self.NOTED else {}))
        except TransitionRefused as refusal:
            self.message_user(request, refusal.args[0], messages.ERROR)
            self._give_note_back(request, note)
            return False
        words = _("“%(name)s” was %(step)s.") % {"name": obj, "step": self.step_words(obj, step)}
        self.message_user(request, words)
        self.forget_note(request, obj)
        return True

    # Steps of the list.

    def action_checkbox(self, obj):
        """With the version that is on the screen: an action leaves out what has changed since."""
        version = format_html('<input type="hidden" name="version-{}" value="{}">', obj.pk, obj.version)
        return super().action_checkbox(obj) + version

    @admin.action(description=_("Submit for review"), permissions=["change"])
    def submit_selected(self, request, queryset):
        return self._step_each(request, queryset, "submit")

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        return self._step_each(request, queryset, "publish")

    def _step_each(self, request, queryset, step):
        if self.are_too_many(request, queryset):
            return None
        if asked := self.asked_first_of_all(request, queryset, step):
            return asked
        self._each(
            request,
            queryset,
            lambda obj: self.may_step(request, obj, step),
            lambda obj: getattr(obj, step)(by=request.user),
            self.STEPS[step][1],
        )
        return None

    def are_too_many(self, request, queryset):
        """Whether there are more than one page can ask about; the person is told then."""
        if queryset.count() <= AT_ONCE:
            return False
        self.message_user(request, _("At most %(count)d at once, please.") % {"count": AT_ONCE}, messages.ERROR)
        return True

    def _each(self, request, queryset, may, take, words):
        """Take a step with each object in one transaction, and report which were refused and why.

        Refused is, too, what has not the version any more that was on the screen.
        """
        done, refused = 0, []
        ids = list(queryset.values_list("pk", flat=True))
        with transaction.atomic():
            # Asked anew: PostgreSQL locks no rows of a list's query, which counts and joins.
            for obj in self.model.objects.filter(pk__in=ids).order_by("pk").select_for_update():
                if not may(obj):
                    refused.append((obj, _("you may not do this")))
                    continue
                if request.POST.get(f"version-{obj.pk}", str(obj.version)) != str(obj.version):
                    refused.append((obj, _("somebody changed it since you looked at it")))
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
