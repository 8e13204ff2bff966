from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from newsletter.publishing.spreadsheets import PublishableResource
from newsletter.records.spreadsheets.cells import separated
from newsletter.records.spreadsheets.columns import Choice, Day, Key, Listed, Named, Text
from newsletter.records.spreadsheets.resource import NUMBER
from newsletter.records.text import clean_line
from orgs.resources import ANY_NAME, OrganizationLinks, WithOrganizations

from .models import Article, ArticleOrganization, Tag
from .tags import MAX_LENGTH

Role = ArticleOrganization.Role


class Tags(Listed):
    @cached_property
    def names(self):
        """`{in small letters: name}` of the tags there are: taggit takes `NGO` and `ngo` for one."""
        return {name.casefold(): name for name in Tag.objects.values_list("name", flat=True)}

    def stored(self, article):
        return [tag.name for tag in article.tags.all()]

    def parse(self, cell):
        tags = [clean_line(tag) for tag in separated(cell)]
        if any(len(tag) > MAX_LENGTH for tag in tags):
            raise ValidationError(_("A tag is too long."))
        return tuple(dict.fromkeys(self.names.setdefault(tag.casefold(), tag) for tag in tags))

    def write(self, article, value):
        article.tags.set(value)


class PrimaryOrganization(Listed):
    """The one organization whose story it is first of all; a tuple of one or none."""

    def stored(self, article):
        links = [link for link in article.organization_links.all() if link.is_primary]
        return [self.resource.directory.successor(link.organization_id) for link in links]

    def show(self, value):
        return "".join(self.resource.directory.name(pk) for pk in value)

    def parse(self, cell):
        return (self.resource.directory.find(cell),) if cell.strip() else ()

    def write(self, article, value):
        article.organization_links.filter(is_primary=True).update(is_primary=False)
        for link in article.organization_links.all() if value else ():
            if self.resource.directory.successor(link.organization_id) in value:
                link.is_primary = True
                link.save()
                return
        if value:
            raise ValidationError(_("The first organization must be one of those in the columns before."))

    def accepted(self):
        return ANY_NAME


class ArticleResource(PublishableResource, WithOrganizations):
    """What stands about an article beside its text. The text is not for cells, and an article begins with its text."""

    identity = ("title",)
    label = ("date", "title")

    uuid = Key(NUMBER, "uuid")
    kicker = Text("引题", "kicker")
    title = Text("主题", "title", example="义卖款送到孩子手中")
    subtitle = Text("副题", "subtitle")
    summary = Text("摘要", "summary")
    section = Named("栏目", "section", example="要闻")
    form = Choice("体裁", "form", example="文章")
    byline = Text("署名", "byline", example="爱友")
    contributor_person = Text("作者姓名", "contributor_person")
    date = Day("日期", "date", example="2019-06-06")
    tags = Tags("标签", "tags", example="助学、义卖")
    contributors = OrganizationLinks("供稿", "organization_links", Role.CONTRIBUTOR, example="爱友公益")
    subjects = OrganizationLinks("报道对象", "organization_links", Role.SUBJECT)
    mentioned = OrganizationLinks("提及", "organization_links", Role.MENTIONED)
    primary = PrimaryOrganization("第一单位", "primary", example="爱友公益")
    state = Choice("发布状态", "state", fixed=True)

    class Meta:
        model = Article

    def loaded(self, queryset):
        return queryset.prefetch_related("organization_links", "tags")

    def lines(self, queryset):
        return super().lines(queryset.defer("body"))

    def candidates(self, rows):
        return self.loaded(self.queryset.filter(title__in={self.read_or_none(row, "title") for row in rows} - {None}))

    def identity_of(self, article):
        return article.title, article.date

    def identity_of_row(self, row):
        return self.read(row, "title"), self.read(row, "date")

    def recognized(self, row):
        found = super().recognized(row)
        if found is None:
            raise ValidationError(
                _("No article has this headline and date. New articles begin with their text, not here.")
            )
        return found
