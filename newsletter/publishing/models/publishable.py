import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.publishing import signals
from newsletter.records.fields import LineField, LinesField
from newsletter.records.models import Record
from newsletter.records.text import clean_line

from .steps import Decision, Review, Reviewed, ReviewedQuerySet, TransitionRefused
from .trash import Trashable

PUBLISHED_NEEDS_TIMES = _("This is published: “publish at” cannot be empty. Withdraw it if it should not be seen.")


class SaveRefused(ValidationError):
    """A package above refuses what is being saved into something public; nothing was changed."""


class PublishableQuerySet(ReviewedQuerySet):
    def published(self, at=None):
        """What a reader may see at the moment `at` (default: now, taken when this is called)."""
        return self.filter(state=Publishable.State.PUBLISHED, publish_at__lte=at or timezone.now())

    def behind(self, name):
        """The condition on rows which point here by `name`: that it is one of these. Each is looked up, none listed."""
        return models.Exists(self.filter(pk=models.OuterRef(name)))

    def public(self, at=None):
        """The word that organizations have for it, too: what the search asks of all that it finds."""
        return self.published(at)

    def scheduled(self, at=None):
        return self.filter(state=Publishable.State.PUBLISHED, publish_at__gt=at or timezone.now())

    def drafts(self):
        return self.filter(state=Publishable.State.DRAFT)

    def seen_by(self, user):
        """What this member of staff may look at: everything who may change it, others what readers see, and theirs."""
        if user.has_perm(f"{self.model._meta.app_label}.change_{self.model._meta.model_name}"):
            return self
        public = Q(state=Publishable.State.PUBLISHED, publish_at__lte=timezone.now())
        return self.filter(public | self.of_organizations(user.writes_for.all()))

    def of_organizations(self, organizations):
        """The condition that it is about one of these organizations; a kind that is about none has none."""
        return Q(pk__in=[])

    def trashed(self):
        return self.filter(state=Publishable.State.TRASHED)

    def for_previews(self):
        """What readers see or are yet to see: neither withdrawn nor in the trash."""
        return self.exclude(state__in=[Publishable.State.WITHDRAWN, Publishable.State.TRASHED])

    def kept(self):
        """Everything but what lies in the trash."""
        return self.exclude(state=Publishable.State.TRASHED)


class Publishable(Reviewed, Trashable, Record):
    """Anything that is written first and seen by readers later: an article, event, award, edition or standing page."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        TRASHED = "trashed", _("In the trash")

    class Withdrawal(models.TextChoices):
        """Why something is withdrawn: the kinds that a supervisor asks for."""

        FACTS = "facts", _("Facts are wrong")
        DUPLICATE = "duplicate", _("Published twice")
        PRIVACY = "privacy", _("Personal data or a wish of a person concerned")
        RIGHTS = "rights", _("Rights to text or picture")
        INSTRUCTION = "instruction", _("On instruction of an authority")
        TECHNICAL = "technical", _("Published by mistake")
        OTHER = "other", _("Another reason")

    SHOWN_IN_HISTORY = ("state", "withdrawal_kind", "withdrawal_reason", "replaced_by")
    NOT_RESTORED = ("publish_at", "correction")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    publish_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        help_text=_("Shanghai time from which readers may see it. Empty: from the moment of publishing."),
    )
    first_public_at = models.DateTimeField(_("first public"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    withdrawal_kind = models.CharField(
        _("kind of withdrawal"), max_length=12, choices=Withdrawal, blank=True, editable=False
    )
    withdrawal_reason = LineField(_("reason of withdrawal"), max_length=300, blank=True, editable=False)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="replaces",
    )
    reviews_passed = models.PositiveSmallIntegerField(_("reviews passed"), default=0, editable=False)
    correction = LinesField(
        _("correction"),
        max_length=1000,
        blank=True,
        rows=2,
        help_text=_("What was wrong and what is right. Readers see it with its date; feeds bring the story again."),
    )
    corrected_at = models.DateTimeField(_("corrected"), null=True, blank=True, editable=False)
    trashed_at = models.DateTimeField(_("put in the trash"), null=True, blank=True, editable=False)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("put in the trash by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    trashed_from = models.CharField(max_length=10, choices=State, blank=True, editable=False)

    preview_links = GenericRelation("publishing.PreviewLink")

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "review", "publish")
        indexes = [
            # The last change that readers can see: what feeds and calendars are asked for again and again.
            models.Index(
                name="%(app_label)s_%(class)s_changed",
                fields=["-modified_at"],
                condition=Q(first_public_at__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_has_times",
                condition=~Q(state="published") | Q(publish_at__isnull=False, first_public_at__isnull=False),
                violation_error_message=PUBLISHED_NEEDS_TIMES,
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_withdrawn_has_reason",
                condition=~Q(state="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                violation_error_message=_("What is withdrawn needs a time and a reason."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_trashed_says_when",
                condition=Q(
                    state="trashed", trashed_at__isnull=False, trashed_from__in=["draft", "review", "withdrawn"]
                )
                | (~Q(state="trashed") & Q(trashed_at__isnull=True, trashed_from="")),
                violation_error_message=_("What is in the trash says since when, and what it was before."),
            ),
        ]

    def clean(self):
        super().clean()
        # The constraint says it too, but a form without the state does not ask the constraint.
        if self.state == self.State.PUBLISHED and self.publish_at is None:
            raise ValidationError({"publish_at": PUBLISHED_NEEDS_TIMES})
        if self.was_public() and self.state == self.State.PUBLISHED and not self.is_published():
            raise ValidationError(
                {"publish_at": _("Readers have seen this already. To take it back, withdraw it with a reason.")}
            )

    def save(self, **kwargs):
        self._date_correction(kwargs)
        if self.state == self.State.PUBLISHED and self.publish_at and not self.was_public():
            # It was moved before anybody could see it.
            self.first_public_at = max(self.publish_at, timezone.now())
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "first_public_at"}
        super().save(**kwargs)

    def _date_correction(self, kwargs):
        """A correction of what readers have seen bears the moment in which it was written."""
        names = kwargs.get("update_fields")
        if self._state.adding or (names is not None and "correction" not in names):
            return
        stored = type(self)._base_manager.filter(pk=self.pk).values_list("correction", flat=True).first()
        if (stored or "") != self.correction:
            self.corrected_at = timezone.now() if self.correction and self.was_public() else None
            if names is not None:
                kwargs["update_fields"] = {*names, "corrected_at"}

    # Steps. Each checks the state it starts from, saves once, and raises TransitionRefused or EditConflict.
    # Those of the review are in `Reviewed`.

    @transaction.atomic
    def publish(self, *, by=None, at=None, note="", along=False):
        """Publish from the moment `at` on (default: `publish_at` if set, else now), with the drafts it stands on.

        This is the final review, and the only one where REVIEWS is 1; with more, the earlier ones must be passed.
        `along`: it is published with something else, which has seen to that.
        """
        now = timezone.now()
        at = at or self.publish_at or now
        not_yet_seen = not self.was_public(now)
        if at > now and not not_yet_seen:
            raise TransitionRefused(
                _("Readers have seen this already: it can be published again from now on, not later.")
            )
        was_draft = self.state == self.State.DRAFT
        companions = self._companions()
        if not along:
            self._refuse_unreviewed(companions, by)
        self._step(
            "publish",
            {self.State.DRAFT, self.State.REVIEW, self.State.WITHDRAWN},
            _("This is published already."),
            by,
            recorded={"decision": Decision.ALONG, "note": note}
            if along and was_draft
            else {"decision": Decision.PUBLISHED, "review": Review.FINAL, "note": note},
            state=self.State.PUBLISHED,
            reviews_passed=settings.REVIEWS,
            publish_at=at,
            first_public_at=max(at, now) if not_yet_seen else self.first_public_at,
            published_by=by,
            withdrawn_at=None,
            withdrawn_by=None,
            withdrawal_kind="",
            withdrawal_reason="",
            replaced_by=None,
            **self.values_when_published(at),
        )
        for companion in companions:
            companion.publish(by=by, at=at, along=True)

    def unschedule(self, *, by=None):
        """Make a draft again of what nobody has seen yet."""
        if not self.is_scheduled() or self.was_public():
            raise TransitionRefused(_("Only what is scheduled and not yet public can become a draft again."))
        self._step(
            "unschedule",
            {self.State.PUBLISHED},
            _("Only what is scheduled and not yet public can become a draft again."),
            by,
            recorded={"decision": Decision.UNSCHEDULED},
            state=self.State.DRAFT,
            reviews_passed=0,
            first_public_at=None,
        )

    def withdraw(self, *, reason, kind=Withdrawal.OTHER, replaced_by=None, by=None):
        """Take back what was public.

        Readers are shown the kind (`Withdrawal`), the words of `reason`, and what replaces it, at the address.
        """
        if not self.is_published():
            raise TransitionRefused(_("Only what is public can be withdrawn."))
        reason = clean_line(reason)
        if not reason:
            raise TransitionRefused(_("Say why it is withdrawn: readers are shown the reason."))
        if replaced_by is not None and (replaced_by.pk == self.pk or not replaced_by.is_published()):
            raise TransitionRefused(_("What replaces it must be public, and another one."))
        self._step(
            "withdraw",
            {self.State.PUBLISHED},
            _("Only what is public can be withdrawn."),
            by,
            recorded={"decision": Decision.WITHDRAWN, "note": reason},
            state=self.State.WITHDRAWN,
            withdrawn_at=timezone.now(),
            withdrawn_by=by,
            withdrawal_kind=kind,
            withdrawal_reason=reason,
            replaced_by=replaced_by,
        )

    @transaction.atomic
    def _step(self, step, starts, refusal, by, *, recorded=None, **values):
        """Take a step; `recorded` says of it in the record of reviews: decision, review, note."""
        if self.state not in starts:
            raise TransitionRefused(refusal)
        signals.before_step.send(type(self), publishable=self, step=step, by=by)
        before = {name: getattr(self, name) for name in values}
        for name, value in values.items():
            setattr(self, name, value)
        try:
            self.save(by=by, update_fields=values)
        except BaseException:
            for name, value in before.items():
                setattr(self, name, value)
            raise
        if recorded:
            self._record(**recorded, by=by)
        signals.after_step.send(type(self), publishable=self, step=step, by=by)

    def values_when_published(self, at):
        """Further fields to set when it is published from `at` on, as a dict."""
        return {}

    def published_along(self):
        """Publishables that are published with this one where they are still drafts."""
        return ()

    def previewed_along(self):
        """Publishables that a preview of this one opens, too, while readers are yet to see them."""
        return ()

    # Questions.

    def is_published(self, at=None):
        """`published()` for one object in memory; a test keeps the two in agreement."""
        return self._is_out() and self.publish_at <= (at or timezone.now())

    @property
    def public_from(self):
        """The moment from which readers see it, past or to come; None for what is not published."""
        return self.publish_at if self._is_out() else None

    def is_scheduled(self, at=None):
        return self._is_out() and self.publish_at > (at or timezone.now())

    def is_forthcoming(self, at=None):
        """Whether readers are yet to see it: a draft, in review, or scheduled."""
        return self.state in {self.State.DRAFT, self.State.REVIEW} or self.is_scheduled(at)

    def _is_out(self):
        # A form may have emptied the time; the constraint then refuses it.
        return self.state == self.State.PUBLISHED and self.publish_at is not None

    def was_public(self, at=None):
        """Whether a reader can ever have seen it."""
        return self.first_public_at is not None and self.first_public_at <= (at or timezone.now())

    def is_gone(self):
        """Whether readers once saw it and are told that it was taken back."""
        return self.was_public() and self.state in {self.State.WITHDRAWN, self.State.TRASHED}

    def may_be_previewed_by(self, user):
        """Whether this member of staff may see it before readers do."""
        if not user.is_staff or not user.has_perm(f"{self._meta.app_label}.view_{self._meta.model_name}"):
            return False
        return not self.is_trashed() and type(self).objects.seen_by(user).filter(pk=self.pk).exists()
