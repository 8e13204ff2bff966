import datetime
import uuid

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.records.audit import AuditEntry, audit
from newsletter.records.dates import shanghai_words
from newsletter.records.fields import LineField

from .publishable import TransitionRefused


class PreviewLink(models.Model):
    """An address by which a person without an account sees one thing before readers do, for some days."""

    # The address names this and not the row's number: a restored backup gives numbers a second time.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    publishable = GenericForeignKey()
    for_whom = LineField(_("for whom"), max_length=60)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    times_opened = models.PositiveIntegerField(_("times opened"), default=0)
    last_opened_at = models.DateTimeField(_("last opened"), null=True, blank=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-pk"]
        # Whoever may change the thing may make and revoke its links.
        default_permissions = ()
        indexes = [models.Index(fields=["content_type", "object_id"], name="preview_link_of")]
        constraints = [
            models.CheckConstraint(
                name="preview_link_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("made_at")),
                violation_error_message=_("A preview link ends after it was made."),
            )
        ]

    def __str__(self):
        return self.for_whom

    def get_absolute_url(self):
        return reverse("publishing:preview", args=[_signer().sign(self.key.hex)])

    @classmethod
    @transaction.atomic
    def make(cls, publishable, *, for_whom, by, days=7):
        """A new link to it. Raises `TransitionRefused` where readers see it already or are not to see it again."""
        if not publishable.is_forthcoming():
            raise TransitionRefused(_("A preview is for what is not published yet."))
        made_at = timezone.now()
        link = publishable.preview_links.create(
            for_whom=for_whom, made_at=made_at, made_by=by, expires_at=made_at + datetime.timedelta(days)
        )
        until = _("for %(person)s, until %(moment)s") % {"person": link, "moment": shanghai_words(link.expires_at)}
        audit(AuditEntry.Deed.PREVIEW_LINKED, by=by, obj=publishable, detail=until)
        return link

    @classmethod
    def of_token(cls, token):
        """The link to which the last part of its address belongs; None for one that was not made here."""
        try:
            key = _signer().unsign(token)
        except BadSignature:
            return None
        return cls.objects.filter(key=key).first()

    @transaction.atomic
    def revoke(self, *, by):
        if self.revoked_at is None:
            self.revoked_at, self.revoked_by = timezone.now(), by
            self.save(update_fields=["revoked_at", "revoked_by"])
            audit(AuditEntry.Deed.PREVIEW_REVOKED, by=by, obj=self.publishable, detail=str(self))

    def note_opening(self):
        PreviewLink.objects.filter(pk=self.pk).update(times_opened=F("times_opened") + 1, last_opened_at=timezone.now())

    def is_valid(self, at=None):
        return self.revoked_at is None and (at or timezone.now()) < self.expires_at

    def shows(self, publishable, at=None):
        """Whether its guests may see this now: its own thing or what is previewed along, while readers wait for it."""
        own = self.publishable
        if own is None or not (self.is_valid(at) and own.is_forthcoming(at) and publishable.is_forthcoming(at)):
            return False
        return publishable == own or publishable in own.previewed_along()

    @property
    def root(self):
        """What stands before the address of a page or file in its preview: `/preview/…` before `/photos/7/card`."""
        return self.get_absolute_url().rstrip("/")


class Guest(AnonymousUser):
    """Whoever came by a preview link: a person without an account who sees a little more than readers do."""

    def __init__(self, preview_link):
        super().__init__()
        self.preview_link = preview_link


def _signer():
    # Not the usual colon: programs that make links of text would end there.
    return Signer(salt="newsletter.publishing.preview", sep=".")
