import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.records.fields import LineField
from newsletter.records.slugs import initials, pinyin
from newsletter.records.text import clean_line


def name_key(name):
    """The form under which names are compared: NFKC (full-width to half-width), no white space, lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", clean_line(name))).casefold()


class NameTaken(ValidationError):
    """Two organizations would bear one name; the message names both."""


class OrganizationName(models.Model):
    """One of the names under which texts and bylines know an organization. Its full name is a row here too."""

    class Kind(models.TextChoices):
        FULL = "full", _("Full name")
        SHORT = "short", _("Short name")
        ALIAS = "alias", _("Alias")
        FORMER = "former", _("Former name")

    organization = models.ForeignKey(
        "orgs.Organization", verbose_name=_("organization"), on_delete=models.CASCADE, related_name="names"
    )
    name = LineField(_("name"), max_length=100, help_text=_("As texts and bylines say it, e.g. 爱友 or 社促会."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SHORT)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    findable = models.BooleanField(
        _("find in texts"),
        default=True,
        help_text=_("Take the tick away from a name that is also an everyday word."),
    )
    key = models.CharField(max_length=100, unique=True, editable=False)
    # Without spaces: `longgangzongshanghui`, `lgzsh`.
    pinyin = models.CharField(max_length=600, editable=False)
    initials = models.CharField(max_length=100, editable=False)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="organization_name_ends_after_it_begins",
                condition=models.Q(valid_to__gte=models.F("valid_from"))
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True),
                violation_error_message=_("“Valid to” is before “valid from”."),
            ),
            models.UniqueConstraint(
                name="organization_has_one_full_name",
                fields=["organization"],
                condition=models.Q(kind="full"),
                violation_error_message=_("An organization has one full name."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.name = type(self)._meta.get_field("name").gate(self.name)
        self.key = name_key(self.name)
        self.pinyin = pinyin(self.key).replace(" ", "")[:600]
        self.initials = initials(self.key)[:100]
        super().save(**kwargs)
        self.organization.refresh_sort_keys()

    def delete(self, **kwargs):
        answer = super().delete(**kwargs)
        self.organization.refresh_sort_keys()
        return answer

    def clean(self):
        super().clean()
        self.refuse_taken(self.name, self.organization)
        same = OrganizationName.objects.filter(key=name_key(self.name)).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError({"name": _("This is a name of the organization already.")})

    @classmethod
    def refuse_taken(cls, name, organization):
        """Raise `NameTaken`, naming both organizations, if another one bears the name already."""
        other = cls.objects.select_related("organization").filter(key=name_key(name))
        other = other.exclude(organization=organization.pk).first()
        if other:
            raise NameTaken(
                _("“%(name)s” is already a name of %(other)s, so %(organization)s cannot bear it too."),
                params={"name": name, "other": other.organization.name, "organization": organization.name or name},
            )

    @classmethod
    def keep_full_name(cls, organization):
        """Make the organization's full name a row; what was the full name before becomes a former one."""
        current = cls.objects.filter(organization=organization, kind=cls.Kind.FULL).first()
        if current and current.key == name_key(organization.name):
            if current.name != organization.name:
                current.name = organization.name
                current.save()
            return
        if current:
            current.kind = cls.Kind.FORMER
            current.save()
        cls.refuse_taken(organization.name, organization)
        same = cls.objects.filter(organization=organization, key=name_key(organization.name)).first()
        if same:
            same.kind = cls.Kind.FULL
            same.save()
        else:
            cls.objects.create(organization=organization, name=organization.name, kind=cls.Kind.FULL)
