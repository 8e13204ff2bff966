from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from newsletter.publishing.models import Publishable, PublishableQuerySet
from newsletter.records.dates import local_day
from newsletter.records.fields import LineField, LinesField, RichTextField, RichTextRulesField, safe_html
from newsletter.records.models import Record
from newsletter.records.slugs import MAX_LENGTH, free_slug
from newsletter.records.text import clean_rich, digest, paragraphs_of

from .links import ArticleEvent, ArticleOrganization
from .tag import ArticleTagManager, TaggedArticle

PUBLISHED_NEEDS_DATE = _("A published article needs a date: it is listed under it.")


class Section(Record):
    """Where a story stands: 要闻, 简讯, 图说 …"""

    name = LineField(_("name"), max_length=20, unique=True, help_text=_("e.g. 要闻"))
    slug = models.SlugField(
        _("address"),
        max_length=MAX_LENGTH,
        unique=True,
        blank=True,
        help_text=_("Leave it empty: it is made from the name."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=10)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.slug = self.slug or free_slug(
            self.name, lambda slug: Section.objects.filter(slug=slug).exists(), "section"
        )
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("articles:section", args=[self.slug])


class ArticleQuerySet(PublishableQuerySet):
    def newest_first(self):
        return self.order_by("-date", "-pk")

    def newest(self, count):
        """So many of the newest ones, picked by an index: only these are read whole."""
        return self.model.objects.filter(pk__in=self.newest_first().values("pk")[:count]).newest_first()

    def for_organization(self, organization):
        """The news of an organization: linked to it in any role."""
        return self.filter(pk__in=self._linked(organization))

    def on_or_by(self, organization):
        """What an organization contributed or what is about it, without what only mentions it."""
        links = ArticleOrganization.objects.exclude(role=ArticleOrganization.Role.MENTIONED)
        return self.filter(pk__in=links.filter(organization=organization).values("article"))

    def for_organizations(self, organizations):
        return self.filter(pk__in=self._linked(organizations))

    def for_event_type(self, event_type):
        return self.filter(pk__in=self.model.events.through.objects.filter(event__type=event_type).values("article"))

    def seen_by(self, user):
        """What this user may work on: everything, or what they wrote or what is linked to their organizations."""
        if user.has_perm("articles.edit_every_article"):
            return self
        return self.filter(Q(created_by=user) | Q(pk__in=self._linked(user.writes_for.all())))

    def for_search(self):
        """With lists of what `search_document` reads: making as many managers takes longer than all the rest."""
        events = ArticleEvent.objects.select_related("event").only("article", "event__type")
        return self.prefetch_related(
            models.Prefetch("photos", to_attr="searched_photos"),
            models.Prefetch("taggedarticle_set", TaggedArticle.objects.select_related("tag"), to_attr="searched_tags"),
            models.Prefetch("organization_links", to_attr="searched_organizations"),
            models.Prefetch("event_links", events, to_attr="searched_events"),
        )

    def for_lists(self):
        """What a card shows, with section and photos; neither the bodies nor what staff alone need."""
        shown = ("kicker", "title", "subtitle", "summary", "opening", "byline", "date", "form", "section__name")
        return self.select_related("section").only(*shown).prefetch_related("photos")

    def _linked(self, organizations):
        links = self.model.organizations.through.objects
        if isinstance(organizations, models.Model):
            return links.filter(organization=organizations).values("article")
        return links.filter(organization__in=organizations).values("article")


class Article(Publishable):
    """One story: its headline group, text, printed byline and photos, linked to those it is about."""

    class Form(models.TextChoices):
        ARTICLE = "article", _("Article")
        BRIEF = "brief", _("Brief")
        PHOTO_STORY = "photo_story", _("Photo story")

    SEARCH_FOLLOWS = ("tags", "events")
    PARTS = (
        *("photos", "organization_links", "event_links", "figures", "award_links", "attachments"),
        "taggedarticle_set",
    )
    # Publishing fills in the date where it is empty: the text that was read is the same before and after.
    NOT_READ = (*Publishable.NOT_READ, "date")
    # Its events and awards stand in the story that was read.
    READS_ALONG = True

    form = models.CharField(_("form"), max_length=12, choices=Form, default=Form.ARTICLE)
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    kicker = LineField(_("kicker"), max_length=80, blank=True, help_text=_("The small line above the headline."))
    title = LinesField(
        _("headline"),
        rows=2,
        max_length=200,
        help_text=_("As it stands on the page: one to three lines, each on its own."),
    )
    subtitle = LineField(_("subtitle"), max_length=120, blank=True)
    summary = LineField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences for lists. Empty: the beginning of the text."),
    )
    body = RichTextField(_("text"), blank=True)
    body_rules = RichTextRulesField()
    # Kept beside the body so that lists need not load it.
    opening = models.CharField(max_length=160, blank=True, editable=False)
    # Finds the same text again, whoever brings it.
    text_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    byline = LineField(
        _("byline"),
        max_length=100,
        blank=True,
        help_text=_("To the letter as printed, without the brackets, e.g. 扶苗."),
    )
    contributor_person = LineField(
        _("person behind the byline"),
        max_length=60,
        blank=True,
        help_text=_("Where a person wrote it, not an organization."),
    )
    date = models.DateField(
        _("date"),
        db_index=True,
        null=True,
        blank=True,
        help_text=_("The day under which it is listed. Empty: its edition's, else the day of publishing."),
    )
    staff_note = LinesField(_("note for colleagues"), blank=True, rows=2, help_text=_("Readers never see it."))
    tags = TaggableManager(
        through="articles.TaggedArticle", manager=ArticleTagManager, blank=True, verbose_name=_("tags")
    )
    organizations = models.ManyToManyField(
        "orgs.Organization", through="ArticleOrganization", related_name="articles", verbose_name=_("organizations")
    )
    events = models.ManyToManyField(
        "events.Event", through="ArticleEvent", related_name="articles", verbose_name=_("events")
    )
    awards = models.ManyToManyField(
        "awards.Award", through="ArticleAward", related_name="articles", verbose_name=_("awards")
    )

    objects = ArticleQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [("edit_every_article", _("May edit the articles of every organization"))]
        indexes = [
            *Publishable.Meta.indexes,
            # Each has all that lists and counts ask for, so that no row with its text is read but those that are shown.
            models.Index(fields=["state", "-date", "-id", "publish_at", "form", "section"], name="article_listing"),
            models.Index(fields=["section", "state", "-date", "-id", "publish_at", "form"], name="article_of_section"),
            models.Index(fields=["id", "state", "publish_at", "date", "form", "section"], name="article_without_text"),
            models.Index(fields=["state", "-first_public_at", "-id"], name="article_feed"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="article_published_has_a_date",
                condition=~Q(state="published") | Q(date__isnull=False),
                violation_error_message=PUBLISHED_NEEDS_DATE,
            ),
        ]

    def __str__(self):
        return self.headline

    def save(self, **kwargs):
        update_fields = kwargs.get("update_fields")
        if update_fields is None or "body" in update_fields:
            self.body = clean_rich(self.body)
            paragraphs = paragraphs_of(self.body)
            self.opening = "".join(paragraphs)[:160]
            self.text_digest = digest(paragraphs)
            if update_fields is not None:
                kwargs["update_fields"] = {*update_fields, "opening", "text_digest", "body_rules"}
        super().save(**kwargs)

    def clean(self):
        super().clean()
        # The constraint says it too, but a form without the state does not ask the constraint.
        if self.state == self.State.PUBLISHED and self.date is None:
            raise ValidationError({"date": PUBLISHED_NEEDS_DATE})

    def get_absolute_url(self):
        return reverse("articles:detail", args=[self.pk])

    def values_when_published(self, at):
        return {} if self.date else {"date": self.edition_date() or local_day(at)}

    def published_along(self):
        return [*self.events.drafts(), *self.awards.drafts()]

    def belong_to(self, writer):
        """Link it to an organization for which the writer writes, where none is: a correspondent sees no other article.

        Who edits every article belongs to none.
        """
        if writer.has_perm("articles.edit_every_article"):
            return
        theirs = writer.writes_for.all()
        if theirs and not self.organization_links.filter(organization__in=theirs).exists():
            role = self.organization_links.model.Role.CONTRIBUTOR
            self.organization_links.create(organization=theirs[0], role=role)

    def first_organization(self):
        """The organization whose story this is first of all, or None: primary, contributor, subject."""
        links = self.organization_links.exclude(role=ArticleOrganization.Role.MENTIONED)
        # By the alphabet contributors come before subjects.
        link = links.select_related("organization").order_by("-is_primary", "role", "pk").first()
        return link and link.organization

    def edition_date(self):
        return self.edition_items.values_list("edition__date", flat=True).order_by("edition__date").first()

    def related(self, count):
        """`count` public articles on one of its events, the newest first, then on or by one of its organizations."""
        on_event = ArticleEvent.objects.filter(event__in=self.event_links.values("event")).values("article")
        links = ArticleOrganization.objects.exclude(role=ArticleOrganization.Role.MENTIONED)
        own = links.filter(article=self).values("organization")
        on_organization = links.filter(organization__in=own).values("article")
        other = Article.objects.published().exclude(pk=self.pk)
        # Of an organization the newest ones only, before they are sorted with the others: it may have thousands.
        newest = other.filter(pk__in=on_organization).newest(count)
        found = other.filter(pk__in=on_event).values("pk").union(newest.order_by().values("pk"))
        nearness = models.Case(models.When(pk__in=on_event, then=0), default=1)
        return Article.objects.filter(pk__in=found).order_by(nearness, "-date", "-pk")[:count]

    def search_document(self):
        photos = [words for photo in self.searched_photos for words in (photo.caption, photo.alt_text, photo.credit)]
        return {
            "title": self.headline,
            "head": [self.kicker, self.headline, self.subtitle],
            "body": [
                *(self.summary, *paragraphs_of(self.body), *photos),
                *(self.byline, self.contributor_person, "、".join(link.tag.name for link in self.searched_tags)),
            ],
            "date": self.date,
            "public_from": self.public_from,
            "facets": {
                "org": {link.organization_id for link in self.searched_organizations},
                "type": {link.event.type_id for link in self.searched_events},
            },
        }

    @property
    def headline(self):
        """The printed lines of the title as one."""
        return " ".join(self.title.split("\n"))

    @property
    def title_lines(self):
        return self.title.split("\n")

    @property
    def body_html(self):
        return safe_html(self.body, self.body_rules)

    @property
    def teaser(self):
        """The summary, else the beginning of the text."""
        if self.summary:
            return self.summary
        return self.opening[:100] + "…" if len(self.opening) > 100 else self.opening

    @property
    def lead_photo(self):
        """The first photo, or None; reads `photos` (prefetch it in lists)."""
        return next(iter(self.photos.all()), None)
