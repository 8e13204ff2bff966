"""The directory as a spreadsheet, and columns that name organizations."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from newsletter.records.spreadsheets.cells import joined, separated
from newsletter.records.spreadsheets.columns import Choice, Code, Column, Day, Key, Listed, Text, YesNo
from newsletter.records.spreadsheets.resource import NUMBER, SpreadsheetResource

from .models import FormerSlug, Organization, OrganizationName, name_key


class Directory:
    """All organizations by all their names, read at once. A merged one stands for the one that it has become."""

    def __init__(self):
        rows = Organization.objects.values_list("pk", "name", "merged_into")
        self._organizations = {pk: (name, merged_into) for pk, name, merged_into in rows}
        self._bearers = dict(OrganizationName.objects.values_list("key", "organization"))

    def successor(self, pk):
        passed = set()
        while (into := self._organizations[pk][1]) and pk not in passed:
            passed.add(pk)
            pk = into
        return pk

    def name(self, pk):
        return self._organizations[self.successor(pk)][0]

    def bearer(self, name):
        """The id of the organization that bears the name, or None."""
        return self._bearers.get(name_key(name))

    def find(self, name):
        """The id of the organization that is meant. Raises `ValidationError`."""
        found = self.bearer(name)
        if found is None:
            raise ValidationError(
                _("No organization is called “%(name)s”. Add it first, or write one of its names."),
                params={"name": name},
            )
        return self.successor(found)

    def learn(self, organization):
        self._organizations[organization.pk] = (organization.name, organization.merged_into_id)
        self._bearers |= dict(organization.names.values_list("key", "organization"))


class WithOrganizations(SpreadsheetResource):
    """A resource some of whose columns name organizations."""

    @cached_property
    def directory(self):
        return Directory()


ANY_NAME = _("Any of its names.")


class OneOrganization(Column):
    def value(self, instance):
        return getattr(instance, f"{self.attribute}_id")

    def show(self, value):
        return "" if value is None else self.resource.directory.name(value)

    def parse(self, cell):
        return None if self.is_emptied(cell) else self.resource.directory.find(cell)

    def assign(self, instance, value):
        setattr(instance, f"{self.attribute}_id", value)

    def accepted(self):
        return ANY_NAME


class OrganizationLinks(Listed):
    """The organizations that have one role in a record; `links` is the record's manager of the rows that say so."""

    def __init__(self, head, links, role, **kwargs):
        super().__init__(head, f"{links}_{role}", **kwargs)
        self.links, self.role = links, role

    def rows(self, instance):
        return [link for link in getattr(instance, self.links).all() if link.role == self.role]

    def stored(self, instance):
        return dict.fromkeys(self.resource.directory.successor(link.organization_id) for link in self.rows(instance))

    def show(self, value):
        return joined(self.resource.directory.name(pk) for pk in value)

    def parse(self, cell):
        return tuple(dict.fromkeys(self.resource.directory.find(name) for name in separated(cell)))

    def write(self, instance, value):
        directory, missing = self.resource.directory, dict.fromkeys(value)
        for link in self.rows(instance):
            successor = directory.successor(link.organization_id)
            if successor in value:
                missing.pop(successor, None)
            else:
                link.delete()
        for pk in missing:
            getattr(instance, self.links).create(organization_id=pk, role=self.role)

    def accepted(self):
        return f"{ANY_NAME} {super().accepted()}"


class OtherNames(Listed):
    """The names of one kind, beside the full name."""

    def __init__(self, head, kind, **kwargs):
        super().__init__(head, f"names_{kind}", **kwargs)
        self.kind = kind

    def stored(self, instance):
        return [name.name for name in instance.names.all() if name.kind == self.kind]

    def write(self, instance, value):
        """A name keeps its row, with what else is said of it; the resource has deleted those that go."""
        rows = {row.key: row for row in OrganizationName.objects.filter(organization=instance)}
        for name in value:
            row = rows.get(name_key(name)) or OrganizationName(organization=instance)
            if row._state.adding or (row.name, row.kind) != (name, self.kind):
                row.name, row.kind = name, self.kind
                row.full_clean(exclude={"organization"})
                row.save()


class FormerNames(OtherNames):
    """A renaming keeps the old name as a former one, so a file adds former names and takes none away."""

    def assign(self, instance, value):
        names = instance.name, *self._names(instance, "short"), *self._names(instance, "alias")
        others = {name_key(name) for name in (*names, *self.value(instance))}
        added = [name for name in value if name_key(name) not in others]
        if added:
            super().assign(instance, (*self.value(instance), *added))

    def _names(self, instance, column):
        return self.resource.fields[column].value(instance)

    def accepted(self):
        return f"{super().accepted()} {_('Names are added here, never taken away.')}"


class OrganizationResource(WithOrganizations):
    identity = ("name",)
    label = ("name",)

    slug = Key(NUMBER, "slug", example="cangnanxianaiyougongyifuwuzhongxin")
    name = Text("全称", "name", example="苍南县爱友公益服务中心")
    short = OtherNames("简称", OrganizationName.Kind.SHORT, example="爱友公益、爱友")
    alias = OtherNames("别称", OrganizationName.Kind.ALIAS)
    former = FormerNames("曾用名", OrganizationName.Kind.FORMER)
    kind = Choice("类别", "kind", example="社会服务机构")
    region = Text("所在地", "region", example="龙港镇")
    member = YesNo("会员单位", "member", example="是")
    listed = YesNo("列入名录", "listed", example="是")
    description = Text("简介", "description", example="2012年成立，组织助学、敬老和义卖。")
    website = Text("网站", "website")
    wechat = Text("微信公众号", "wechat")
    phone = Code("电话", "phone", example="0577-12345678")
    email = Text("电子邮箱", "email")
    address = Text("通信地址", "address")
    credit_code = Code("统一社会信用代码", "credit_code", example="51330327MJ12345678")
    registered_on = Day("登记日期", "registered_on", example="2012-06-04")
    grade = Choice("评估等级", "grade", example="3A")
    supervisor = OneOrganization("业务主管单位", "supervisor", example="苍南县民政局")
    parent = OneOrganization("上级单位", "parent")
    status = Choice("状态", "status", fixed=True)
    merged_into = OneOrganization("并入", "merged_into", fixed=True)

    class Meta:
        model = Organization

    def loaded(self, queryset):
        return queryset.prefetch_related("names")

    def numbered(self, numbers):
        found = {organization.slug: organization for organization in self._found(slug__in=numbers)}
        former = dict(FormerSlug.objects.filter(slug__in=numbers - {*found}).values_list("slug", "organization"))
        renamed = {organization.pk: organization for organization in self._found(pk__in=former.values())}
        return found | {slug: renamed[pk] for slug, pk in former.items() if pk in renamed}

    def candidates(self, rows):
        """Those of the names and of the credit codes; `recognized` tells which is which."""
        bearers = {self.directory.bearer(row.get("全称", "")) for row in rows}
        codes = {row["统一社会信用代码"] for row in rows if row.get("统一社会信用代码")}
        self._bearers = {organization.pk: organization for organization in self._found(pk__in=bearers - {None})}
        self._codes = {organization.credit_code: organization for organization in self._found(credit_code__in=codes)}
        return ()

    def _found(self, **which):
        return self.loaded(self.queryset.filter(**which))

    def recognized(self, row):
        name, code = self.read(row, "name"), self.read(row, "credit_code")
        bearer, holder = self._bearers.get(self.directory.bearer(name)), self._codes.get(code)
        if bearer and holder and bearer.pk != holder.pk:
            raise ValidationError(
                _("The name is that of %(bearer)s, the credit code that of %(holder)s."),
                params={"bearer": bearer.name, "holder": holder.name},
            )
        if bearer and not holder and name_key(bearer.name) != name_key(name):
            # By this, an import would rename it to its short name.
            raise ValidationError(
                {"name": _("This is another name of %(organization)s. To change that one, give its number.")},
                params={"organization": bearer.name},
            )
        return holder or bearer

    def import_instance(self, instance, row, **kwargs):
        super().import_instance(instance, row, **kwargs)
        seen = {name_key(instance.name)}
        for name in ("short", "alias"):
            for text in self.read(row, name):
                if name_key(text) in seen:
                    message = _("“%(name)s” stands there as another name, too.")
                    raise ValidationError({f"names_{name}": ValidationError(message, params={"name": text})})
                seen.add(name_key(text))

    def write_lists(self, instance):
        waiting = instance.__dict__.get("_listed", {})
        wanted = {name_key(name) for names in waiting.values() for name in names}
        for row in OrganizationName.objects.filter(organization=instance).exclude(kind=OrganizationName.Kind.FORMER):
            if f"names_{row.kind}" in waiting and row.key not in wanted:
                row.delete()
        super().write_lists(instance)

    def after_save_instance(self, instance, row, **kwargs):
        super().after_save_instance(instance, row, **kwargs)
        self.directory.learn(instance)
        self._bearers[instance.pk] = instance
        if instance.credit_code:
            self._codes[instance.credit_code] = instance
