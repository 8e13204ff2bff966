from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from newsletter.publishing.spreadsheets import PublishableResource
from newsletter.records.spreadsheets.cells import joined_pairs, separated_pairs
from newsletter.records.spreadsheets.columns import Choice, Day, Key, Listed, Number, Text
from newsletter.records.spreadsheets.resource import NUMBER
from newsletter.records.text import clean_line
from orgs.resources import OneOrganization, WithOrganizations

from .models import Award


class Recipients(Listed):
    """A value is a tuple of `(who, project)`."""

    def show(self, value):
        return joined_pairs((self.name(who), project) for who, project in value)

    def parse(self, cell):
        return tuple(dict.fromkeys((self.find(who), clean_line(project)) for who, project in separated_pairs(cell)))

    def stored(self, award):
        return dict.fromkeys((self.who(row), row.project) for row in self.rows(award))

    def write(self, award, value):
        missing = dict.fromkeys(value)
        for row in self.rows(award):
            key = self.who(row), row.project
            if key in value:
                missing.pop(key, None)
            else:
                row.delete()
        for who, project in missing:
            row = award.recipients.model(award=award, project=project, **self.values(who))
            row.full_clean(exclude={"award"})
            row.save()

    def accepted(self):
        return _(
            "Several stand one below the other or with 、 between them; after ｜ follows for which project or work."
        )


class OrganizationRecipients(Recipients):
    def rows(self, award):
        return [row for row in award.recipients.all() if row.organization_id]

    def who(self, row):
        return self.resource.directory.successor(row.organization_id)

    def values(self, who):
        return {"organization_id": who}

    def name(self, who):
        return self.resource.directory.name(who)

    def find(self, name):
        return self.resource.directory.find(name)


class PersonRecipients(Recipients):
    def rows(self, award):
        return [row for row in award.recipients.all() if not row.organization_id]

    def who(self, row):
        return row.person

    def values(self, who):
        return {"person": who}

    def name(self, who):
        return who

    def find(self, name):
        if not clean_line(name):
            raise ValidationError(_("The name of the person is missing."))
        return clean_line(name)


class AwardResource(PublishableResource, WithOrganizations):
    identity = ("name", "year")
    label = ("year", "name")

    uuid = Key(NUMBER, "uuid")
    name = Text("名称", "name", example="温州市“四好”商会")
    year = Number("年份", "year", example="2018")
    level = Choice("级别", "level", example="市级")
    issuer = OneOrganization("授予单位", "issuer", example="温州市工商业联合会")
    date = Day("授予日期", "date", example="2019-06-04")
    document = Text("公布文件", "document")
    organizations = OrganizationRecipients("获奖单位", "organizations", example="龙港总商会｜“五加三”工作法")
    persons = PersonRecipients("获奖个人", "persons", example="陈小明")
    state = Choice("发布状态", "state", fixed=True)

    class Meta:
        model = Award

    def loaded(self, queryset):
        return queryset.prefetch_related("recipients")

    def candidates(self, rows):
        return self.loaded(self.queryset.filter(name__in={self.read_or_none(row, "name") for row in rows} - {None}))

    def identity_of(self, award):
        return award.name, award.year, award.issuer_id and self.directory.successor(award.issuer_id)

    def identity_of_row(self, row):
        return self.read(row, "name"), self.read(row, "year"), self.read(row, "issuer")
