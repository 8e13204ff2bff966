"""The steps of the review: which are taken from where, by whom not, and what the record says of them."""

from contextlib import contextmanager

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from newsletter.records.audit import AuditEntry, audit
from newsletter.records.history import keep_first, one_revision
from newsletter.records.text import clean_lines

from .reading import digests_of, lines_of
from .review import ReviewStep

Decision, Review = ReviewStep.Decision, ReviewStep.Review

OWN_REVIEW = _("You have passed a review of this: the next one is another person's.")


class TransitionRefused(Exception):
    """The object is not in a state from which this step is possible; nothing was changed. `args[0]` says why."""


class ReviewedQuerySet(models.QuerySet):
    def awaiting_review(self):
        return self.filter(state="review")

    def waiting_for(self, user):
        """What this user may pass next: with several reviews, not what they have passed in the same round."""
        may_review, may_publish = (
            user.has_perm(f"{self.model._meta.app_label}.{action}_{self.model._meta.model_name}")
            for action in ("review", "publish")
        )
        is_last = Q(reviews_passed__gte=settings.REVIEWS - 1)
        theirs = Q(pk__in=[])
        if may_review:
            theirs |= ~is_last
        if may_publish:
            theirs |= is_last
        waiting = self.awaiting_review().filter(theirs)
        if settings.REVIEWS == 1 or not (may_review or may_publish):
            return waiting
        steps = self._steps()
        begun_since = steps.filter(
            decision__in=ReviewStep.BEGINNING, pk__gt=OuterRef("pk"), object_id=OuterRef("object_id")
        )
        passed = ReviewStep.objects.filter(
            ~Exists(begun_since),
            content_type=ContentType.objects.get_for_model(self.model),
            object_id=OuterRef("pk"),
            decision=Decision.PASSED,
            by=user,
        )
        return waiting.exclude(Exists(passed))

    def sent_back_to(self, user):
        """Drafts that were sent back to this user, who wrote or submitted them, with `sent_back_note` and `_by`."""
        steps = self._steps().filter(object_id=OuterRef("pk"))
        last = steps.order_by("-pk")
        submitted = steps.filter(decision=Decision.SUBMITTED, by=user)
        return (
            self.filter(Q(created_by=user) | Exists(submitted), state="draft")
            .annotate(
                last_decision=Subquery(last.values("decision")[:1]),
                sent_back_note=Subquery(last.values("note")[:1]),
            )
            .filter(last_decision=Decision.SENT_BACK)
        )

    def _steps(self):
        return ReviewStep.objects.filter(content_type=ContentType.objects.get_for_model(self.model))


class Reviewed:
    """The part of a publishable that is about reviews: how many of them there are is the setting REVIEWS."""

    # What a review does not read: when, and what colleagues tell one another.
    NOT_READ = ("publish_at", "staff_note")
    # Whether what is published along with it was read in its own reviews.
    READS_ALONG = False

    # The text that was read.

    def read_in_review(self):
        """The text, captions and links as lines, without state, version and times."""
        return lines_of(self)

    def content_digest(self):
        """The SHA-256 of the text as it is stored, in hexadecimal."""
        return digests_of([self])[self]

    # Steps.

    def submit(self, *, by=None, note=""):
        self._step(
            "submit",
            {self.State.DRAFT, self.State.WITHDRAWN},
            _("Only a draft or what is withdrawn can be submitted."),
            by,
            recorded={"decision": Decision.SUBMITTED, "note": note},
            state=self.State.REVIEW,
            reviews_passed=0,
        )

    def approve(self, *, by=None, note=""):
        """Pass the next review; the last one publishes."""
        if self.state == self.State.REVIEW and self.next_review == Review.FINAL:
            self.publish(by=by, note=note)
            return
        if self.state == self.State.REVIEW and self.was_passed_by(by):
            raise TransitionRefused(OWN_REVIEW)
        self._step(
            "approve",
            {self.State.REVIEW},
            _("Only what is in review can be passed."),
            by,
            recorded={"decision": Decision.PASSED, "review": self.next_review, "note": note},
            reviews_passed=self.reviews_passed + 1,
        )

    def send_back(self, *, by=None, note=""):
        """Make it a draft again; `note` says what must be mended."""
        if self.state == self.State.REVIEW and not clean_lines(note).strip():
            raise TransitionRefused(_("Say what must be mended: the writer reads it on the desk."))
        self._step(
            "send_back",
            {self.State.REVIEW},
            _("Only what is in review can be sent back."),
            by,
            recorded={"decision": Decision.SENT_BACK, "review": self.next_review, "note": note},
            state=self.State.DRAFT,
            reviews_passed=0,
        )

    def reopen(self, *, by=None):
        """Take an approved text, which was changed, back to the first review. Readers no longer see it."""
        self._step(
            "reopen",
            {self.State.PUBLISHED, self.State.REVIEW},
            _("Only what is approved can be reviewed again."),
            by,
            recorded={"decision": Decision.REOPENED},
            state=self.State.REVIEW,
            reviews_passed=0,
            first_public_at=self.first_public_at if self.was_public() else None,
        )

    @contextmanager
    def changing(self, *, by, may_publish):
        """Around a change of the stored text: an approved one goes back to review, unless `by` may publish.

        Change and consequence are one transaction and one revision.
        """
        if self.pk is None or not self.is_approved():
            yield
            return
        keep_first(self)
        with transaction.atomic(), one_revision(by):
            before = self.content_digest()
            yield
            if self.content_digest() != before:
                self.answer_for_change(by=by, may_publish=may_publish)

    def answer_for_change(self, *, by, may_publish):
        """What follows from a change of an approved text that is stored already."""
        if not may_publish:
            self.reopen(by=by)
        elif self.state == self.State.PUBLISHED:
            self._record(Decision.CHANGED, by=by)
            audit(AuditEntry.Deed.CORRECTED, by=by, obj=self)
        else:
            self._record(Decision.AMENDED, by=by)

    # Questions.

    @property
    def next_review(self):
        """Which review waits: with one review it is the final one, with two the first and the final one."""
        return Review.FINAL if self.reviews_passed + 1 >= settings.REVIEWS else Review(self.reviews_passed + 1)

    def is_approved(self):
        """Whether somebody has passed its text: it is public, will be, or is past a review."""
        return self.state == self.State.PUBLISHED or (self.state == self.State.REVIEW and self.reviews_passed > 0)

    def is_being_revised(self):
        """Whether readers have seen it, and it is being worked on again."""
        return self.state in {self.State.DRAFT, self.State.REVIEW} and self.was_public()

    def was_passed_by(self, user):
        """Whether this user has passed a review of the present round. With one review nobody can have."""
        if settings.REVIEWS == 1 or self.reviews_passed == 0 or user is None:
            return False
        steps = self.review_steps()
        begun = steps.filter(decision__in=ReviewStep.BEGINNING).values_list("pk", flat=True).last() or 0
        return steps.filter(pk__gt=begun, decision=Decision.PASSED, by=user).exists()

    def has_passed_text(self):
        """Whether the stored text is the one that was passed last, for going out or while it was out."""
        passed = self.review_steps().passing().last() if self.pk else None
        return passed is not None and passed.digest == self.content_digest()

    def missing_review(self, by):
        """Why it may not be published by this user yet, in words; None if it has passed all reviews but the last."""
        if settings.REVIEWS == 1 or self.state in {self.State.PUBLISHED, self.State.TRASHED}:
            return None
        if self.state == self.State.REVIEW and self.next_review == Review.FINAL:
            return OWN_REVIEW if self.was_passed_by(by) else None
        if self.has_passed_text():
            return None
        return _("Its earlier reviews are not passed yet.")

    def review_steps(self):
        return ReviewStep.objects.of(self)

    # The record.

    def _companions(self):
        """What is published along with it now: drafts; with several reviews also stories that wait for the last one."""
        taken = {self.State.DRAFT} if settings.REVIEWS == 1 else {self.State.DRAFT, self.State.REVIEW}
        return [row for row in self.published_along() if row.state in taken]

    def _refuse_unreviewed(self, companions, by):
        """Refuse to publish what has not passed the reviews before the last one, and name it."""
        if reason := self.missing_review(by):
            raise TransitionRefused(reason)
        unread = [] if self.READS_ALONG else [row for row in companions if row.missing_review(by)]
        if unread:
            titles = "、".join(f"“{row}”" for row in unread)
            raise TransitionRefused(
                _("These have not passed their earlier reviews, or you passed one of them yourself: %(titles)s")
                % {"titles": titles}
            )

    def _record(self, decision, *, by, review=None, note=""):
        ReviewStep.objects.create(
            content_type=ContentType.objects.get_for_model(self),
            object_id=self.pk,
            decision=decision,
            review=review,
            by=by,
            note=note,
            digest=self.content_digest(),
        )
