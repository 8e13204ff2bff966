"""The reviews in the admin: steps by permission, what follows from a change, and the record for printing."""

from contextlib import ExitStack, contextmanager

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.records.admin import RecordAdmin

from .models import ReviewStep
from .models.reading import digests_of


class ReviewedAdmin(RecordAdmin):
    """For publishables: which step waits, who may take it, and who passed what."""

    # Who may do what.

    def has_review_permission(self, request, obj=None):
        return request.user.has_perm(f"{self.opts.app_label}.review_{self.opts.model_name}")

    def review_steps_of(self, request, obj):
        """The steps from the state in which the object is, whoever the person is; None where no review is concerned."""
        state = obj.State
        if obj.state == state.REVIEW:
            passing = "publish" if obj.next_review == ReviewStep.Review.FINAL else "approve"
            return ["send_back"] if obj.was_passed_by(request.user) else [passing, "send_back"]
        if obj.state in {state.DRAFT, state.WITHDRAWN}:
            return ["submit"] if obj.missing_review(request.user) else ["submit", "publish"]
        return None

    def may_pass(self, request, obj):
        """Whether this person may pass the review that is next."""
        if obj.next_review == ReviewStep.Review.FINAL:
            return self.has_publish_permission(request, obj)
        return self.has_review_permission(request, obj)

    # A change of a text that was approved.

    @contextmanager
    def changing(self, request, records):
        was = [(obj.state, obj.reviews_passed) for obj in records]
        with ExitStack() as changes:
            for obj in records:
                permission = f"{obj._meta.app_label}.publish_{obj._meta.model_name}"
                changes.enter_context(obj.changing(by=request.user, may_publish=request.user.has_perm(permission)))
            with super().changing(request, records):
                yield
        for obj, before in zip(records, was, strict=True):
            self._tell_of_reopening(request, obj, before)

    def after_restore(self, request, obj):
        super().after_restore(request, obj)
        was = obj.state, obj.reviews_passed
        last = obj.review_steps().last()
        if obj.is_approved() and (last is None or last.digest != obj.content_digest()):
            obj.answer_for_change(by=request.user, may_publish=self.has_publish_permission(request, obj))
        self._tell_of_reopening(request, obj, was)

    def _tell_of_reopening(self, request, obj, was):
        if (obj.state, obj.reviews_passed) != was:
            words = _(
                "“%(name)s” was approved and its text has changed: it is in review again, and readers do not see it."
            )
            self.message_user(request, words % {"name": obj}, messages.WARNING)

    def _give_note_back(self, request, note):
        """Show a note that went with no step: what was typed is not lost unseen."""
        if note:
            self.message_user(request, _("The note belongs to a step and was not kept: %s") % note, messages.WARNING)

    # What the form shows of it.

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None:
            steps = list(obj.review_steps().select_related("by"))
            sent_back = steps and steps[-1].decision == ReviewStep.Decision.SENT_BACK and obj.state == obj.State.DRAFT
            context |= {
                "review_steps": steps,
                "sent_back": steps[-1] if sent_back else None,
                "waits_for": obj.next_review if obj.state == obj.State.REVIEW else None,
                "own_review": obj.state == obj.State.REVIEW and obj.was_passed_by(request.user),
                "change_reopens": obj.is_approved()
                and self.has_change_permission(request, obj)
                and not self.has_publish_permission(request, obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Steps of the list. To send back is none of them: each story needs words of its own.

    @admin.action(description=_("Pass the review"), permissions=["review"])
    def approve_selected(self, request, queryset):
        return self._step_each(request, queryset, "approve")

    def get_actions(self, request):
        actions = super().get_actions(request)
        if settings.REVIEWS == 1:
            # The one review is the final one, and that is to publish.
            actions.pop("approve_selected", None)
        return actions

    # The record.

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_record"
        record = path("<path:object_id>/record/", self.admin_site.admin_view(self.record_view), name=name)
        return [record, *super().get_urls()]

    def recorded_with(self, request, obj):
        """Publishables whose records stand below that of `obj`, in their order."""
        return []

    def record_view(self, request, object_id):
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Record of reviews"),
            "object": obj,
            "now": timezone.now(),
            "records": records_of([obj, *self.recorded_with(request, obj)]),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/record.html", context)


def records_of(publishables):
    """`[{object, steps, passed, is_the_passed}, …]`: `passed` is the step by which the present text went out or None.

    `is_the_passed` says whether what is stored now is what was read then. The queries do not grow with the number.
    """
    steps, digests = {}, digests_of(publishables)
    for step in ReviewStep.objects.of(*publishables).select_related("by"):
        steps.setdefault((step.content_type_id, step.object_id), []).append(step)
    records = []
    for publishable in publishables:
        own = steps.get((ContentType.objects.get_for_model(publishable).pk, publishable.pk), [])
        passed = next((step for step in reversed(own) if step.decision in ReviewStep.PASSING), None)
        records.append(
            {
                "object": publishable,
                "kind": publishable._meta.verbose_name,
                "steps": own,
                "passed": passed,
                "digest": digests[publishable],
                "is_the_passed": passed is not None and passed.digest == digests[publishable],
            }
        )
    return records
