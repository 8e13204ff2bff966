import re
from itertools import pairwise

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

from newsletter.records.fields import LineField, LinesField
from newsletter.records.history import one_revision
from newsletter.records.models import Record
from newsletter.records.pictures import PictureField
from newsletter.records.slugs import MAX_LENGTH, free_slug, initials, pinyin
from newsletter.records.text import clean_line
from orgs.visibility import named_in_public

from .name import OrganizationName, name_key

# Of two names, from which on one may have been meant by the other.
LEAST_LIKENESS = 0.35
# The place with which the names of its bodies begin.
PLACE = re.compile(r"^.{0,3}?[省市县](?=..)")
# For links to organizations: who was merged is named by the other one.
NOT_MERGED = {"status__in": ["active", "retired"]}
NOT_ITSELF = _("An organization cannot be its own parent or be merged into itself.")


def validate_credit_code(value):
    try:
        uscc.validate(value)
    except NumberError as error:
        raise ValidationError(
            _("This is not a valid unified social credit code: 18 characters with a check digit.")
        ) from error


class OrganizationQuerySet(models.QuerySet):
    def public(self, at=None):
        """What readers may see: what staff put in the directory, and whatever something public names."""
        at = at or timezone.now()
        return self.exclude(status=Organization.Status.MERGED).filter(Q(listed=True) | named_in_public(at))

    def for_search(self):
        return self.prefetch_related("names")

    def at_address(self, slug):
        """The organization to which the address leads: by its present or a former slug, through mergers; or None."""
        found = self.filter(slug=slug).select_related("merged_into").first()
        if found is None:
            former = FormerSlug.objects.filter(slug=slug).select_related("organization__merged_into").first()
            found = former and former.organization
        return found and found.successor()

    def named(self, name):
        """The organizations that bear this name, in any of its forms (at most one)."""
        return self.filter(names__key=name_key(name))

    def found_by(self, typed):
        """Those with a name that has what is typed in it, or whose pinyin or initials have: `lgzsh` for 龙港总商会."""
        key = name_key(typed)
        names = OrganizationName.objects.filter(
            Q(key__contains=key) | Q(pinyin__contains=key) | Q(initials__contains=key)
        )
        return self.filter(pk__in=names.values("organization")) if key else self.none()

    def suggested(self, typed):
        """What readers may mean who have typed so much."""
        return self.public().found_by(typed)

    def nearest(self, typed, count):
        """The `count` organizations whose names look or sound most like what is typed, the nearest first: a list."""
        key = name_key(typed)
        sound = pinyin(key).replace(" ", "")
        rows = OrganizationName.objects.filter(organization__in=self).values_list("organization", "key", "pinyin")
        likeness = {}
        for pk, name, its_sound in rows:
            found = max(_likeness(key, name), _likeness(sound, its_sound))
            if found >= LEAST_LIKENESS:
                likeness[pk] = max(found, likeness.get(pk, 0))
        nearest = sorted(likeness, key=lambda pk: (-likeness[pk], pk))[:count]
        found = self.in_bulk(nearest)
        return [found[pk] for pk in nearest]


def _likeness(one, other):
    """Dice's coefficient of the two texts' pairs of characters: 1 if they are the same, 0 if they share none."""
    one, other = {*pairwise(one)}, {*pairwise(other)}
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0


class Organization(Record):
    """Who acts: an association, agency, foundation, chamber, government body, institution or enterprise."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("Association")
        SERVICE_AGENCY = "service_agency", _("Social service agency")
        FOUNDATION = "foundation", _("Foundation")
        CHAMBER = "chamber", _("Chamber of commerce")
        MASS_ORGANIZATION = "mass_organization", _("Mass organization")
        GOVERNMENT = "government", _("Government body")
        INSTITUTION = "institution", _("Public institution")
        ENTERPRISE = "enterprise", _("Enterprise")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        RETIRED = "retired", _("Retired")
        MERGED = "merged", _("Merged into another")

    class Grade(models.TextChoices):
        A1 = "1A", "1A"
        A2 = "2A", "2A"
        A3 = "3A", "3A"
        A4 = "4A", "4A"
        A5 = "5A", "5A"

    PARTS = ("names",)
    SEARCH_FOLLOWS = ()
    PUBLIC_IS_ASKED = True
    SEARCH_FACET = "org"
    NOT_RESTORED = ("slug", "status", "merged_into")

    name = LineField(
        _("full name"),
        max_length=100,
        unique=True,
        help_text=_("As on the registration certificate, e.g. 苍南县爱友公益服务中心."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=MAX_LENGTH,
        unique=True,
        blank=True,
        help_text=_(
            "The end of the page's address. Leave it empty: it is made from the name. An old one keeps working."
        ),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    region = LineField(_("town"), max_length=40, blank=True, help_text=_("Where it is at home, e.g. 龙港镇."))
    member = models.BooleanField(_("member of the federation"), default=False)
    listed = models.BooleanField(
        _("in the directory"),
        default=True,
        help_text=_("Not ticked: readers see it only once something that is published names it."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACTIVE)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        help_text=_("Its address then leads to the other organization."),
    )
    description = LinesField(_("profile"), blank=True, rows=5, help_text=_("Two or three sentences for readers."))
    logo = PictureField(
        _("logo"),
        upload_to="logos",
        blank=True,
        formats={"small": ["default", ("thumbnail", (320, 320))]},
        help_text=_("JPEG, PNG or WebP."),
    )
    website = models.URLField(_("website"), blank=True)
    wechat = LineField(_("WeChat account"), max_length=60, blank=True)
    phone = LineField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = LineField(_("postal address"), max_length=200, blank=True)
    credit_code = models.CharField(
        _("unified social credit code"),
        max_length=18,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_credit_code],
        help_text=_("18 characters, e.g. 51330327MJ12345678."),
    )
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    grade = models.CharField(_("assessment grade"), max_length=2, choices=Grade, blank=True)
    supervisor = models.ForeignKey(
        "self",
        verbose_name=_("supervising body"),
        on_delete=models.PROTECT,
        limit_choices_to=NOT_MERGED,
        null=True,
        blank=True,
        related_name="supervised",
        help_text=_("e.g. 苍南县民政局"),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent organization"),
        on_delete=models.PROTECT,
        limit_choices_to=NOT_MERGED,
        null=True,
        blank=True,
        related_name="branches",
        help_text=_("Where it is a branch of another one."),
    )
    correspondents = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("correspondents"),
        blank=True,
        related_name="writes_for",
        help_text=_("Accounts that write drafts for this organization."),
    )
    pinyin = models.CharField(max_length=600, editable=False, db_index=True)
    initial = models.CharField(max_length=1, editable=False, db_index=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["pinyin", "pk"]
        constraints = [
            models.CheckConstraint(
                name="organization_merged_says_into_which",
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
                violation_error_message=_("“Merged into another” and the other organization go together."),
            ),
            models.CheckConstraint(
                name="organization_is_not_its_own_parent",
                condition=~Q(parent=models.F("id")) & ~Q(merged_into=models.F("id")),
                violation_error_message=NOT_ITSELF,
            ),
        ]
        permissions = [("merge_organization", _("May merge organizations"))]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.credit_code == "":
            self.credit_code = None
        if self.status != self.Status.MERGED:
            OrganizationName.refuse_taken(self.name, self)
        if self.pk and self.parent_id == self.pk:
            raise ValidationError({"parent": NOT_ITSELF})
        former = FormerSlug.objects.filter(slug=self.slug).exclude(organization=self.pk).first()
        if self.slug and former:
            raise ValidationError(
                {
                    "slug": _("This is an old address of %(name)s, which still leads there.")
                    % {"name": former.organization}
                }
            )

    def save(self, *, by=None, keep_name=True, **kwargs):
        """Save, keeping what the name and the address were: a former name stays findable, an old address redirects.

        The name of a merged organization is one of the other's; with `keep_name=False` it is none of this one's yet.
        """
        with one_revision(by):
            self._save_with_names(keep_name and self.status != self.Status.MERGED, by=by, **kwargs)

    def _save_with_names(self, keep_name, **kwargs):
        stored = None if self._state.adding else Organization.objects.filter(pk=self.pk).values("name", "slug").first()
        self.credit_code = self.credit_code or None
        # Address and sort keys are made from the name as it will be stored.
        self.name = clean_line(self.name)
        if not self.slug:
            others = Organization.objects.exclude(pk=self.pk).filter
            former = FormerSlug.objects.exclude(organization=self.pk).filter
            self.slug = free_slug(
                self.name, lambda slug: others(slug=slug).exists() or former(slug=slug).exists(), "organization"
            )
        self._fill_sort_keys()
        super().save(**kwargs)
        self.former_slugs.filter(slug=self.slug).delete()
        if stored and stored["slug"] != self.slug:
            FormerSlug.objects.create(organization=self, slug=stored["slug"])
        if keep_name:
            OrganizationName.keep_full_name(self)

    def _fill_sort_keys(self):
        """Sort by the short name where there is one: the full names of a county's bodies all begin with the county."""
        name = self.name if self._state.adding else self.short_name
        self.pinyin = pinyin(name)[:600]
        letter = initials(name)[:1].upper()
        self.initial = letter if letter.isascii() and letter.isalpha() else "#"

    def refresh_sort_keys(self):
        self._fill_sort_keys()
        Organization.objects.filter(pk=self.pk).update(pinyin=self.pinyin, initial=self.initial)

    def successor(self):
        """The organization that this one has become through mergers; itself where it was not merged."""
        found, passed = self, set()
        while found.merged_into and found.pk not in passed:
            passed.add(found.pk)
            found = found.merged_into
        return found

    def get_absolute_url(self):
        return reverse("orgs:detail", args=[self.slug])

    def search_document(self):
        if self.status == self.Status.MERGED:
            return None
        return {
            "title": self.name,
            "head": [name.name for name in self.names.all()],
            "body": [self.description, self.region],
            "date": None,
            "public_from": None,
            "facets": {"org": {self.pk}},
        }

    @property
    def other_names(self):
        """All but the full one; reads `names` (prefetch it in lists)."""
        return [name.name for name in self.names.all() if name.kind != OrganizationName.Kind.FULL]

    @property
    def short_name(self):
        """The shortest short name, else the full one; reads `names` (prefetch it in lists)."""
        shorts = [name.name for name in self.names.all() if name.kind == OrganizationName.Kind.SHORT]
        return min(shorts, key=len, default=self.name)

    @property
    def character(self):
        """What stands for it where it has no logo: the first character of its short name, after that of its place."""
        return PLACE.sub("", self.short_name, count=1)[0]


class FormerSlug(models.Model):
    """An address that an organization once had. It redirects for ever."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="former_slugs")
    slug = models.SlugField(max_length=MAX_LENGTH, unique=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self):
        return self.slug
